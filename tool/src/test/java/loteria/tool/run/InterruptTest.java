package loteria.tool.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import loteria.testing.Command;
import loteria.testing.Outcome;
import loteria.tool.Told;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A real process of the tool, in the middle of a run that does not end by itself, is made to end.
 */
class InterruptTest {
  private static final long SECONDS_MAX = 20;

  @TempDir private Path directory;

  @BeforeEach
  void layFiles() throws Exception {
    Path bets = directory.resolve("bets");
    assertThat(Told.byLoteria("generate", "--agencies", 3, "--bets", 30, bets).code()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"INT,2,130,wait", "TERM,15,143,wait", "TERM,15,143,stubborn"})
  void stopsAllOfItOnASignal(String signal, int signalNumber, int exitCode, String agency)
      throws Exception {
    assumeFalse(
        ignored(signalNumber),
        "this process was started with the signal ignored, and so are its children");
    Process tool = startedTool(agency);
    List<ProcessHandle> programs = programs(tool);
    assertThat(programs).hasSizeGreaterThanOrEqualTo(4);
    Outcome _ = Command.of("kill", "-" + signal, tool.pid()).run().succeeded();
    assertThat(tool.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    assertThat(tool.exitValue()).isEqualTo(exitCode);
    assertThat(programs.stream().filter(InterruptTest::isJava))
        .as("left when the tool has ended")
        .isEmpty();
    awaitGone(programs);
    assertThat(directory.resolve("tool.log"))
        .content()
        .contains("stopped on request")
        .doesNotContain("exited");
  }

  @Test
  void leavesNoOrphanEvenWhenItIsKilled() throws Exception {
    Process tool = startedTool("wait");
    List<ProcessHandle> programs = programs(tool);
    tool.destroyForcibly();
    assertThat(tool.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    awaitGone(programs);
  }

  /** The tool, in the middle of its run: every agency waits. */
  private Process startedTool(String agency) throws IOException {
    List<String> command =
        Stream.concat(
                FakeTool.java("-Dfake.agency=" + agency, "loteria.tool.run.FakeTool").stream(),
                Stream.of("run", "--data", "bets"))
            .toList();
    Process tool =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("tool.log").toFile())
            .start();
    Awaitility.await().atMost(SECONDS_MAX, TimeUnit.SECONDS).until(() -> waitingAgencies() == 3);
    return tool;
  }

  private long waitingAgencies() throws IOException {
    Path runs = directory.resolve("datos");
    if (!Files.exists(runs)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(runs)) {
      return files
          .filter(file -> file.getFileName().toString().matches("agency-[0-9]+\\.log"))
          .filter(InterruptTest::saysThatItWaits)
          .count();
    }
  }

  private static boolean saysThatItWaits(Path log) {
    try {
      return Files.readString(log).contains("action: waiting");
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  /** The central, the agencies and the guardian. */
  private static List<ProcessHandle> programs(Process tool) {
    return tool.toHandle().descendants().toList();
  }

  private static void awaitGone(List<ProcessHandle> programs) {
    Awaitility.await()
        .atMost(SECONDS_MAX, TimeUnit.SECONDS)
        .until(() -> programs.stream().noneMatch(InterruptTest::runs));
  }

  private static boolean isJava(ProcessHandle program) {
    return runs(program)
        && program.info().command().filter(command -> command.endsWith("java")).isPresent();
  }

  /** Alive, and not the remains of an orphan that nobody reaps. */
  private static boolean runs(ProcessHandle program) {
    try {
      return program.isAlive()
          && !Files.readString(Path.of("/proc/" + program.pid() + "/stat")).contains(") Z ");
    } catch (IOException gone) {
      return false;
    }
  }

  private static boolean ignored(int signal) throws IOException {
    String mask =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring("SigIgn:".length()).strip())
            .findFirst()
            .orElse("0");
    return (Long.parseUnsignedLong(mask, 16) >>> (signal - 1) & 1) == 1;
  }
}
