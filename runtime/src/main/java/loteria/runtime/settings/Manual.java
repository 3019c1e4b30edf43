package loteria.runtime.settings;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import loteria.runtime.ExitCode;
import loteria.runtime.StandardOutput;
import loteria.runtime.Version;

/**
 * What a program says of itself when it is asked for that and not for its work: {@code --help}, of
 * which the settings are told from their declarations, and {@code --version}.
 *
 * @param program its name as a command of {@code loteria}
 * @param purpose what it is for, in a sentence
 * @param settings all that can be set, those of a group together, what everybody needs first
 * @param file what its settings file is called
 * @param examples command lines
 * @param exitCodes a code and what it says, each: {@code 0 done}
 * @param formats what it speaks and writes, each with its version: {@code protocol 2}
 */
public record Manual(
    String program,
    String purpose,
    List<Setting<?>> settings,
    String file,
    List<String> examples,
    List<String> exitCodes,
    List<String> formats) {
  private static final int COLUMNS = 80;
  private static final String HANG = "        ";
  private static final String HELP = "--help";
  private static final String HELP_IN_SHORT = "-h";
  private static final String VERSION = "--version";

  public Manual {
    settings = List.copyOf(settings);
    examples = List.copyOf(examples);
    exitCodes = List.copyOf(exitCodes);
    formats = List.copyOf(formats);
  }

  /** Whether a command line asks for help or the version; nothing else of it counts then. */
  public static boolean isWanted(String[] arguments) {
    for (String argument : arguments) {
      if (argument.equals(HELP) || argument.equals(HELP_IN_SHORT) || argument.equals(VERSION)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Prints what such a command line asks for, in UTF-8 whatever the locale.
   *
   * @return the program's exit code
   */
  public int print(String[] arguments) {
    boolean version =
        Arrays.stream(arguments).noneMatch(it -> it.equals(HELP) || it.equals(HELP_IN_SHORT));
    return print(program, version ? version() : help());
  }

  /**
   * Prints a text in UTF-8 whatever the locale.
   *
   * @param program who prints it
   * @return the program's exit code
   */
  public static int print(String program, String text) {
    try (StandardOutput out = new StandardOutput()) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      return ExitCode.DONE;
    } catch (StandardOutput.LostException lost) {
      return lost.exitCode("loteria " + program, System.err);
    }
  }

  /** The version, a line each: of the programs, their commit, the Java, and the formats. */
  public String version() {
    Version version = Version.ofThisProgram();
    StringBuilder text = new StringBuilder();
    line(text, "loteria", version.number());
    line(text, "commit", version.commit());
    line(text, "java", Runtime.version().toString());
    for (String format : formats) {
      int blank = format.indexOf(' ');
      line(text, format.substring(0, blank), format.substring(blank + 1));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format("%-10s%s%n", name, value));
  }

  /** The help, in lines that a terminal of 80 columns does not wrap. */
  public String help() {
    StringBuilder text = new StringBuilder();
    text.append("Usage: loteria ").append(program).append(" [--FLAG VALUE]...\n");
    fill(text, "", purpose);
    String order = "A flag wins over the environment, the environment over ";
    fill(text.append('\n'), "", order + file + ", the file over the default.");
    String group = "";
    for (Setting<?> setting : settings) {
      if (!setting.group().equals(group)) {
        group = setting.group();
        text.append('\n').append(group).append(":\n");
      }
      describe(text, setting);
    }
    text.append("\nInstead of running:\n");
    text.append("  --check-config  Show each setting and where it comes from, and exit.\n");
    text.append("  --version       Show the versions of protocol and files, and exit.\n");
    text.append("  -h, --help      Show this and exit.\n");
    paragraph(text, "Examples:", examples);
    paragraph(text, "Exit codes:", exitCodes);
    return text.toString();
  }

  private void describe(StringBuilder text, Setting<?> setting) {
    String key = setting.key();
    String fallback = setting.fallback();
    fill(text, HANG, "  " + setting.flag() + "  " + setting.meaning());
    String named = key == null ? "" : ", " + file + " " + key;
    String left = fallback == null || fallback.isEmpty() ? "no default" : "default " + fallback;
    String where = "environment " + setting.environment() + named + ", " + left;
    fill(text, HANG, "      " + where + "; " + setting.allowed());
  }

  /** Adds a line, and what it has too much in lines of their own with that indent. */
  private static void fill(StringBuilder text, String indent, String line) {
    String rest = line;
    int blank = rest.lastIndexOf(' ', COLUMNS);
    while (rest.length() > COLUMNS && blank > indent.length()) {
      text.append(rest, 0, blank).append('\n');
      rest = indent + rest.substring(blank + 1);
      blank = rest.lastIndexOf(' ', COLUMNS);
    }
    text.append(rest).append('\n');
  }

  private static void paragraph(StringBuilder text, String title, List<String> lines) {
    text.append('\n').append(title).append('\n');
    for (String line : lines) {
      text.append("  ").append(line).append('\n');
    }
  }
}
