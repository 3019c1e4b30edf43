package loteria.checks.process.lottery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import loteria.checks.Bets;
import loteria.checks.process.Drawn;
import loteria.checks.process.Found;
import loteria.checks.process.Line;
import loteria.checks.process.ProcessTest;
import loteria.checks.process.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All agencies upload, the central stores, seals, draws and answers. */
final class MainJobTest extends ProcessTest {
  private static final int WINDOW = 16;

  @ParameterizedTest
  @ValueSource(ints = {10, 64, 99})
  void eachAgencyLearnsItsWinners(int batch) throws IOException {
    // A whole window, one bet more, and less than a batch.
    List<List<String>> files =
        List.of(
            Bets.rows(1, WINDOW * batch, 2),
            Bets.rows(2, WINDOW * batch + 1, 0),
            Bets.rows(3, batch - 1, 1));
    programs.lay(files);

    Running central = programs.central(3, "--logging-level", "DEBUG");
    List<Running> agencies = List.of(upload(1, batch), upload(2, batch), upload(3, batch));
    Drawn.assertWinners(agencies, files);
    central.terminate();
    central.assertExits(0);

    Drawn.assertSealed(programs, central, files);
    Drawn.assertOnceAfterAllWasStored(central.lines(), files);
    assertThat(central.lines("apuesta_recibida", "success"))
        .extracting(line -> Math.toIntExact(line.number("cantidad")))
        .containsExactlyInAnyOrderElementsOf(batches(files, batch));
    assertSaysWhatTheCourseAsks(central, agencies);
    Found.in(programs.journal()).assertHolds(central.lines(), agencies, files);
    programs.assertNothingFailed();
  }

  private Running upload(int id, int batch) {
    return programs.agency(
        id,
        "--batch-max-amount",
        Integer.toString(batch),
        "--loop-period",
        "100ms",
        "--log-level",
        "debug");
  }

  private static List<Integer> batches(List<List<String>> files, int batch) {
    List<Integer> batches = new ArrayList<>();
    for (List<String> file : files) {
      batches.addAll(Collections.nCopies(file.size() / batch, batch));
      if (file.size() % batch > 0) {
        batches.add(file.size() % batch);
      }
    }
    return batches;
  }

  private void assertSaysWhatTheCourseAsks(Running central, List<Running> agencies) {
    assertThat(central.lines())
        .extracting(Line::message)
        .contains(
            "action: config | result: success | port: %d | listen_backlog: 1024 | logging_level: DEBUG"
                .formatted(programs.port()),
            "action: accept_connections | result: in_progress",
            "action: accept_connections | result: success | ip: 127.0.0.1",
            "action: sorteo | result: success");
    assertThat(agencies.getFirst().lines())
        .extracting(Line::message)
        .contains(
            "action: config | result: success | client_id: 1 | server_address: 127.0.0.1:%d | loop_amount: 5 | loop_period: 100ms | log_level: debug"
                .formatted(programs.port()));
  }

  @Test
  void nobodyIsToldBeforeTheDraw() throws Exception {
    List<List<String>> files =
        List.of(Bets.rows(1, 300, 1), Bets.rows(2, 200, 2), Bets.rows(3, 100, 0));
    programs.lay(files);
    // All say into one file, in the order in which they say it. And the agencies come first.
    Path all = folder.resolve("all.log");
    List<Process> agencies = new ArrayList<>();
    for (int k = 1; k <= 3; k++) {
      agencies.add(intoFile(programs.agencyCommand(k), all));
    }
    Process central = intoFile(programs.centralCommand(3), all);
    try {
      for (Process agency : agencies) {
        assertThat(agency.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(agency.exitValue()).isZero();
      }
    } finally {
      central.destroyForcibly();
      agencies.forEach(Process::destroyForcibly);
    }
    List<String> said = Files.readAllLines(all);
    int draw = indexOf(said, "action: sorteo | result: success");
    assertThat(said.subList(0, draw))
        .filteredOn(line -> line.contains("action: apuesta_recibida | result: success"))
        .hasSize(4 + 3 + 2);
    assertThat(said.subList(0, draw)).noneMatch(line -> line.contains("consulta_ganadores"));
    assertThat(said.subList(draw, said.size()))
        .filteredOn(line -> line.contains("consulta_ganadores"))
        .hasSize(3);
    assertThat(said).noneMatch(line -> line.contains("result: fail"));
  }

  private static int indexOf(List<String> said, String what) {
    return IntStream.range(0, said.size())
        .filter(i -> said.get(i).endsWith(what))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + what + " in " + said));
  }

  private Process intoFile(List<String> command, Path file) throws IOException {
    return programs
        .builder(command, Map.of())
        .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()))
        .redirectErrorStream(true)
        .start();
  }
}
