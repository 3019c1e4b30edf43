package loteria.runtime;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import loteria.runtime.log.Level;
import loteria.runtime.log.LogLines;
import loteria.runtime.log.LogStyle;
import loteria.runtime.log.Result;
import loteria.runtime.settings.BadSettingException;
import loteria.runtime.settings.Setting;
import loteria.runtime.settings.Settings;
import loteria.runtime.settings.SettingsFile;
import loteria.runtime.settings.UsageException;

/** What every program does at its start: it reads its settings and logs them. */
final class StartProgram {
  private StartProgram() {}

  public static void main(String[] arguments) throws UsageException, BadSettingException {
    Setting<String> name = Setting.named("name", "NAME", "--name").text(null, 1, 9);
    Setting<Path> config = Setting.named(null, "CONFIG", "--config").path("none");
    Settings settings =
        Settings.read(
            List.of(name, config),
            new String[] {"--config", arguments[1]},
            Map.of(),
            config,
            arguments[0].equals("ini") ? SettingsFile.Format.INI : SettingsFile.Format.YAML);
    new LogLines(new FileOutputStream(FileDescriptor.out), LogStyle.CENTRAL, Level.DEBUG)
        .info("config", Result.SUCCESS, "name", settings.written(name));
  }
}
