package loteria.checks.process.lottery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import loteria.checks.process.Found;
import loteria.checks.process.Line;
import loteria.checks.process.ProcessTest;
import loteria.checks.process.Running;
import org.junit.jupiter.api.Test;

/** The first exercises: messages that come back, and one bet from the environment. */
final class EchoAndOneBetTest extends ProcessTest {
  @Test
  void eachMessageComesBack() {
    Running central = programs.central(1);
    Running agency =
        programs.agency(1, "--task", "echo", "--loop-amount", "3", "--loop-period", "10ms");
    agency.assertExits(0);
    assertThat(agency.lines("receive_message", "success"))
        .extracting(Line::message)
        .containsExactly(
            "action: receive_message | result: success | client_id: 1 | msg: [CLIENT 1] Message"
                + " N°1",
            "action: receive_message | result: success | client_id: 1 | msg: [CLIENT 1] Message"
                + " N°2",
            "action: receive_message | result: success | client_id: 1 | msg: [CLIENT 1] Message"
                + " N°3");
    assertThat(agency.lines().getLast().message())
        .isEqualTo("action: loop_finished | result: success | client_id: 1");
    central.await("close_connection", "success", 3);
    assertThat(central.lines("receive_message", "success"))
        .extracting(Line::message)
        .containsExactly(
            "action: receive_message | result: success | ip: 127.0.0.1 | msg: [CLIENT 1] Message"
                + " N°1",
            "action: receive_message | result: success | ip: 127.0.0.1 | msg: [CLIENT 1] Message"
                + " N°2",
            "action: receive_message | result: success | ip: 127.0.0.1 | msg: [CLIENT 1] Message"
                + " N°3");
    programs.assertNothingFailed();
  }

  @Test
  void aBetOfTheEnvironmentIsStoredAndConfirmed() throws IOException {
    Running central = programs.central(5);
    Running agency =
        programs.start(
            "agency 4",
            Line.Layout.AGENCY,
            programs.agencyCommand(4, "--task", "bet"),
            Map.of(
                "NOMBRE", "Santiago Lionel",
                "APELLIDO", "Lorca",
                "DOCUMENTO", "00904465",
                "NACIMIENTO", "1999-03-17",
                "NUMERO", "7574"));
    agency.assertExits(0);
    assertThat(agency.lines())
        .extracting(Line::message)
        .endsWith("action: apuesta_enviada | result: success | dni: 00904465 | numero: 7574");
    central.await("apuesta_recibida", "success");
    central.kill();
    assertThat(central.lines())
        .extracting(Line::message)
        .contains(
            "action: apuesta_almacenada | result: success | dni: 00904465 | numero: 7574",
            "action: apuesta_recibida | result: success | cantidad: 1");
    assertThat(Found.in(programs.journal()).rows(4))
        .containsExactly("Santiago Lionel,Lorca,00904465,1999-03-17,7574");
    programs.assertNothingFailed();
  }
}
