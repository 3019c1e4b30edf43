package loteria.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What every program does at its start: it reads its settings and logs them. */
final class StartProgram {
  private StartProgram() {}

  public static void main(String[] arguments) throws UsageException, BadSettingException {
    Setting<String> name = Setting.text("name", "NAME", "--name", null, 1, 9);
    Setting<Path> config = Setting.path(null, "CONFIG", "--config", "none");
    Settings settings =
        Settings.read(
            List.of(name, config),
            new String[] {"--config", arguments[1]},
            Map.of(),
            config,
            arguments[0].equals("ini") ? SettingsFile.Format.INI : SettingsFile.Format.YAML);
    LogLines.toStandardOutput(LogStyle.CENTRAL, Level.DEBUG)
        .info("config", Result.SUCCESS, "name", settings.written(name));
  }
}
