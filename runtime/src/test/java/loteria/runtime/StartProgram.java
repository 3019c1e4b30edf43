package loteria.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What every program does at its start: it reads its settings and logs them. */
final class StartProgram {
  private StartProgram() {}

  public static void main(String[] arguments) throws UsageException, BadSettingException {
    Path path = Path.of(arguments[1]);
    SettingsFile file =
        arguments[0].equals("ini") ? SettingsFile.ini(path) : SettingsFile.yaml(path);
    Setting<String> name = Setting.text("name", "NAME", "--name", null, 1, 9);
    Settings settings = Settings.read(List.of(name), new String[0], Map.of(), file);
    LogLines.toStandardOutput(LogStyle.CENTRAL, Level.DEBUG)
        .info("config", Result.SUCCESS, "name", settings.written(name));
  }
}
