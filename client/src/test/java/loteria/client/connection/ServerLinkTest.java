package loteria.client.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import loteria.lottery.AgencyState;
import loteria.protocol.Codec;
import loteria.protocol.Frame;
import loteria.protocol.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ServerLinkTest {
  private static final Message.Welcome WELCOME = new Message.Welcome(1, 4, AgencyState.NEW);

  @Test
  void messagesComeWholeHoweverTheyArrive() throws Exception {
    byte[] frames = Codec.encode(WELCOME);
    ScriptedCentral.Script dripping =
        peer -> {
          for (byte each : frames) {
            peer.write(new byte[] {each});
          }
          peer.say(new Message.Stored(1), new Message.Ping(), new Message.Stored(2));
          peer.untilGone();
        };
    try (ScriptedCentral central = ScriptedCentral.playing(dripping);
        ServerLink link = open(central)) {
      assertThat(link.receive()).isEqualTo(WELCOME);
      assertThat(link.receive()).isEqualTo(new Message.Stored(1));
      assertThat(link.receive()).isEqualTo(new Message.Ping());
      assertThat(link.receive()).isEqualTo(new Message.Stored(2));
    }
  }

  @Test
  void whatIsNoMessageOfACentralNowIsRefused() throws Exception {
    byte[] damaged = Codec.encode(WELCOME);
    damaged[damaged.length - 1] ^= 1;
    byte[] cut = Arrays.copyOf(Codec.encode(WELCOME), 7);
    assertRefused(
        "HTTP/1.1".getBytes(StandardCharsets.US_ASCII),
        "the central sends what is no frame: a frame starts with 0x90, not 0x48");
    assertRefused(
        new byte[] {Frame.MAGIC, 1, (byte) 0xff, (byte) 0xff},
        "the central sends what is no frame: frame of 65535 bytes exceeds 8192");
    assertRefused(damaged, "the central sends what is no frame: frame of checksum ");
    assertRefused(cut, "the central closed the connection");
    assertRefused(new byte[0], "the central closed the connection");
    assertRefused(Codec.encode(new Message.AskWinners()), "the central sends AskWinners");
    assertRefused(
        Codec.encode(new Message.Drawn(7574, 1, Instant.EPOCH)), "the central sends Drawn");
    assertRefused(Codec.encode(new Message.Stored(1)), "the central says Stored when GREETING");
  }

  private static void assertRefused(byte[] said, String message) throws Exception {
    try (ScriptedCentral central = ScriptedCentral.playing(peer -> peer.write(said));
        ServerLink link = open(central)) {
      assertThatThrownBy(link::receive)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(message);
    }
  }

  @Test
  void aCentralThatIsTooSlowIsAsGoodAsGone() throws Exception {
    byte[] half = Arrays.copyOf(Codec.encode(new Message.Stored(1)), 5);
    ScriptedCentral.Script silent = Peer::untilGone;
    ScriptedCentral.Script stopping =
        peer -> {
          peer.say(WELCOME);
          peer.write(half);
          peer.untilGone();
        };
    ScriptedCentral.Script welcoming =
        peer -> {
          peer.say(WELCOME);
          peer.untilGone();
        };
    assertTooSlow(silent, new ServerLink.Deadlines(31, 60_000, 60_000), 31);
    assertTooSlow(stopping, new ServerLink.Deadlines(60_000, 32, 60_000), 32);
    assertTooSlow(welcoming, new ServerLink.Deadlines(60_000, 60_000, 33), 33);
  }

  private static void assertTooSlow(
      ScriptedCentral.Script script, ServerLink.Deadlines deadlines, int millis) throws Exception {
    try (ScriptedCentral central = ScriptedCentral.playing(script);
        ServerLink link = ServerLink.open(dialer(central), deadlines)) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  assertThat(link.receive()).isEqualTo(WELCOME);
                }
              })
          .isInstanceOf(IOException.class)
          .hasMessage("the central took longer than %d ms", millis);
    }
  }

  @Test
  void aWindowOfTheLargestFramesIsTakenThoughNobodyReadsIt() throws Exception {
    try (ScriptedCentral central = ScriptedCentral.playing(Peer::untilGone);
        Socket socket = dialer(central).dial()) {
      assertThat(socket.getSendBufferSize()).isGreaterThanOrEqualTo(16 * Frame.BYTES_MAX);
      assertThat(socket.getTcpNoDelay()).isTrue();
      assertThat(socket.getSoTimeout()).isPositive();
    }
  }

  @Test
  void whatIsSentArrives() throws Exception {
    List<Message.FromAgency> messages =
        List.of(new Message.Hello(1, 1, 3, 0), new Message.AskWinners(), new Message.Pong());
    ScriptedCentral.Script hearing =
        peer -> {
          for (Message.FromAgency message : messages) {
            assertThat(peer.hear()).isEqualTo(message);
          }
          peer.say(WELCOME);
        };
    try (ScriptedCentral central = ScriptedCentral.playing(hearing);
        ServerLink link = open(central)) {
      for (Message.FromAgency message : messages) {
        link.send(message);
      }
      assertThat(link.receive()).isEqualTo(WELCOME);
    }
  }

  private static ServerLink open(ScriptedCentral central) throws IOException {
    return ServerLink.open(dialer(central));
  }

  private static Dialer dialer(ScriptedCentral central) {
    return new Dialer(Addresses.parse("127.0.0.1:" + central.port()), null, new Cancellation());
  }
}
