package loteria.server.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import loteria.lottery.ClosingReason;
import loteria.lottery.Refusal;
import loteria.protocol.Message;
import loteria.server.Bet;
import loteria.server.Peer;
import loteria.server.SampleBets;
import loteria.server.TestCentral;
import loteria.server.operator.Answer;
import loteria.server.operator.Closing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A central's control socket, from its file to its answers. */
class ControlSocketTest {
  private static final ClosingReason REASON = new ClosingReason("no llegó");
  private static final String OPENED = "action: open_control | result: success";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path directory;

  private TestCentral central(int agencies) throws Exception {
    TestCentral central = TestCentral.start(directory, agencies);
    central.log.await(1, OPENED);
    return central;
  }

  private Path data() {
    return directory.resolve("datos");
  }

  private Path socket() {
    return data().resolve("control");
  }

  private Answer close(int agency) throws IOException {
    return ControlClient.ask(data(), Closing.of(agency, REASON));
  }

  private static Answer closed(int agency, long bets, int awaited) {
    return new Answer.Closed(List.of(new Message.Closed(agency, bets, REASON)), List.of(), awaited);
  }

  @Test
  void closesAnAgencyAndTellsIt() throws Exception {
    List<Bet> file = SampleBets.file(1, 6);
    try (TestCentral central = central(2)) {
      Peer agency = central.agency(1);
      agency.send(SampleBets.part(file, 0, 4));
      assertThat(agency.next()).isEqualTo(new Message.Stored(4));
      assertThat(close(1)).isEqualTo(closed(1, 4, 1));
      agency.assertRefused(Refusal.CLOSED);
      assertThat(close(2)).isEqualTo(closed(2, 0, 0));
      central.log.await(1, "action: sorteo | result: success");
      assertThat(close(3)).isEqualTo(new Answer.Refused("agency 3 is not one of 1 to 2"));
    }
  }

  @Test
  void isForItsOwnerAloneAndGoneWithItsCentral() throws Exception {
    try (TestCentral central = central(1)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
          .isEqualTo("rw-------");
      assertThat(data().toFile().list()).containsExactlyInAnyOrder("control", "journal", "lock");
      assertThat(central.log.with(OPENED + " | socket: " + socket())).hasSize(1);
      central.closeCentral();
      assertThat(central.log.with("action: close_control | result: success")).hasSize(1);
    }
    assertThat(socket()).doesNotExist();
    assertThatExceptionOfType(NoCentralException.class)
        .isThrownBy(() -> close(1))
        .withMessage("no central answers: %s is not there", socket());
  }

  @Test
  void replacesWhatAKilledCentralHasLeft() throws Exception {
    Files.createDirectories(data().resolve("control.unfinished"));
    try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        ServerSocketChannel unfinished = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      left.bind(UnixDomainSocketAddress.of(socket()));
      unfinished.bind(UnixDomainSocketAddress.of(data().resolve("control.unfinished/socket")));
    }
    assertThatExceptionOfType(NoCentralException.class)
        .isThrownBy(() -> close(1))
        .withMessage("no central answers: %s was left by one that is gone", socket());
    try (TestCentral _ = central(2)) {
      assertThat(close(1)).isEqualTo(closed(1, 0, 1));
    }
  }

  @Test
  void goesOnWithoutOneThatItCannotMake() throws Exception {
    Files.createDirectories(socket().resolve("in the way"));
    try (TestCentral central = TestCentral.start(directory, 1)) {
      central.log.await(1, "action: open_control | result: fail | socket: " + socket());
      central.agency(1).upload(1, SampleBets.file(1, 5), 2);
      assertThatIOException().isThrownBy(() -> close(1));
    }
    assertThat(socket()).isDirectory();
  }

  @Test
  void reachesADirectoryWhosePathIsTooLongForASocket() throws Exception {
    Path deep = directory;
    while (deep.toString().length() < 300) {
      deep = deep.resolve("una-carpeta-con-un-nombre-bastante-largo");
    }
    try (TestCentral central = TestCentral.startAt(directory, deep)) {
      central.log.await(1, OPENED);
      assertThat(ControlClient.ask(deep, Closing.of(5, REASON))).isEqualTo(closed(5, 0, 4));
    }
    assertThat(deep.resolve("control")).doesNotExist();
  }

  @Test
  void answersTwoOperatorsAtOnceOneAfterTheOther() throws Exception {
    try (TestCentral _ = central(2);
        ExecutorService operators = Executors.newFixedThreadPool(2)) {
      Callable<Answer> closes = () -> close(1);
      List<Future<Answer>> answers = operators.invokeAll(List.of(closes, closes));
      assertThat(List.of(answers.get(0).get(), answers.get(1).get()))
          .containsExactlyInAnyOrder(
              closed(1, 0, 1),
              new Answer.Closed(List.of(), List.of(new Message.Closed(1, 0, REASON)), 1));
    }
  }

  @Test
  void saysWhatItDoesNotUnderstandAndTakesTheNext() throws Exception {
    try (TestCentral _ = central(2)) {
      assertThat(ask("hola\n")).isEqualTo("refused not a line that a central understands\n");
      assertThat(ask("close 3 \n")).isEqualTo("refused reason is empty\n");
      assertThat(ask("x".repeat(5000) + "\n")).isEmpty();
      assertThat(ask("")).isEmpty();
      assertThat(close(1)).isEqualTo(closed(1, 0, 1));
    }
  }

  @Test
  void endsAtOnceWhileAnOperatorIsSilent() throws Exception {
    try (SocketChannel silent = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      try (TestCentral central = central(1)) {
        assertThat(silent.connect(UnixDomainSocketAddress.of(socket()))).isTrue();
        central.closeCentral();
        assertThat(central.log.with("action: shutdown | result: success")).hasSize(1);
      }
      assertThat(answer(silent)).isEmpty();
      assertThat(socket()).doesNotExist();
    }
  }

  @Test
  void saysThatThereIsNoDirectory() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> close(1))
        .withMessage(data().toString());
  }

  /** What is answered to some text, after which the operator ends. */
  private String ask(String text) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.shutdownOutput();
      return answer(channel);
    } catch (IOException _) {
      return "";
    }
  }

  /** What comes until the central ends, which resets whom it has not read to the end. */
  private static String answer(SocketChannel channel) {
    try {
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException _) {
      return "";
    }
  }
}
