package loteria.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import loteria.server.Peer;
import loteria.server.SampleBets;
import loteria.server.TestCentral;
import loteria.server.ledger.Deadlines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Peers that take their time: deadlines end them, and nobody else. */
class SlowPeerTest {
  private static final long FOREVER = 60_000;
  private static final long SHORT = 150;

  private static final Deadlines PATIENT =
      new Deadlines(FOREVER, FOREVER, FOREVER, FOREVER, FOREVER, 100, FOREVER);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path directory;

  @Test
  void closesOnAPeerThatSaysNothing() throws Exception {
    Deadlines deadlines = new Deadlines(SHORT, FOREVER, FOREVER, FOREVER, FOREVER, 100, FOREVER);
    try (TestCentral central = TestCentral.start(directory, 1, deadlines)) {
      central.connect().assertEnds();
      central.log.await(1, "close_connection | result: success");
      assertThat(central.log.with("result: fail")).isEmpty();
    }
  }

  @Test
  void refusesAnAgencyThatDoesNotFinishItsHello() throws Exception {
    Deadlines deadlines = new Deadlines(SHORT, FOREVER, FOREVER, FOREVER, FOREVER, 100, FOREVER);
    try (TestCentral central = TestCentral.start(directory, 1, deadlines)) {
      Peer peer = central.connect();
      peer.sendBytes((byte) 0x90, (byte) 0x01);
      peer.assertRefused(Refusal.TOO_SLOW);
    }
  }

  /** A byte at each ping: never silent, and never done. */
  @Test
  void refusesAFrameThatComesDropByDrop() throws Exception {
    Deadlines deadlines = new Deadlines(FOREVER, SHORT, FOREVER, 10, FOREVER, 100, FOREVER);
    try (TestCentral central = TestCentral.start(directory, 2, deadlines)) {
      byte[] frame = Codec.encode(SampleBets.part(SampleBets.file(1, 100), 0, 100));
      Peer slow = central.agency(1);
      int sent = 0;
      Message message = slow.nextOrPing();
      while (message instanceof Message.Ping) {
        slow.sendBytes(frame[sent++]);
        message = slow.nextOrPing();
      }
      assertThat(message).isInstanceOf(Message.Refused.class);
      assertThat(((Message.Refused) message).refusal()).isEqualTo(Refusal.TOO_SLOW);
      assertThat(sent).isBetween(1, frame.length - 1);
      central.agency(2).upload(2, SampleBets.file(2, 10), 5);
    }
  }

  @Test
  void refusesAnAgencyThatAnswersNoPings() throws Exception {
    Deadlines deadlines = new Deadlines(FOREVER, FOREVER, 1_000, 20, FOREVER, 100, FOREVER);
    try (TestCentral central = TestCentral.start(directory, 1, deadlines)) {
      Peer peer = central.agency(1);
      assertThat(peer.nextOrPing()).isEqualTo(new Message.Ping());
      Message message = peer.nextOrPing();
      while (message instanceof Message.Ping) {
        message = peer.nextOrPing();
      }
      assertThat(((Message.Refused) message).refusal()).isEqualTo(Refusal.TOO_SLOW);
    }
  }

  @Test
  void keepsAnAgencyThatAnswersPings() throws Exception {
    long silence = 2_000;
    Deadlines deadlines = new Deadlines(FOREVER, FOREVER, silence, 20, FOREVER, 100, FOREVER);
    try (TestCentral central = TestCentral.start(directory, 1, deadlines)) {
      Peer peer = central.agency(1);
      long start = System.nanoTime();
      while (System.nanoTime() - start < 2 * silence * 1_000_000) {
        assertThat(peer.nextOrPing()).isEqualTo(new Message.Ping());
        peer.send(new Message.Pong());
      }
      peer.send(SampleBets.part(SampleBets.file(1, 5), 0, 5));
      assertThat(peer.next()).isEqualTo(new Message.Stored(5));
    }
  }

  @Test
  void closesOnASilentEcho() throws Exception {
    Deadlines deadlines = new Deadlines(FOREVER, FOREVER, FOREVER, FOREVER, FOREVER, 100, SHORT);
    try (TestCentral central = TestCentral.start(directory, 1, deadlines)) {
      Peer peer = central.connect();
      peer.sendBytes("uno\nd".getBytes(StandardCharsets.UTF_8));
      assertThat(peer.read(4)).isEqualTo("uno\n".getBytes(StandardCharsets.UTF_8));
      peer.assertEnds();
      assertThat(central.log.with("result: fail")).isEmpty();
    }
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void closesOnAnEchoThatReadsNoAnswers() throws Exception {
    Deadlines deadlines = new Deadlines(FOREVER, FOREVER, FOREVER, FOREVER, SHORT, 100, FOREVER);
    try (TestCentral central = TestCentral.start(directory, 1, deadlines)) {
      Peer mute = central.connect();
      byte[] lines = "hola\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
      // More than all buffers hold: it is never done, but for the close.
      assertThatThrownBy(
              () -> {
                while (true) {
                  mute.sendBytes(lines);
                }
              })
          .isInstanceOf(IOException.class);
      central.log.await(1, "close_connection | result: success");
    }
  }

  @Test
  void servesOthersWhileOneIsInTheMiddleOfAFrame() throws Exception {
    try (TestCentral central = TestCentral.start(directory, 2, PATIENT)) {
      Peer slow = central.agency(1);
      slow.sendBytes((byte) 0x90, (byte) 0x02);
      Peer silent = central.connect();
      Peer agency = central.agency(2);
      agency.upload(2, SampleBets.file(2, 50), 5);
      silent.close();
    }
  }
}
