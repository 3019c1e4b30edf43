package loteria.checks.process.lottery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import loteria.checks.Bets;
import loteria.checks.process.Line;
import loteria.checks.process.ProcessTest;
import loteria.checks.process.Running;
import loteria.testing.Outcome;
import org.junit.jupiter.api.Test;

/** The bets are sealed first; an operator says the number later, with the tool. */
final class DrawTest extends ProcessTest {
  private String draw(int number, int code) {
    Outcome told =
        programs.tool("draw", "--number", Integer.toString(number), programs.data()).run();
    assertThat(told.exit()).as("%s", told).isEqualTo(code);
    return (told.output() + told.errors()).strip();
  }

  private Running central() {
    Running central = programs.central(2, "--draw", "wait");
    central.await("open_control", "success");
    return central;
  }

  @Test
  void aCentralThatIsKilledBetweenSealAndDrawGoesOnFromTheSameSeal() throws Exception {
    List<List<String>> files = List.of(Bets.rows(1, 120, 3), Bets.rows(2, 80, 1));
    programs.lay(files);
    Running killed = central();
    Running early = programs.agency(1);
    killed.await("finish_agency", "success");
    assertThat(draw(7574, 1))
        .isEqualTo("loteria draw: the bets are not sealed: agencies are missing: 2");
    Running late = programs.agency(2);
    Line seal = killed.await("seal_bets", "success");
    killed.await("await_number", "in_progress");
    assertThat(programs.bets()).hasBinaryContent(Bets.sealed(files));
    killed.kill();
    assertThat(draw(7574, 69)).contains("no central answers");

    Running again = central();
    Line recovered = again.await("recover_seal", "success");
    for (String key : List.of("bets", "sha256", "sealed_at")) {
      assertThat(recovered.value(key)).isEqualTo(seal.value(key));
    }
    assertThat(again.lines("sorteo", "success")).isEmpty();
    assertThat(draw(7574, 0)).startsWith("number 7574 drawn at ").endsWith(", with 4 winners");
    assertThat(draw(7574, 0)).startsWith("number 7574 was drawn already, as it stays, at ");
    assertThat(draw(7575, 1)).startsWith("loteria draw: the number 7574 was drawn at ");
    for (Running agency : List.of(early, late)) {
      agency.assertExits(0);
      assertThat(agency.only("check_seal", "success").value("sha256"))
          .isEqualTo(seal.value("sha256"));
    }
    assertThat(early.await("consulta_ganadores", "success").number("cant_ganadores")).isEqualTo(3);
    assertThat(late.await("consulta_ganadores", "success").number("cant_ganadores")).isEqualTo(1);
    assertThat(again.lines("sorteo", "success")).hasSize(1);
    assertThat(programs.bets()).hasBinaryContent(Bets.sealed(files));
    again.assertEndsInOrder();

    Running over = central();
    assertThat(over.await("recover_draw", "success").value("drawn_at"))
        .isEqualTo(again.await("hold_draw", "success").value("drawn_at"));
    assertThat(over.lines("sorteo", "success")).isEmpty();
  }
}
