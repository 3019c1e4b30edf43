package loteria.checks.process.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import loteria.checks.Bets;
import loteria.checks.process.Drawn;
import loteria.checks.process.Found;
import loteria.checks.process.Peer;
import loteria.checks.process.ProcessTest;
import loteria.checks.process.Running;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import org.junit.jupiter.api.Test;

/** SIGTERM to the central: all closed and logged, exit code 0, at once, whatever it is doing. */
final class EndOfTheCentralTest extends ProcessTest {
  private static final byte[] HELLO =
      Codec.encode(new Message.Hello(Codec.VERSION, Codec.VERSION, 1, 0));

  private void assertEndsInOrder(Running central) {
    central.assertEndsInOrder();
    assertThat(central.lines("close_listener", "success")).hasSize(1);
    assertThat(central.lines("close_journal", "success")).hasSize(1);
    assertThat(central.lines("close_connection", "success"))
        .as("connections closed of those accepted in %s", central)
        .hasSameSizeAs(central.lines("accept_connections", "success"));
    programs.assertNothingFailed();
  }

  @Test
  void idle() {
    assertEndsInOrder(programs.central(2));
  }

  @Test
  void askedTwice() throws IOException {
    Running central = programs.central(2);
    try (Peer peer = Peer.at(programs.port())) {
      peer.send(HELLO);
      assertThat(peer.receive()).isInstanceOf(Message.Welcome.class);
      central.terminate();
      assertEndsInOrder(central);
    }
  }

  @Test
  void withConnectionsThatHaveSaidNothingOrText() throws IOException {
    Running central = programs.central(2);
    try (Peer silent = Peer.at(programs.port());
        Peer text = Peer.at(programs.port())) {
      text.send("hola\nhalf a li".getBytes(StandardCharsets.UTF_8));
      assertThat(text.receiveText(5)).isEqualTo("hola\n");
      central.await("accept_connections", "success", 2);
      assertEndsInOrder(central);
      assertThat(silent.receiveToTheEnd()).isEmpty();
    }
  }

  @Test
  void inTheMiddleOfAFrame() throws IOException {
    Running central = programs.central(2);
    try (Peer greeting = Peer.at(programs.port());
        Peer uploading = Peer.at(programs.port())) {
      greeting.send(Arrays.copyOf(HELLO, 7));
      uploading.send(HELLO);
      assertThat(uploading.receive()).isInstanceOf(Message.Welcome.class);
      uploading.send(Arrays.copyOf(HELLO, 3));
      central.await("accept_connections", "success", 2);
      assertEndsInOrder(central);
      assertThat(uploading.receive())
          .isInstanceOfSatisfying(
              Message.Refused.class,
              refused -> assertThat(refused.refusal()).isEqualTo(Refusal.SHUTTING_DOWN));
    }
  }

  @Test
  void underAnUploadThatThenGoesOnWithTheNextCentral() throws IOException {
    List<List<String>> files = List.of(Bets.rows(1, 6000, 1));
    programs.lay(files);
    Running central = programs.central(1);
    Running agency = programs.agency(1, "--batch-max-amount", "2");
    central.await("apuesta_recibida", "success", 20);
    assertEndsInOrder(central);
    assertThat(Found.stored(central.lines())).as("half-way").isBetween(40L, 5999L);
    Found found = Found.in(programs.journal());
    found.assertHolds(central.lines(), List.of(agency), files);
    assertThat(found.total())
        .as("all that is stored was logged")
        .isEqualTo(Found.stored(central.lines()));

    // At the same port, where the connections of the first one linger.
    Running next = programs.central(1);
    Drawn.assertWinners(List.of(agency), files);
    Drawn.assertSealed(programs, next, files);
    assertEndsInOrder(next);
  }

  @Test
  void withAgenciesThatWaitForTheDraw() throws IOException {
    programs.lay(List.of(Bets.rows(1, 120, 1), Bets.rows(2, 80, 1)));
    Running central = programs.central(3);
    List<Running> waiting = programs.agencies(2);
    waiting.forEach(agency -> agency.await("upload_bets", "success"));
    assertEndsInOrder(central);
    assertThat(central.lines("sorteo", "success")).isEmpty();
    waiting.forEach(agency -> agency.await("connect", "in_progress"));
    waiting.forEach(Running::assertEndsInOrder);
    programs.assertNothingFailed();
  }
}
