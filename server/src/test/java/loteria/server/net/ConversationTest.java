package loteria.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import loteria.lottery.Draw;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import loteria.server.Bet;
import loteria.server.Peer;
import loteria.server.SampleBets;
import loteria.server.TestCentral;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a central makes of what comes over a socket: an agency's session, from its Hello to its end.
 */
class ConversationTest {
  private static final int AGENCIES = 3;

  private final List<Bet> file = SampleBets.file(1, 20);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path directory;

  @SuppressWarnings("NullAway.Init")
  private TestCentral central;

  @BeforeEach
  void start() throws Exception {
    central = TestCentral.start(directory, AGENCIES);
  }

  @AfterEach
  void end() throws IOException {
    central.close();
  }

  @Test
  void storesAnAgencysBetsAndTellsItsWinners() throws IOException {
    Peer first = central.agency(1);
    first.upload(1, file, 7);
    first.send(new Message.AskWinners());
    Peer second = central.agency(2);
    second.upload(2, SampleBets.file(2, 9), 9);
    Peer third = central.agency(3);
    third.upload(3, List.of(), 1);
    second.send(new Message.AskWinners());
    third.send(new Message.AskWinners());

    assertThat(first.winners()).isEqualTo(page(file));
    assertThat(second.winners()).isEqualTo(page(SampleBets.file(2, 9)));
    assertThat(third.winners()).isEqualTo(page(List.of()));
    first.assertEnds();
    assertThat(central.log.with("action: apuesta_recibida", "cantidad: 7")).hasSize(2);
    assertThat(central.log.with("result: fail")).isEmpty();
  }

  private static Message page(List<Bet> bets) {
    return new Message.WinnersPage(Draw.NUMBER, true, SampleBets.winners(bets));
  }

  @Test
  void understandsFramesThatComeByteByByteOrAllAtOnce() throws IOException {
    byte[] hello = Codec.encode(Peer.helloOf(1));
    byte[] batch = Codec.encode(SampleBets.part(file, 0, 2));
    byte[] next = Codec.encode(SampleBets.part(file, 2, 9));
    Peer slow = central.connect();
    for (byte one : join(hello, batch)) {
      slow.sendBytes(one);
    }
    assertThat(slow.next()).isInstanceOf(Message.Welcome.class);
    slow.awaitStored(2);
    Peer fast = central.connect();
    fast.sendBytes(
        join(hello, batch, next, Codec.encode(SampleBets.finish(1, file.subList(0, 9)))));
    assertThat(fast.next()).isInstanceOf(Message.Welcome.class);
    Message message = fast.next();
    while (message instanceof Message.Stored) {
      message = fast.next();
    }
    assertThat(message).isEqualTo(new Message.Finished(9));
  }

  @Test
  void logsASingleBetByItsDocumentAndNumber() throws IOException {
    Peer peer = central.agency(1);
    peer.send(SampleBets.part(file, 0, 1));
    peer.awaitStored(1);
    assertThat(central.log.with("action: apuesta_almacenada | result: success"))
        .singleElement()
        .asString()
        .endsWith(
            "dni: %s | numero: %d".formatted(file.getFirst().document(), file.getFirst().number()));
  }

  @Test
  void storesNothingOfAFrameThatIsCut() throws Exception {
    byte[] batch = Codec.encode(SampleBets.part(file, 4, 12));
    for (int cut : new int[] {1, 3, 4, 20, batch.length - 1}) {
      for (boolean reset : new boolean[] {false, true}) {
        Peer peer = central.agency(1);
        peer.send(SampleBets.part(file, 0, 4));
        peer.awaitStored(4);
        peer.sendBytes(Arrays.copyOf(batch, cut));
        if (reset) {
          peer.reset();
        } else {
          peer.close();
        }
      }
    }
    central.log.await(10, "close_connection");
    assertThat(central.connect().hello(1).state().next()).isEqualTo(4);
    assertThat(central.log.with("result: fail")).as("a peer that leaves is no failure").isEmpty();
  }

