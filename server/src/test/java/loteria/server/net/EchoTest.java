package loteria.server.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import loteria.protocol.Frame;
import loteria.server.CapturedLog;
import loteria.server.ledger.Conversation;
import loteria.server.ledger.Deadlines;
import loteria.server.ledger.Output;
import org.junit.jupiter.api.Test;

class EchoTest {
  private final CapturedLog log = new CapturedLog();
  private final ByteArrayOutputStream answered = new ByteArrayOutputStream();
  private final Wire wire = new Wire();
  private Echo echo = newEcho();
  private long now = 1;

  @Test
  void answersEachLineUnchangedWhereverTheBytesAreSplit() {
    byte[] text = "hola\r\n\n[CLIENT 1] Message N°1\nsin fin".getBytes(UTF_8);
    for (int split = 1; split < text.length; split++) {
      answered.reset();
      echo(part(text, 0, split), part(text, split, text.length));
      assertThat(answered.toByteArray()).as("split at %d", split).isEqualTo(text);
    }
    assertThat(log.lines()).hasSize(4 * (text.length - 1));
    assertThat(log.lines().subList(0, 4))
        .satisfiesExactly(
            line ->
                assertThat(line).endsWith("receive_message | result: success | ip: ip | msg: hola"),
            line -> assertThat(line).endsWith("msg:"),
            line -> assertThat(line).endsWith("msg: [CLIENT 1] Message N°1"),
            line -> assertThat(line).endsWith("msg: sin fin"));
  }

  @Test
  void answersALineAsSoonAsItEnds() {
    send("uno\n".getBytes(UTF_8));
    assertThat(answered.toString(UTF_8)).isEqualTo("uno\n");
    send("dos".getBytes(UTF_8));
    assertThat(answered.toString(UTF_8)).as("an unended line waits").isEqualTo("uno\n");
    send("\n".getBytes(UTF_8));
    assertThat(answered.toString(UTF_8)).isEqualTo("uno\ndos\n");
  }

  @Test
  void answersTheLongestLineAndNoLongerOne() {
    String longest = "x".repeat(Echo.LINE_BYTES_MAX - 1) + "\n";
    echo((longest + longest).getBytes(UTF_8));
    assertThat(answered.toString(UTF_8)).isEqualTo(longest + longest);
    assertThat(log.with("result: fail")).isEmpty();

    answered.reset();
    echo("uno\n".getBytes(UTF_8), ("x" + longest).getBytes(UTF_8), "dos\n".getBytes(UTF_8));
    assertThat(answered.toString(UTF_8)).isEqualTo("uno\n");
    assertThat(log.with("result: fail", "8192 bytes")).hasSize(1);
  }

  @Test
  void logsWhatCannotStandInALineAsSomethingElse() {
    byte[] text = "  a | b\u0007c \n".getBytes(UTF_8);
    echo(text);
    assertThat(answered.toByteArray()).isEqualTo(text);
    assertThat(log.lines()).singleElement().asString().endsWith("msg:   a ¦ b\\u0007c");
  }

  @Test
  void answersBytesThatAreNoTextUnchanged() {
    byte[] bytes = {'a', (byte) 0xff, (byte) 0xc3, 0, (byte) 0x90, '\n', (byte) 0xe2, (byte) 0x80};
    echo(bytes);
    assertThat(answered.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void endsWhenThePeerIsSilent() {
    send("uno\nd".getBytes(UTF_8));
    now += TimeUnit.MILLISECONDS.toNanos(Deadlines.DEFAULT.echo()) - 1;
    echo.tick(now);
    assertThat(wire.closed).isFalse();
    now++;
    echo.tick(now);
    assertThat(wire.closed).isTrue();
    assertThat(answered.toString(UTF_8)).isEqualTo("uno\n");
  }

  /** What it has not been sent is all that is held for it, and it is read no further. */
  @Test
  void readsNoMoreOfAPeerThatDoesNotReadItsAnswers() {
    wire.reads = false;
    send("uno\ndos\n".getBytes(UTF_8));
    assertThat(echo.wantsMore()).isFalse();
    assertThat(echo.unprovenBytes()).isEqualTo(8);
    now += TimeUnit.MILLISECONDS.toNanos(Deadlines.DEFAULT.echo());
    echo.tick(now);
    assertThat(wire.closed).as("its unread answers have a deadline of their own").isFalse();
    wire.reads = true;
    deliver();
    assertThat(echo.wantsMore()).isTrue();
    assertThat(echo.unprovenBytes()).isZero();
  }

  @Test
  void answersWhatIsLeftWhenThePeerEndsAndCloses() {
    send("uno\nsin".getBytes(UTF_8));
    assertThat(echo.ended(now)).as("something is left to say").isFalse();
    deliver();
    assertThat(answered.toString(UTF_8)).isEqualTo("uno\nsin");
    assertThat(wire.closed).isTrue();

    Echo other = newEcho();
    other.receive("uno\n".getBytes(UTF_8), 0, 4, now);
    other.output().sent(4);
    assertThat(other.ended(now)).isTrue();
  }

  @Test
  void knowsWhatTextStartsWith() {
    List<Integer> never =
        IntStream.range(0, 256).filter(b -> !Echo.startsText((byte) b)).boxed().toList();
    assertThat(never)
        .contains(0x00, 0x16, 0x1b, 0x7f, 0x80, 0xc0, 0xc1, 0xf5, 0xff)
        .contains(Byte.toUnsignedInt(Frame.MAGIC))
        .doesNotContain((int) '\n', (int) '\r', (int) '\t', (int) ' ', (int) 'G', (int) '~')
        .doesNotContain(0xc2, 0xc3, 0xe2, 0xf0);
  }

  private static byte[] part(byte[] text, int from, int to) {
    return Arrays.copyOfRange(text, from, to);
  }

  private Echo newEcho() {
    return new Echo("ip", wire, Deadlines.DEFAULT, log.log());
  }

  /** One conversation, to its end. */
  private void echo(byte[]... chunks) {
    wire.closed = false;
    echo = newEcho();
    for (byte[] chunk : chunks) {
      if (!wire.closed) {
        send(chunk);
      }
    }
    if (!wire.closed && !echo.ended(now)) {
      deliver();
    }
  }

  private void send(byte[] chunk) {
    echo.receive(chunk, 0, chunk.length, now);
    deliver();
  }

  private void deliver() {
    Output output = echo.output();
    if (wire.reads && !output.isEmpty()) {
      byte[] bytes = new byte[output.length()];
      output.waiting().get(bytes);
      output.sent(bytes.length);
      answered.writeBytes(bytes);
      assertThat(echo.sent(now)).as("it goes on").isFalse();
    }
  }

  private static final class Wire implements Conversation.Link {
    private boolean reads = true;
    private boolean closed;

    @Override
    public void hasOutput() {
      // It is looked for.
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
