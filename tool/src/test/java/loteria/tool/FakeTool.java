package loteria.tool;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code loteria} with fake programs behind its {@code run}, as a process of its own that can be
 * sent signals.
 */
final class FakeTool {
  private FakeTool() {}

  public static void main(String[] arguments) {
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    var programs =
        programs(
            System.getProperty("fake.central", "good"), System.getProperty("fake.agency", "good"));
    System.exit(
        new CommandLineOfLoteria(List.of(new RunCommand(programs, out, err)), out, err)
            .execute(arguments));
  }

  /** Fakes that behave as named. */
  static Programs programs(String central, String agency) {
    return new Programs(
        java("-Dfake.central=" + central, "loteria.tool.FakeCentral"),
        java("-Dfake.agency=" + agency, "loteria.tool.FakeAgency"));
  }

  static List<String> java(String flag, String mainClass) {
    return Programs.java(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", flag), mainClass);
  }
}
