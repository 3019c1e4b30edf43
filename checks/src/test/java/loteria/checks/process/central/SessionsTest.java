package loteria.checks.process.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import loteria.checks.Bets;
import loteria.checks.process.Drawn;
import loteria.checks.process.Found;
import loteria.checks.process.Peer;
import loteria.checks.process.ProcessTest;
import loteria.checks.process.Running;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import org.junit.jupiter.api.Test;

/** Who comes to the central, and who may not. */
final class SessionsTest extends ProcessTest {
  @Test
  void theNewestProgramOfAnAgencyWins() throws IOException {
    List<List<String>> files = List.of(Bets.rows(1, 200, 1), Bets.rows(2, 100, 0));
    programs.lay(files);
    Running central = programs.central(2);
    Running older = programs.agency(1);
    older.await("upload_bets", "success");

    Running newer = programs.agency(1);
    older.assertExits(4);
    assertThat(older.onlyFailure().value("error")).contains("FENCED");
    assertThat(older.lines("connect", "in_progress")).as("attempts to come back").isEmpty();

    Drawn.assertWinners(List.of(newer, programs.agency(2)), files);
    assertThat(central.lines("replace_session", "success")).hasSize(1);
    Drawn.assertOnceAfterAllWasStored(central.lines(), files);
    central.assertNothingFailed();
  }

  @Test
  void anAgencyThatIsNotExpectedIsRefused() throws IOException {
    programs.lay(3, Bets.rows(3, 10, 1));
    Running central = programs.central(2);
    Running unknown = programs.agency(3);
    unknown.assertExits(1);
    assertThat(unknown.onlyFailure().value("error"))
        .contains("UNKNOWN_AGENCY", "agency 3 is not one of 1 to 2");
    assertThat(central.await("refuse", "fail").value("error")).contains("UNKNOWN_AGENCY");
    assertThat(Found.stored(central.lines())).isZero();
  }

  @Test
  void anAgencyWithoutACentralGivesUpWhenItsPatienceIsOver() throws IOException {
    programs.lay(1, Bets.rows(1, 10, 1));
    Running upload = programs.agency(1, "--patience", "3s");
    Running echo = programs.agency(1, "--patience", "3s", "--task", "echo");
    for (Running agency : List.of(upload, echo)) {
      agency.assertExits(69);
      assertThat(agency.lines("connect", "in_progress")).as(agency.toString()).isNotEmpty();
      assertThat(agency.onlyFailure().message())
          .contains("action: connect")
          .contains("server_address: 127.0.0.1:" + programs.port())
          .contains("patience is over");
    }
  }

  @Test
  void whatIsNotOfTheProtocolHarmsNobodyElse() throws IOException {
    List<List<String>> files = List.of(Bets.rows(1, 120, 1), Bets.rows(2, 80, 2));
    programs.lay(files);
    Running central = programs.central(2);
    Running first = programs.agency(1);
    first.await("upload_bets", "success");

    byte[] noise = new byte[20_000];
    new SplittableRandom(7).nextBytes(noise);
    noise[0] = (byte) 0xff;
    assertClosed(noise);
    byte[] tlsHello = {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, (byte) 0xfc, 0x03, 0x03};
    assertThat(answers(tlsHello)).containsExactly(0x15, 3, 3, 0, 2, 2, 70);
    assertThat(central.await("receive_message", "fail", 2).value("error")).contains("0x16");
    assertRefused("\u0090\u0001\u0000\u0000");
    assertRefused("\u0090\u0001\u00ff\u00ff");
    byte[] flipped = Codec.encode(new Message.Hello(Codec.VERSION, Codec.VERSION, 2, 0));
    flipped[6] ^= 1;
    assertRefused(new String(flipped, StandardCharsets.ISO_8859_1));
    // A browser is answered as any text is, and leaves.
    String request = "GET / HTTP/1.1\r\nHost: central\r\n\r\n";
    try (Peer browser = Peer.at(programs.port())) {
      browser.send(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(browser.receiveText(request.length())).isEqualTo(request);
    }
    central.await("close_connection", "success", 6);
    assertThat(central.lines("receive_message", "fail")).hasSize(5);

    Drawn.assertWinners(List.of(first, programs.agency(2)), files);
    Drawn.assertSealed(programs, central, files);
  }

  private void assertClosed(byte[] bytes) throws IOException {
    assertThat(answers(bytes)).isEmpty();
  }

  private byte[] answers(byte[] bytes) throws IOException {
    try (Peer peer = Peer.at(programs.port())) {
      peer.sendWhatItTakes(bytes);
      return peer.receiveToTheEnd();
    }
  }

  private void assertRefused(String bytes) throws IOException {
    try (Peer peer = Peer.at(programs.port())) {
      peer.send(bytes.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(peer.receive()).isInstanceOf(Message.Refused.class);
      assertThat(peer.receiveToTheEnd()).isEmpty();
    }
  }
}
