package loteria.checks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import loteria.checks.Bets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator ends the wait for agencies, with the tool, while a central runs. */
final class ClosingTest {
  private static final String REASON = "no llegó";
  private static final int UNREACHABLE = 69;
  private static final Map<String, String> UTF_8 = Map.of("LC_ALL", "C.UTF-8");

  @TempDir Path folder;
  private Programs programs;

  @BeforeEach
  void prepare() throws IOException {
    programs = Programs.in(folder);
  }

  @AfterEach
  void end() {
    programs.close();
  }

  /** What the tool has said, and how it ended. */
  private record Told(int code, List<String> lines) {}

  private Process start(String... words) throws IOException {
    List<String> command = new ArrayList<>(programs.toolCommand(words));
    command.add(programs.data().toString());
    return programs.builder(command, UTF_8).redirectErrorStream(true).start();
  }

  private static Told told(Process tool) throws IOException, InterruptedException {
    String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Told(tool.waitFor(), said.lines().toList());
  }

  private Told tool(String... words) throws IOException, InterruptedException {
    return told(start(words));
  }

  private Told close(int agency) throws IOException, InterruptedException {
    return tool("close", "--agency", Integer.toString(agency), "--reason", REASON);
  }

  private Running central(int agencies, String... flags) {
    Running central = programs.central(agencies, flags);
    central.await("open_control", "success");
    return central;
  }

  private static void assertWinners(Running agency, List<String> file, String closed) {
    agency.assertExits(0);
    assertThat(agency.lines("consulta_ganadores", "success"))
        .singleElement()
        .satisfies(line -> assertThat(line.number("cant_ganadores")).isEqualTo(Bets.winners(file)));
    assertThat(agency.lines("check_seal", "success"))
        .singleElement()
        .satisfies(line -> assertThat(line.value("closed")).isEqualTo(closed));
  }

  private void assertVerified(String... closed) throws Exception {
    Told verified = tool("verify");
    assertThat(verified.lines())
        .contains(closed)
        .last()
        .isEqualTo("verified  the bets are sealed and the draw was held");
    assertThat(verified.code()).isZero();
  }

  @Test
  void theOthersComeToTheirDrawWithoutTheOneThatIsClosedInMidUpload() throws Exception {
    List<List<String>> files =
        List.of(
            Bets.rows(1, 120, 1),
            Bets.rows(2, 80, 2),
            Bets.rows(3, 40_000, 9),
            Bets.rows(4, 0, 0),
            Bets.rows(5, 99, 3));
    programs.lay(files);
    Running central = central(5, "--window", "1");
    List<Running> agencies = new ArrayList<>();
    for (int k = 1; k <= 5; k++) {
      agencies.add(programs.agency(k, "--batch-max-amount", "1"));
    }
    Running slow = agencies.get(2);
    central.await("finish_agency", "success", 4);

    Told told = close(3);

    int stored = Found.in(programs.journal()).rows(3).size();
    assertThat(stored).isBetween(1, files.get(2).size() - 1);
    assertThat(told.lines())
        .containsExactly(
            "agency 3 closed, with %,d bets: %s".formatted(stored, REASON),
            "no agency is awaited any more: the bets are sealed");
    assertThat(told.code()).isZero();
    slow.assertExits(1);
    assertThat(slow.lines("apuesta_enviada", "fail"))
        .singleElement()
        .satisfies(line ->
            assertThat(line.value("error"))
                .isEqualTo(
                    "the central refuses: CLOSED: the operator has closed the agency with"
                        + " %d bets: %s".formatted(stored, REASON)));
    for (int k : List.of(1, 2, 4, 5)) {
      assertWinners(agencies.get(k - 1), files.get(k - 1), "3");
    }
    Line line = central.await("close_agency", "success");
    assertThat(line.message())
        .isEqualTo(
            "action: close_agency | result: success | agency: 3 | bets: %d | reason: %s"
                .formatted(stored, REASON));
    assertThat(central.await("seal_bets", "success").value("closed")).isEqualTo("3");
    List<List<String>> sealed = new ArrayList<>(files);
    sealed.set(2, files.get(2).subList(0, stored));
    assertThat(programs.bets()).hasBinaryContent(Bets.sealed(sealed));
    Found.in(programs.journal()).assertHolds(central.lines(), agencies, files);
    assertVerified("closed    agency 3, not finished, with %,d bets: %s".formatted(stored, REASON));

    Running again = programs.agency(3);
    again.assertExits(1);
    assertThat(again.lines("apuesta_enviada", "fail").getFirst().message())
        .isEqualTo(slow.lines("apuesta_enviada", "fail").getFirst().message());
    Told finished = close(1);
    assertThat(finished.lines())
        .containsExactly("loteria close: agency 1 has finished with 120 bets");
    assertThat(finished.code()).isEqualTo(1);
  }

