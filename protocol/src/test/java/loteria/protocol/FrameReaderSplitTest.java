package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However a stream of frames is cut on its way, the same frames come out. */
class FrameReaderSplitTest {
  private static final List<ByteBuffer> FRAMES =
      Golden.ALL.stream().map(golden -> ByteBuffer.wrap(golden.frame())).toList();

  @Test
  void givesTheSameFramesForEveryPairOfCuts() {
    byte[] stream = concatenation(FRAMES);
    for (int first = 0; first <= stream.length; first++) {
      for (int second = first; second <= stream.length; second++) {
        FrameReader reader = new FrameReader();
        List<ByteBuffer> frames = new ArrayList<>();
        feed(reader, frames, stream, 0, first);
        feed(reader, frames, stream, first, second);
        feed(reader, frames, stream, second, stream.length);
        if (!frames.equals(FRAMES)) {
          fail("cut at %d and %d: %s", first, second, frames);
        }
      }
    }
  }

  @Test
  void givesTheSameFramesByteByByte() {
    byte[] stream = concatenation(FRAMES);
    FrameReader reader = new FrameReader();
    List<ByteBuffer> frames = new ArrayList<>();
    for (int i = 0; i < stream.length; i++) {
      feed(reader, frames, stream, i, i + 1);
    }
    assertThat(frames).isEqualTo(FRAMES);
  }

  @Test
  void givesFramesOfAnySizeHoweverTheyArrive() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      List<ByteBuffer> sent = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        byte[] payload = new byte[random.nextInt(4) == 0 ? 8184 : random.nextInt(8185)];
        random.nextBytes(payload);
        sent.add(ByteBuffer.wrap(MadeFrame.of(random.nextInt(256), payload)));
      }
      byte[] stream = concatenation(sent);
      FrameReader reader = new FrameReader();
      List<ByteBuffer> frames = new ArrayList<>();
      int at = 0;
      while (at < stream.length) {
        int chunk = Math.min(1 + random.nextInt(20_000), stream.length - at);
        feed(reader, frames, stream, at, at + chunk);
        at += chunk;
      }
      assertThat(frames).as("seed %d", seed).isEqualTo(sent);
    }
  }

  /** Feeds a copy of the range, takes what is whole, and writes over the copy. */
  private static void feed(
      FrameReader reader, List<ByteBuffer> frames, byte[] stream, int from, int to) {
    byte[] arrived = new byte[to - from + 5];
    System.arraycopy(stream, from, arrived, 3, to - from);
    reader.receive(arrived, 3, 3 + to - from);
    while (reader.next() instanceof FrameReader.Whole whole) {
      byte[] frame = new byte[whole.record().remaining()];
      whole.record().get(frame);
      frames.add(ByteBuffer.wrap(frame));
    }
    Arrays.fill(arrived, (byte) 0x55);
  }

  private static byte[] concatenation(List<ByteBuffer> frames) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    frames.forEach(frame -> stream.writeBytes(frame.array()));
    return stream.toByteArray();
  }
}
