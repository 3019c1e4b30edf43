package loteria.tool;

import loteria.runtime.Manual;
import loteria.runtime.Setting;
import loteria.runtime.Settings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * One of the lottery's two programs as a command of the tool, for the list of commands and for
 * completion: it is never run by picocli, for {@link Main} hands its arguments to it as they are.
 */
final class ProgramCommand {
  private ProgramCommand() {}

  static CommandSpec of(Manual manual) {
    CommandSpec command = CommandSpec.create().name(manual.program());
    command.usageMessage().description(manual.purpose());
    for (Setting<?> setting : manual.settings()) {
      command.addOption(
          OptionSpec.builder(setting.flag())
              .paramLabel("VALUE")
              .type(String.class)
              .description(setting.meaning())
              .build());
    }
    command.addOption(
        OptionSpec.builder(Settings.CHECK)
            .description("Shows each setting and where it comes from, and exits.")
            .build());
    return command.addOption(CommandLineOfLoteria.version());
  }
}