  @Test
  void refusesWhatMayNotComeThere() throws IOException {
    Message.Batch batch = SampleBets.part(file, 0, 2);
    Message.Finish finish = SampleBets.finish(1, List.of());
    List<List<? extends Message>> before =
        List.of(
            List.of(batch),
            List.of(finish),
            List.of(new Message.AskWinners()),
            List.of(new Message.Pong()));
    for (List<? extends Message> messages : before) {
      Peer peer = central.connect();
      peer.send(messages.toArray(Message[]::new));
      peer.assertRefused(Refusal.OUT_OF_ORDER);
    }
    List<List<? extends Message>> after =
        List.of(
            List.of(Peer.helloOf(1)),
            List.of(new Message.AskWinners()),
            List.of(finish, finish),
            List.of(finish, batch));
    for (List<? extends Message> messages : after) {
      Peer peer = central.agency(1);
      peer.send(messages.toArray(Message[]::new));
      peer.assertRefused(Refusal.OUT_OF_ORDER);
    }
  }

  @Test
  void refusesBetsAndFinishOfAnotherAgency() throws IOException {
    for (Message message :
        List.of(SampleBets.part(SampleBets.file(2, 3), 0, 3), SampleBets.finish(2, List.of()))) {
      Peer peer = central.agency(1);
      peer.send(message);
      assertThat(peer.assertRefused(Refusal.BAD_FRAME).reason()).contains("agency 2 by agency 1");
    }
    assertThat(central.connect().hello(2).state().next()).isZero();
    assertThat(central.log.with("apuesta_recibida | result: fail | cantidad: 3")).hasSize(1);
  }

  @Test
  void refusesAgenciesThatAreNotExpected() throws IOException {
    for (int agency : new int[] {0, AGENCIES + 1, 65_535}) {
      Peer peer = central.connect();
      peer.send(Peer.helloOf(agency));
      assertThat(peer.assertRefused(Refusal.UNKNOWN_AGENCY).next()).isZero();
    }
  }

  @Test
  void speaksWithWhoeverCanSpeakItsVersion() throws IOException {
    for (int[] range : new int[][] {{0, 0}, {3, 3}, {5, 5}, {5, 255}, {5, 0}}) {
      Peer peer = central.connect();
      peer.send(Peer.hello(range[0], range[1], 1));
      peer.assertRefused(Refusal.UNSUPPORTED_VERSION);
    }
    for (int[] range : new int[][] {{4, 4}, {1, 4}, {4, 9}, {0, 255}}) {
      Peer peer = central.connect();
      peer.send(Peer.hello(range[0], range[1], 1));
      assertThat(((Message.Welcome) peer.next()).version()).isEqualTo(Codec.VERSION);
    }
  }

  @Test
  void isNotHarmedByMoreThanTheWindow() throws IOException {
    List<Bet> many = SampleBets.file(1, 2000);
    Peer peer = central.agency(1);
    for (int i = 0; i < many.size(); i += 4) {
      peer.send(SampleBets.part(many, i, i + 4));
    }
    peer.awaitStored(many.size());
  }

  @Test
  void fencesTheOlderOfTwoSessions() throws IOException {
    Peer older = central.agency(1);
    older.send(SampleBets.part(file, 0, 5));
    older.awaitStored(5);
    Peer newer = central.connect();
    assertThat(newer.hello(1).state().next()).isEqualTo(5);
    older.assertRefused(Refusal.FENCED);
    older.close();
    newer.send(SampleBets.part(file, 5, 20));
    newer.awaitStored(20);
  }

  @Test
  void answersTextLineByLine() throws IOException {
    Peer peer = central.connect();
    byte[] text = "hola\r\nGET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8);
    peer.sendBytes(text);
    assertThat(peer.read(text.length)).isEqualTo(text);
    peer.sendBytes("sin fin".getBytes(StandardCharsets.UTF_8));
    peer.end();
    assertThat(peer.read(100)).isEqualTo("sin fin".getBytes(StandardCharsets.UTF_8));
    assertThat(central.log.with("result: fail")).isEmpty();
  }

  private static byte[] join(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }
}
