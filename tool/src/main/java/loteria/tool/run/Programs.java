package loteria.tool.run;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the lottery's two programs are started: the words before their own arguments.
 *
 * @param central starts a central
 * @param agency starts an agency
 */
public record Programs(List<String> central, List<String> agency) {
  private static final List<String> CENTRAL_FLAGS =
      List.of(
          "-ea",
          "-XX:+UseSerialGC",
          "-Xmx400m",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:UserThreadWaitAttemptsAtExit=0");
  private static final List<String> AGENCY_FLAGS =
      List.of(
          "-ea",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmn8m",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:UserThreadWaitAttemptsAtExit=0");

  public Programs {
    central = List.copyOf(central);
    agency = List.copyOf(agency);
  }

  /**
   * The central and the agency on this program's own class path, in JVMs like the one that runs it.
   */
  public static Programs installed() {
    return new Programs(
        java(CENTRAL_FLAGS, "loteria.server.Main"), java(AGENCY_FLAGS, "loteria.client.Main"));
  }

  /**
   * The words that start {@code mainClass} with this JVM's own java and class path, from any
   * working directory.
   */
  static List<String> java(List<String> flags, String mainClass) {
    String classPath =
        Pattern.compile(Pattern.quote(File.pathSeparator))
            .splitAsStream(System.getProperty("java.class.path"))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(flags);
    words.addAll(List.of("-cp", classPath, mainClass));
    return List.copyOf(words);
  }

  /** The command of a central with arguments. */
  List<String> central(Object... arguments) {
    return words(central, arguments);
  }

  /** The command of an agency with arguments. */
  List<String> agency(Object... arguments) {
    return words(agency, arguments);
  }

  private static List<String> words(List<String> program, Object... arguments) {
    return Stream.concat(program.stream(), Stream.of(arguments).map(Object::toString)).toList();
  }
}
