package loteria.tool.run;

import java.util.List;
import loteria.tool.Told;

/**
 * {@code loteria} with fake programs behind its {@code run}, as a process of its own that can be
 * sent signals.
 */
final class FakeTool {
  private FakeTool() {}

  public static void main(String[] arguments) {
    var programs =
        programs(
            System.getProperty("fake.central", "good"), System.getProperty("fake.agency", "good"));
    System.exit(Told.run(programs, System.out, System.err, (Object[]) arguments));
  }

  /** Fakes that behave as named. */
  static Programs programs(String central, String agency) {
    return new Programs(
        java("-Dfake.central=" + central, "loteria.tool.run.FakeCentral"),
        java("-Dfake.agency=" + agency, "loteria.tool.run.FakeAgency"));
  }

  static List<String> java(String flag, String mainClass) {
    return Programs.java(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", flag), mainClass);
  }
}
