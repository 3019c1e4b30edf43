package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However a stream of frames is cut on its way, the same frames come out. */
class FrameDecoderSplitTest {
  private static final List<ByteBuffer> FRAMES =
      Golden.ALL.stream().map(golden -> ByteBuffer.wrap(golden.frame())).toList();

  @Test
  void givesTheSameFramesForEveryPairOfCuts() {
    byte[] stream = concatenation(FRAMES);
    for (int first = 0; first <= stream.length; first++) {
      for (int second = first; second <= stream.length; second++) {
        FrameDecoder decoder = new FrameDecoder();
        List<ByteBuffer> frames = new ArrayList<>();
        feed(decoder, frames, stream, 0, first);
        feed(decoder, frames, stream, first, second);
        feed(decoder, frames, stream, second, stream.length);
        if (!frames.equals(FRAMES)) {
          fail("cut at %d and %d: %s", first, second, frames);
        }
      }
    }
  }

  @Test
  void givesTheSameFramesByteByByte() {
    byte[] stream = concatenation(FRAMES);
    FrameDecoder decoder = new FrameDecoder();
    List<ByteBuffer> frames = new ArrayList<>();
    for (int i = 0; i < stream.length; i++) {
      feed(decoder, frames, stream, i, i + 1);
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
      FrameDecoder decoder = new FrameDecoder();
      List<ByteBuffer> frames = new ArrayList<>();
      int at = 0;
      while (at < stream.length) {
        int chunk = Math.min(1 + random.nextInt(20_000), stream.length - at);
        at = feed(decoder, frames, stream, at, at + chunk);
      }
      assertThat(frames).as("seed %d", seed).isEqualTo(sent);
    }
  }

  /** Feeds as much of the range as there is space for, and takes what is whole. */
  private static int feed(
      FrameDecoder decoder, List<ByteBuffer> frames, byte[] stream, int from, int to) {
    ByteBuffer space = decoder.space();
    int fed = Math.min(to - from, space.remaining());
    space.put(stream, from, fed);
    decoder.filled();
    while (decoder.next() instanceof FrameDecoder.Whole whole) {
      frames.add(ByteBuffer.wrap(whole.frame()));
    }
    return from + fed;
  }

  private static byte[] concatenation(List<ByteBuffer> frames) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    frames.forEach(frame -> stream.writeBytes(frame.array()));
    return stream.toByteArray();
  }
}
