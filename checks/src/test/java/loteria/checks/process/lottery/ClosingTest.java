package loteria.checks.process.lottery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import loteria.checks.Bets;
import loteria.checks.process.Drawn;
import loteria.checks.process.Found;
import loteria.checks.process.Line;
import loteria.checks.process.ProcessTest;
import loteria.checks.process.Running;
import loteria.testing.Command;
import loteria.testing.Outcome;
import org.junit.jupiter.api.Test;

/** An operator ends the wait for agencies, with the tool, while a central runs. */
final class ClosingTest extends ProcessTest {
  private static final String REASON = "no llegó";
  private static final int UNREACHABLE = 69;

  /** What the tool has said, and how it ended. */
  private record Told(int code, List<String> lines) {}

  private static Told told(Outcome tool) {
    return new Told(tool.exit(), (tool.output() + tool.errors()).lines().toList());
  }

  private Command closing(int agency) {
    return programs.tool("close", "--agency", agency, "--reason", REASON, programs.data());
  }

  private Told close(int agency) {
    return told(closing(agency).run());
  }

  private Told closeAllMissing(String reason) {
    return told(programs.tool("close", "--all-missing", "--reason", reason, programs.data()).run());
  }

  private Running central(int agencies, String... flags) {
    Running central = programs.central(agencies, flags);
    central.await("open_control", "success");
    return central;
  }

  private static void assertWinners(Running agency, List<String> file, String closed) {
    agency.assertExits(0);
    assertThat(agency.only("consulta_ganadores", "success").number("cant_ganadores"))
        .isEqualTo(Bets.winners(file));
    assertThat(agency.only("check_seal", "success").value("closed")).isEqualTo(closed);
  }

  private void assertVerified(String... closed) throws Exception {
    Told verified = told(programs.tool("verify", programs.data()).run());
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
    List<Running> agencies = programs.agencies(5, "--batch-max-amount", "1");
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
    assertThat(slow.only("apuesta_enviada", "fail").value("error"))
        .isEqualTo(
            "the central refuses: CLOSED: the operator has closed the agency with %d bets: %s"
                .formatted(stored, REASON));
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
    List<Running> agencies = programs.agencies(2);
    central.await("finish_agency", "success", 2);

    Told told = closeAllMissing(REASON + "\u202e");
    assertThat(told.lines())
        .as("nothing that a terminal would obey")
        .containsExactly(
            "agency 3 closed, with 0 bets: no llegó<U+202E>",
            "agency 4 closed, with 0 bets: no llegó<U+202E>",
            "no agency is awaited any more: the bets are sealed");
    assertWinners(agencies.get(0), files.get(0), "3,4");
    assertWinners(agencies.get(1), files.get(1), "3,4");
    Drawn.assertSealed(programs, central, files);
    assertThat(closeAllMissing("otra vez"))
        .isEqualTo(new Told(0, List.of("no agency is missing: nothing was closed")));
    programs.assertNothingFailed();
    assertVerified(
        "closed    agency 3, not finished, with 0 bets: no llegó<U+202E>",
        "closed    agency 4, not finished, with 0 bets: no llegó<U+202E>");
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
    killed.await("close_agency", "success");
    killed.kill();
    assertThat(close(3))
        .isEqualTo(
            new Told(
                UNREACHABLE,
                List.of(
                    "loteria close: no central answers: %s was left by one that is gone; the journal"
                            .formatted(socket)
                        + " says that the bets are not sealed")));

    Running again = central(3);
    Running agency = programs.agency(1);
    again.await("finish_agency", "success");
    assertThat(again.lines("sorteo", "success")).isEmpty();
    try (Command.Started one = closing(3).start();
        Command.Started other = closing(3).start()) {
      List<Told> answers = List.of(told(one.outcome()), told(other.outcome()));
      assertThat(answers.stream().map(Told::code)).containsOnly(0);
      assertThat(answers.stream().map(told -> told.lines().getFirst()))
          .containsExactlyInAnyOrder(
              "agency 3 closed, with 0 bets: no llegó",
              "agency 3 closed already, as it stays, with 0 bets: no llegó");
    }
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
