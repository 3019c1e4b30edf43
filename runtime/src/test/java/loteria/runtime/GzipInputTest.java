package loteria.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GzipInputTest {
  private static final String FIRST = "one,two\n".repeat(40);
  private static final String SECOND = "three\n".repeat(30);

  private static byte[] member(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static String read(InputStream compressed, int bufferBytes) throws IOException {
    try (GzipInput in = new GzipInput(compressed, bufferBytes)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 27, 64, 4096})
  void takesNothingForWholeThatWasCutAnywhere(int bufferBytes) throws IOException {
    byte[] first = member(FIRST);
    byte[] both = joined(first, member(SECOND));
    assertThat(read(new ByteArrayInputStream(both), bufferBytes)).isEqualTo(FIRST + SECOND);
    for (int length = 0; length < both.length; length++) {
      byte[] cut = Arrays.copyOf(both, length);
      if (length == first.length) {
        assertThat(read(new ByteArrayInputStream(cut), bufferBytes)).isEqualTo(FIRST);
      } else {
        assertThatIOException()
            .as("cut after %d bytes", length)
            .isThrownBy(() -> read(new ByteArrayInputStream(cut), bufferBytes));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 64, 4096})
  void refusesWhatIsNoMemberAfterTheLast(int bufferBytes) throws IOException {
    for (int length : new int[] {1, 10, 18, 19, 100}) {
      byte[] other = joined(member(FIRST), "x".repeat(length).getBytes(StandardCharsets.UTF_8));
      assertThatExceptionOfType(ZipException.class)
          .isThrownBy(() -> read(new ByteArrayInputStream(other), bufferBytes))
          .withMessage("what follows its end is no whole gzip member");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 64, 4096})
  void tellsAReadErrorWhereverItIs(int bufferBytes) throws IOException {
    byte[] both = joined(member(FIRST), member(SECOND));
    for (int length = 0; length < both.length; length++) {
      InputStream broken =
          new SequenceInputStream(new ByteArrayInputStream(both, 0, length), new Unreadable());
      assertThatIOException()
          .as("after %d bytes", length)
          .isThrownBy(() -> read(broken, bufferBytes))
          .withMessage("Input/output error");
    }
  }

  private static final class Unreadable extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("Input/output error");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return read();
    }
  }

  /** As a pipe whose writer has not come to the second member yet. */
  @Test
  void waitsForTheNextMemberThoughNothingIsThereYet() throws IOException {
    byte[] both = joined(member(FIRST), member(SECOND));

    assertThat(read(new Dribble(both), 64)).isEqualTo(FIRST + SECOND);
  }

  /** One byte at a time, and never one that is said to be there. */
  private static final class Dribble extends ByteArrayInputStream {
    Dribble(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) {
      return super.read(bytes, offset, Math.min(1, length));
    }

    @Override
    public synchronized int available() {
      return 0;
    }
  }
}
