package loteria.checks.torture.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import loteria.checks.Bets;
import loteria.checks.process.Peer;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.lottery.Refusal;
import loteria.protocol.Decoded;
import loteria.protocol.Frame;
import loteria.protocol.Message;

/** What is not of the protocol comes to the port while agencies upload. */
final class Strangers {
  private static final int STRANGERS = 120;
  private static final int LINE_BYTES_MAX = 8192;
  private static final int NOISE_BYTES_MAX = 20_000;

  private enum Kind {
    BROWSER,
    TLS,
    NOISE,
    IMPOSSIBLE_LENGTH,
    DAMAGED_FRAME,
    ENDLESS_LINE,
    SCAN
  }

  private Strangers() {}

  static Case asCase() {
    return NetworkRound.named(
        "HTTP, TLS, random bytes, impossible lengths",
        "25, 28, 46",
        List.of(Bets.rows(1, 900, 2), Bets.rows(2, 600, 1)),
        Strangers::befall);
  }

  private static Evidence befall(NetworkRound round, SplittableRandom random) throws IOException {
    Running central = round.central();
    List<Running> agencies = round.agencies(2, "--batch-max-amount", "1");
    central.await("apuesta_recibida", "success");
    int failures = 0;
    int lines = 0;
    for (int i = 0; i < STRANGERS; i++) {
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      try (Peer peer = Peer.at(round.programs().port())) {
        come(kind, peer, random);
      }
      failures += kind == Kind.BROWSER || kind == Kind.SCAN ? 0 : 1;
      lines += kind == Kind.BROWSER ? 3 : 0;
    }
    // What was answered may not be logged yet.
    central.await("receive_message", "fail", failures);
    central.await("receive_message", "success", lines);
    Evidence evidence = round.evidence(agencies);
    assertThat(central.lines("receive_message", "fail")).as("logged").hasSize(failures);
    assertThat(central.lines("receive_message", "success")).as("echoed").hasSize(lines);
    for (Running agency : agencies) {
      agency.assertNothingFailed();
      assertThat(agency.lines("connect", "in_progress")).as("disturbed").isEmpty();
    }
    return evidence;
  }

  private static void come(Kind kind, Peer peer, SplittableRandom random) throws IOException {
    switch (kind) {
      case BROWSER -> {
        String request = "GET / HTTP/1.1\r\nHost: central:%d\r\n\r\n".formatted(random.nextInt(9));
        peer.send(request.getBytes(StandardCharsets.US_ASCII));
        assertThat(peer.receiveText(request.length())).isEqualTo(request);
      }
      case TLS -> {
        peer.sendWhatItTakes(clientHello(random));
        // That there is no TLS here.
        assertThat(peer.receiveToTheEnd()).containsExactly(0x15, 3, 3, 0, 2, 2, 70);
      }
      case NOISE -> {
        byte[] noise = new byte[random.nextInt(1, NOISE_BYTES_MAX)];
        random.nextBytes(noise);
        noise[0] = (byte) (random.nextInt(2) == 0 ? 0x7f : 0xff);
        assertClosed(peer, noise);
      }
      case IMPOSSIBLE_LENGTH -> {
        int[] lengths = {0, 1, Frame.BYTES_MIN - 1, Frame.BYTES_MAX + 1, 0x7fff, 0x8000, 0xffff};
        int length = lengths[random.nextInt(lengths.length)];
        byte[] header = {
          Frame.MAGIC, (byte) random.nextInt(256), (byte) (length >> 8), (byte) length
        };
        assertRefused(peer, header, Refusal.BAD_FRAME);
      }
      case DAMAGED_FRAME -> {
        byte[] frame = new byte[random.nextInt(Frame.BYTES_MIN, Frame.BYTES_MAX + 1)];
        random.nextBytes(frame);
        ByteBuffer.wrap(frame).put(Frame.MAGIC).put((byte) 0x02).putShort((short) frame.length);
        assertRefused(peer, frame, Refusal.BAD_CHECKSUM);
      }
      case ENDLESS_LINE -> {
        byte[] line = new byte[LINE_BYTES_MAX + random.nextInt(1, NOISE_BYTES_MAX)];
        Arrays.fill(line, (byte) 'a');
        assertClosed(peer, line);
      }
      case SCAN -> {
        // It connects, and leaves.
      }
    }
  }

  /** A record of TLS 1.2 with a ClientHello that names nothing. */
  private static byte[] clientHello(SplittableRandom random) {
    byte[] nonce = new byte[32];
    random.nextBytes(nonce);
    ByteArrayOutputStream hello = new ByteArrayOutputStream();
    hello.writeBytes(new byte[] {0x16, 0x03, 0x01, 0x00, 0x2d, 0x01, 0x00, 0x00, 0x29, 0x03, 0x03});
    hello.writeBytes(nonce);
    hello.writeBytes(new byte[] {0x00, 0x00, 0x02, 0x13, 0x01, 0x01, 0x00});
    return hello.toByteArray();
  }

  private static void assertClosed(Peer peer, byte[] bytes) throws IOException {
    peer.sendWhatItTakes(bytes);
    assertThat(peer.receiveToTheEnd()).isEmpty();
  }

  private static void assertRefused(Peer peer, byte[] bytes, Refusal refusal) throws IOException {
    peer.send(bytes);
    Decoded answer = peer.receive();
    assertThat(answer).isInstanceOf(Message.Refused.class);
    assertThat(((Message.Refused) answer).refusal()).isEqualTo(refusal);
    assertThat(peer.receiveToTheEnd()).isEmpty();
  }
}
