package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import loteria.lottery.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
  private final FrameDecoder decoder = new FrameDecoder();

  @Test
  void needsMoreUntilAFrameIsWhole() {
    byte[] frame = Golden.ALL.getFirst().frame();
    assertThat(decoder.next()).isEqualTo(new FrameDecoder.NeedMore(false));
    for (int i = 0; i < frame.length - 1; i++) {
      put(frame[i]);
      assertThat(decoder.next()).as("after byte %d", i).isEqualTo(new FrameDecoder.NeedMore(true));
    }
    put(frame[frame.length - 1]);
    assertWhole(decoder.next(), frame);
    assertThat(decoder.next()).isEqualTo(new FrameDecoder.NeedMore(false));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8193, 8192 + 256, 32_768, 65_535})
  void refusesALengthOutOfBoundsFromTheHeader(int length) {
    put(0x90, 0x01, length >>> 8, length);
    String reason =
        length < 8
            ? "frame of %d bytes is below 8".formatted(length)
            : "frame of %d bytes exceeds 8192".formatted(length);
    assertThat(decoder.next()).isEqualTo(new FrameDecoder.Broken(Refusal.BAD_FRAME, reason));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 8191, 8192})
  void takesALengthWithinBounds(int length) {
    byte[] frame = MadeFrame.of(0x7f, new byte[length - 8]);
    put(0x90, 0x7f, length >>> 8, length);
    assertThat(decoder.next()).isEqualTo(new FrameDecoder.NeedMore(true));
    decoder.space().put(frame, 4, frame.length - 4);
    decoder.filled();
    assertWhole(decoder.next(), frame);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x0a, 0x47, 0x16, 0x8f, 0x91, 0xc2, 0xff})
  void refusesAnotherMagicFromTheFirstByte(int first) {
    put(first);
    assertThat(decoder.next())
        .isEqualTo(
            new FrameDecoder.Broken(
                Refusal.BAD_FRAME, "a frame starts with 0x90, not 0x%02x".formatted(first)));
  }

  @Test
  void refusesAFrameThatWasDamaged() {
    put(0x90, 0x04, 0x00, 0x08, 0xe7, 0xa4, 0xcf, 0x11);
    assertThat(decoder.next())
        .isEqualTo(
            new FrameDecoder.Broken(
                Refusal.BAD_CHECKSUM, "frame of checksum e7a4cf10 states e7a4cf11"));
  }

  @Test
  void staysBroken() {
    put(0x47);
    FrameDecoder.Step broken = decoder.next();
    decoder.space().put(Golden.ALL.getFirst().frame());
    decoder.filled();
    assertThat(decoder.next()).isEqualTo(broken);
  }

  @Test
  void givesTheFramesBeforeABreak() {
    byte[] frame = Golden.ALL.getFirst().frame();
    decoder.space().put(frame).put((byte) 0x47);
    decoder.filled();
    assertWhole(decoder.next(), frame);
    assertThat(decoder.next()).isInstanceOf(FrameDecoder.Broken.class);
  }

  @Test
  void handsOverAFrameForGood() {
    byte[] frame = Golden.ALL.getFirst().frame();
    decoder.space().put(frame);
    decoder.filled();
    byte[] taken = ((FrameDecoder.Whole) decoder.next()).frame();
    decoder.space().put(new byte[100]);
    decoder.filled();
    assertThat(taken).isEqualTo(frame);
  }

  @ParameterizedTest
  @MethodSource("loteria.protocol.Golden#all")
  void refusesEverySingleBitFlip(Golden golden) {
    for (int bit = 0; bit < golden.frame().length * 8; bit++) {
      byte[] flipped = golden.frame();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      FrameDecoder stream = new FrameDecoder();
      stream.space().put(flipped);
      stream.filled();
      assertThat(stream.next()).as("bit %d", bit).isNotInstanceOf(FrameDecoder.Whole.class);
      assertThat(FrameDecoder.decode(ByteBuffer.wrap(flipped)))
          .as("bit %d", bit)
          .isInstanceOf(FrameDecoder.Broken.class);
    }
  }

  @Test
  void neverThrowsWhateverArrives() {
    for (long seed = 0; seed < 5000; seed++) {
      Random random = new Random(seed);
      FrameDecoder fuzzed = new FrameDecoder();
      try {
        for (int i = 0; i < 50 && fuzz(fuzzed, random); i++) {}
      } catch (RuntimeException | AssertionError thrown) {
        fail("seed " + seed, thrown);
      }
    }
  }

  /** Puts something random there and takes what can be taken; false when the stream is broken. */
  private static boolean fuzz(FrameDecoder fuzzed, Random random) {
    ByteBuffer space = fuzzed.space();
    byte[] arriving =
        switch (random.nextInt(4)) {
          case 0 -> Golden.ALL.get(random.nextInt(Golden.ALL.size())).frame();
          case 1 -> new byte[] {(byte) 0x90};
          case 2 -> new byte[] {(byte) 0x90, 1, (byte) random.nextInt(33), (byte) random.nextInt()};
          default -> new byte[random.nextInt(9000)];
        };
    if (arriving.length > 4 && random.nextInt(3) == 0) {
      random.nextBytes(arriving);
    }
    space.put(arriving, 0, Math.min(arriving.length, space.remaining()));
    fuzzed.filled();
    while (true) {
      switch (fuzzed.next()) {
        case FrameDecoder.Whole whole -> assertThat(whole.frame().length).isBetween(8, 8192);
        case FrameDecoder.NeedMore _ -> {
          return true;
        }
        case FrameDecoder.Broken broken -> {
          assertThat(broken.reason()).isNotBlank();
          return false;
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("loteria.protocol.Golden#all")
  void readsOneKeptFrameAndNothingElse(Golden golden) {
    byte[] frame = golden.frame();
    ByteBuffer kept = ByteBuffer.allocateDirect(frame.length).put(frame).flip().asReadOnlyBuffer();
    assertWhole(FrameDecoder.decode(kept), frame);
    assertThat(kept.remaining()).as("it is left as it was").isEqualTo(frame.length);
    for (int length = 0; length < frame.length; length++) {
      assertThat(FrameDecoder.decode(ByteBuffer.wrap(frame, 0, length)))
          .isEqualTo(new FrameDecoder.Broken(Refusal.BAD_FRAME, "frame cut short"));
    }
    assertThat(FrameDecoder.decode(ByteBuffer.wrap(Arrays.copyOf(frame, frame.length + 3))))
        .isEqualTo(
            new FrameDecoder.Broken(Refusal.BAD_FRAME, "3 bytes after a frame of " + frame.length));
  }

  @Test
  void refusesAKeptFrameThatIsTooLong() {
    assertThat(FrameDecoder.decode(ByteBuffer.allocate(8193)))
        .isEqualTo(new FrameDecoder.Broken(Refusal.BAD_FRAME, "frame of 8193 bytes exceeds 8192"));
  }

  private void put(int... bytes) {
    ByteBuffer space = decoder.space();
    for (int b : bytes) {
      space.put((byte) b);
    }
    decoder.filled();
  }

  private static void assertWhole(FrameDecoder.Step step, byte[] frame) {
    assertThat(step)
        .isInstanceOfSatisfying(
            FrameDecoder.Whole.class, whole -> assertThat(whole.frame()).isEqualTo(frame));
  }
}
