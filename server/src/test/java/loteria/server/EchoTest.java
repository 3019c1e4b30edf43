package loteria.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import loteria.protocol.Frame;
import org.junit.jupiter.api.Test;

class EchoTest {
  private final CapturedLog log = new CapturedLog();
  private final ByteArrayOutputStream answered = new ByteArrayOutputStream();

  @Test
  void answersEachLineUnchangedWhereverTheBytesAreSplit() throws IOException {
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
  void answersALineAsSoonAsItEnds() throws IOException {
    echoChunks(
        "uno\n".getBytes(UTF_8),
        () -> {
          assertThat(answered.toString(UTF_8)).isEqualTo("uno\n");
          return "dos".getBytes(UTF_8);
        },
        () -> {
          assertThat(answered.toString(UTF_8)).as("an unended line waits").isEqualTo("uno\n");
          return "\n".getBytes(UTF_8);
        });
    assertThat(answered.toString(UTF_8)).isEqualTo("uno\ndos\n");
  }

  @Test
  void answersTheLongestLineAndNoLongerOne() throws IOException {
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
  void logsWhatCannotStandInALineAsSomethingElse() throws IOException {
    byte[] text = "  a | b\u0007c \n".getBytes(UTF_8);
    echo(text);
    assertThat(answered.toByteArray()).isEqualTo(text);
    assertThat(log.lines()).singleElement().asString().endsWith("msg:   a ¦ b\\u0007c");
  }

  @Test
  void answersBytesThatAreNoTextUnchanged() throws IOException {
    byte[] bytes = {'a', (byte) 0xff, (byte) 0xc3, 0, (byte) 0x90, '\n', (byte) 0xe2, (byte) 0x80};
    echo(bytes);
    assertThat(answered.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void endsWhenThePeerIsSilent() {
    assertThatExceptionOfType(SocketTimeoutException.class)
        .isThrownBy(() ->
            echoChunks(
                "uno\nd".getBytes(UTF_8),
                () -> {
                  throw new SocketTimeoutException("silence");
                }));
    assertThat(answered.toString(UTF_8)).isEqualTo("uno\n");
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

  /** What the peer sends next. */
  @FunctionalInterface
  private interface Chunk {
    byte[] send() throws IOException;
  }

  private static byte[] part(byte[] text, int from, int to) {
    return Arrays.copyOfRange(text, from, to);
  }

  private void echo(byte[] arrived, byte[]... chunks) throws IOException {
    echoChunks(
        arrived, Arrays.stream(chunks).map(chunk -> (Chunk) () -> chunk).toArray(Chunk[]::new));
  }

  private void echoChunks(byte[] arrived, Chunk... chunks) throws IOException {
    byte[] buffer = Arrays.copyOf(arrived, 2 * Echo.LINE_BYTES_MAX);
    try (Peer peer = new Peer(List.of(chunks))) {
      new Echo("ip", new TimedInput(peer), answered, Deadlines.DEFAULT, log.log())
          .run(buffer, arrived.length);
    }
  }

  /** A socket whose peer sends one chunk a reading, and then no more. */
  private static final class Peer extends Socket {
    private final Queue<Chunk> chunks;

    Peer(List<Chunk> chunks) {
      this.chunks = new ArrayDeque<>(chunks);
    }

    @Override
    public void setSoTimeout(int millis) {
      assertThat(millis).isPositive();
    }

    @Override
    public InputStream getInputStream() {
      return new InputStream() {
        @Override
        public int read() {
          throw new AssertionError("bytes one by one");
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
          Chunk next = chunks.poll();
          if (next == null) {
            return -1;
          }
          byte[] sent = next.send();
          System.arraycopy(sent, 0, into, from, sent.length);
          return sent.length;
        }
      };
    }
  }
}