  @Test
  void nobodyIsAwaitedOnceAllThatAreMissingAreClosed() throws Exception {
    List<List<String>> files = List.of(Bets.rows(1, 60, 1), Bets.rows(2, 50, 0));
    programs.lay(files);
    Running central = central(4);
    List<Running> agencies = List.of(programs.agency(1), programs.agency(2));
    central.await("finish_agency", "success", 2);

    Told told = tool("close", "--all-missing", "--reason", REASON);
    assertThat(told.lines())
        .containsExactly(
            "agency 3 closed, with 0 bets: no llegó",
            "agency 4 closed, with 0 bets: no llegó",
            "no agency is awaited any more: the bets are sealed");
    assertWinners(agencies.get(0), files.get(0), "3,4");
    assertWinners(agencies.get(1), files.get(1), "3,4");
    Drawn.assertSealed(programs, central, files);
    assertThat(tool("close", "--all-missing", "--reason", "otra vez"))
        .isEqualTo(new Told(0, List.of("no agency is missing: nothing was closed")));
    programs.assertNothingFailed();
    assertVerified(
        "closed    agency 3, not finished, with 0 bets: no llegó",
        "closed    agency 4, not finished, with 0 bets: no llegó");
  }

  @Test
  void whoWasClosedStaysSoWhenTheCentralIsKilledBeforeTheSeal() throws Exception {
    List<List<String>> files = List.of(Bets.rows(1, 60, 1));
    programs.lay(files);
    Running killed = central(3);
    Path socket = programs.data().resolve("control");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-------");
    assertThat(close(2).lines())
        .containsExactly("agency 2 closed, with 0 bets: no llegó", "agencies still awaited: 2");
    killed.kill();
    assertThat(close(3))
        .isEqualTo(
            new Told(
                UNREACHABLE,
                List.of(
                    "loteria close: no central answers: %s was left by one that is gone"
                        .formatted(socket))));

    Running again = central(3);
    Running agency = programs.agency(1);
    again.await("finish_agency", "success");
    assertThat(again.lines("sorteo", "success")).isEmpty();
    List<Process> operators =
        List.of(
            start("close", "--agency", "3", "--reason", REASON),
            start("close", "--agency", "3", "--reason", REASON));
    List<Told> answers = List.of(told(operators.get(0)), told(operators.get(1)));
    assertThat(answers.stream().map(Told::code)).containsOnly(0);
    assertThat(answers.stream().map(told -> told.lines().getFirst()))
        .containsExactlyInAnyOrder(
            "agency 3 closed, with 0 bets: no llegó",
            "agency 3 closed already, as it stays, with 0 bets: no llegó");
    assertWinners(agency, files.getFirst(), "2,3");
    Drawn.assertSealed(programs, again, files);
    assertThat(
            Stream.of(killed, again)
                .flatMap(each -> each.lines("close_agency", "success").stream()))
        .hasSize(2);
    again.assertEndsInOrder();
    assertThat(socket).doesNotExist();
    assertThat(close(3).code()).isEqualTo(UNREACHABLE);
  }
}
