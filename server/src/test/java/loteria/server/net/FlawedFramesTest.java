package loteria.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import loteria.lottery.Checksum;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Frame;
import loteria.protocol.Message;
import loteria.server.Bet;
import loteria.server.Peer;
import loteria.server.SampleBets;
import loteria.server.TestCentral;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that are not as the protocol says: refused or closed on, and nobody else is harmed. */
class FlawedFramesTest {
  private final List<Bet> file = SampleBets.file(1, 20);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path directory;

  @SuppressWarnings("NullAway.Init") // Set before each test.
  private TestCentral central;

  @BeforeEach
  void start() throws Exception {
    central = TestCentral.start(directory, 3);
  }

  @AfterEach
  void end() throws IOException {
    central.close();
  }

  @Test
  void refusesFramesOfImpossibleLengths() throws IOException {
    for (int length : new int[] {0, 7, 8193, 65_535}) {
      byte[] frame = Codec.encode(SampleBets.part(file, 0, 2));
      ByteBuffer.wrap(frame).putShort(2, (short) length);
      Peer stranger = central.connect();
      stranger.sendBytes(frame);
      assertThat(stranger.assertRefused(Refusal.BAD_FRAME).reason()).contains(length + " bytes");
      Peer agency = central.agency(1);
      agency.sendBytes(frame);
      agency.assertRefused(Refusal.BAD_FRAME);
    }
  }

  @Test
  void refusesADamagedFrameAndTakesItWhenItComesAgain() throws IOException {
    byte[] frame = Codec.encode(SampleBets.part(file, 4, 8));
    for (int i = 1; i < frame.length; i += 5) {
      byte[] damaged = frame.clone();
      damaged[i] ^= 0x10;
      Peer peer = central.agency(1);
      peer.send(SampleBets.part(file, 0, 4));
      peer.sendBytes(damaged);
      assertThat(peer.assertRefused(Refusal.BAD_CHECKSUM).next()).isEqualTo(4);
    }
    Peer peer = central.agency(1);
    peer.sendBytes(frame);
    peer.awaitStored(8);
  }

  @Test
  void refusesAWholeBatchForOneBetAndNamesItsRow() throws IOException {
    byte[] frame = Codec.encode(SampleBets.part(file, 0, 3));
    int lastDigit = frame.length - Frame.CHECKSUM_BYTES - 3;
    frame[lastDigit] = 'x';
    Peer peer = central.agency(1);
    peer.sendBytes(checksummed(frame));

    Message.Refused refused = peer.assertRefused(Refusal.BAD_BET);
    assertThat(refused.row()).isEqualTo(3);
    assertThat(refused.next()).isZero();
    assertThat(refused.reason()).contains("numero");
    assertThat(central.log.with("apuesta_recibida | result: fail | cantidad: 3")).hasSize(1);
  }

  @Test
  void refusesWhatOnlyTheCentralSaysAndWhatNobodySays() throws IOException {
    byte[] unknown = Codec.encode(new Message.Pong());
    unknown[1] = 0x3f;
    List<byte[]> frames =
        List.of(
            checksummed(unknown),
            Codec.encode(new Message.Stored(1)),
            Codec.encode(new Message.Drawn(1, 1, Instant.EPOCH)));
    for (byte[] frame : frames) {
      Peer peer = central.agency(1);
      peer.sendBytes(frame);
      peer.assertRefused(Refusal.BAD_FRAME);
    }
  }

  @Test
  void closesOnGarbageAndHarmsNobody() throws Exception {
    Peer agency = central.agency(1);
    byte[][] garbage = {
      {0, 0, 0, 1},
      {0x15, 0x03, 0x01, 0x02, 0x00, 0x01},
      {(byte) 0xff, (byte) 0xfe},
      {0x7f, 'E', 'L'}
    };
    for (byte[] bytes : garbage) {
      Peer stranger = central.connect();
      stranger.sendBytes(bytes);
      stranger.assertEnds();
    }
    assertThat(central.log.with("receive_message | result: fail", "starts with 0x"))
        .hasSize(garbage.length);
    agency.upload(1, file, 3);
  }

  @Test
  void answersATlsHandshakeByTheAlertThatThereIsNoTlsHere() throws Exception {
    Peer stranger = central.connect();
    stranger.sendBytes(new byte[] {0x16, 3, 1, 2, 0, 1});
    assertThat(stranger.read(7)).isEqualTo(new byte[] {0x15, 3, 3, 0, 2, 2, 70});
    stranger.assertEnds();
    assertThat(central.log.with("receive_message | result: fail", "starts with 0x16: speaks TLS"))
        .hasSize(1);
  }

  private static byte[] checksummed(byte[] frame) {
    int covered = frame.length - Frame.CHECKSUM_BYTES;
    ByteBuffer.wrap(frame).putInt(covered, Checksum.of(frame, 0, covered));
    return frame;
  }
}
