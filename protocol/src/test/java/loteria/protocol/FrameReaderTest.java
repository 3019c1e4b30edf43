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

class FrameReaderTest {
  private final FrameReader reader = new FrameReader();

  @Test
  void needsMoreUntilAFrameIsWhole() {
    byte[] frame = Golden.ALL.getFirst().frame();
    assertThat(reader.next()).isEqualTo(new FrameReader.NeedMore(false));
    for (int i = 0; i < frame.length - 1; i++) {
      put(frame[i]);
      assertThat(reader.next()).as("after byte %d", i).isEqualTo(new FrameReader.NeedMore(true));
    }
    put(frame[frame.length - 1]);
    assertWhole(reader.next(), frame);
    assertThat(reader.next()).isEqualTo(new FrameReader.NeedMore(false));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8193, 8192 + 256, 32_768, 65_535})
  void refusesALengthOutOfBoundsFromTheHeader(int length) {
    put(0x90, 0x01, length >>> 8, length);
    String reason =
        length < 8
            ? "frame of %d bytes is below 8".formatted(length)
            : "frame of %d bytes exceeds 8192".formatted(length);
    assertThat(reader.next()).isEqualTo(new FrameReader.Broken(Refusal.BAD_FRAME, reason));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 8191, 8192})
  void takesALengthWithinBounds(int length) {
    byte[] frame = MadeFrame.of(0x7f, new byte[length - 8]);
    put(0x90, 0x7f, length >>> 8, length);
    assertThat(reader.next()).isEqualTo(new FrameReader.NeedMore(true));
    reader.receive(frame, 4, frame.length);
    assertWhole(reader.next(), frame);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x0a, 0x47, 0x16, 0x8f, 0x91, 0xc2, 0xff})
  void refusesAnotherMagicFromTheFirstByte(int first) {
    put(first);
    assertThat(reader.next())
        .isEqualTo(
            new FrameReader.Broken(
                Refusal.BAD_FRAME, "a frame starts with 0x90, not 0x%02x".formatted(first)));
  }

  @Test
  void refusesAFrameThatWasDamaged() {
    put(0x90, 0x04, 0x00, 0x08, 0xe7, 0xa4, 0xcf, 0x11);
    assertThat(reader.next())
        .isEqualTo(
            new FrameReader.Broken(
                Refusal.BAD_CHECKSUM, "frame of checksum e7a4cf10 states e7a4cf11"));
  }

  @Test
  void staysBroken() {
    put(0x47);
    FrameReader.Step broken = reader.next();
    assertThat(reader.next()).isEqualTo(broken);
    reader.receive(Golden.ALL.getFirst().frame(), 0, 20);
    assertThat(reader.next()).isEqualTo(broken);
  }

  @Test
  void looksAtNothingAfterAFrameThatWasDamaged() {
    byte[] frame = Golden.ALL.getFirst().frame();
    byte[] stream = Arrays.copyOf(frame, 2 * frame.length);
    stream[frame.length - 1] ^= 1;
    System.arraycopy(frame, 0, stream, frame.length, frame.length);
    reader.receive(stream, 0, stream.length);
    FrameReader.Step broken = reader.next();
    assertThat(broken).isInstanceOf(FrameReader.Broken.class);
    assertThat(reader.next()).isEqualTo(broken);
  }

  @Test
  void givesTheFramesBeforeABreak() {
    byte[] frame = Golden.ALL.getFirst().frame();
    byte[] stream = Arrays.copyOf(frame, frame.length + 1);
    stream[frame.length] = 0x47;
    reader.receive(stream, 0, stream.length);
    assertWhole(reader.next(), frame);
    assertThat(reader.next()).isInstanceOf(FrameReader.Broken.class);
  }

  @Test
  void showsAWholeFrameWhereItLies() {
    byte[] frame = Golden.ALL.getFirst().frame();
    reader.receive(frame, 0, frame.length);
    FrameReader.Whole whole = (FrameReader.Whole) reader.next();
    assertThat(whole.record().array()).isSameAs(frame);
    assertThat(whole.record()).isEqualTo(ByteBuffer.wrap(frame));
    assertThat(reader.next()).isEqualTo(new FrameReader.NeedMore(false));
  }

  @Test
  void keepsItsPartOfAFrameWhateverBecomesOfTheBytes() {
    byte[] frame = Golden.ALL.getFirst().frame();
    byte[] arrived = Arrays.copyOf(frame, frame.length);
    reader.receive(arrived, 0, 10);
    assertThat(reader.next()).isEqualTo(new FrameReader.NeedMore(true));
    assertThat(reader.heldBytes()).isEqualTo(frame.length);
    Arrays.fill(arrived, (byte) 0);
    reader.receive(frame, 10, frame.length);
    assertWhole(reader.next(), frame);
    assertThat(reader.heldBytes()).isZero();
  }

  @Test
  void allocatesNoMoreForAPartThanItsFrame() {
    byte[] frame = MadeFrame.of(0x7f, new byte[8184]);
    reader.receive(frame, 0, 3);
    assertThat(reader.next()).isEqualTo(new FrameReader.NeedMore(true));
    assertThat(reader.heldBytes()).isEqualTo(4);
    reader.receive(frame, 3, 8191);
    assertThat(reader.next()).isEqualTo(new FrameReader.NeedMore(true));
    assertThat(reader.heldBytes()).isEqualTo(8192);
    reader.receive(frame, 8191, 8192);
    assertWhole(reader.next(), frame);
  }

  @ParameterizedTest
  @MethodSource("loteria.protocol.Golden#all")
  void tellsHowManyBetsAFrameClaims(Golden golden) {
    byte[] frame = golden.frame();
    reader.receive(frame, 0, frame.length);
    int expected = golden.message() instanceof Message.Batch batch ? batch.rows().count() : 0;
    FrameReader.Whole whole = (FrameReader.Whole) reader.next();
    assertThat(whole.betsClaimed()).isEqualTo(expected);
    assertThat(whole.decode()).isEqualTo(golden.message());
  }

  @Test
  void tellsHowManyBetsAnInvalidBatchClaims() {
    assertThat(claimed("0001 0003 0000000000000000 ffff")).isEqualTo(3);
    assertThat(claimed("0001 ffff 0000000000000000")).isEqualTo(65_535);
    assertThat(claimed("0001 0003 00000000000000")).as("cut short").isZero();
    assertThat(claimed("")).isZero();
  }

  private static int claimed(String payload) {
    byte[] frame = MadeFrame.of(0x02, payload);
    return ((FrameReader.Whole) FrameReader.decode(ByteBuffer.wrap(frame))).betsClaimed();
  }

  @ParameterizedTest
  @MethodSource("loteria.protocol.Golden#all")
  void refusesEverySingleBitFlip(Golden golden) {
    for (int bit = 0; bit < golden.frame().length * 8; bit++) {
      byte[] flipped = golden.frame();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      FrameReader stream = new FrameReader();
      stream.receive(flipped, 0, flipped.length);
      assertThat(stream.next()).as("bit %d", bit).isNotInstanceOf(FrameReader.Whole.class);
      assertThat(FrameReader.decode(ByteBuffer.wrap(flipped)))
          .as("bit %d", bit)
          .isInstanceOf(FrameReader.Broken.class);
    }
  }

  @Test
  void neverThrowsWhateverArrives() {
    for (long seed = 0; seed < 5000; seed++) {
      Random random = new Random(seed);
      FrameReader fuzzed = new FrameReader();
      try {
        for (int i = 0; i < 50 && fuzz(fuzzed, random); i++) {}
      } catch (RuntimeException | AssertionError thrown) {
        fail("seed " + seed, thrown);
      }
    }
  }

  /** Puts something random there and takes what can be taken; false when the stream is broken. */
  private static boolean fuzz(FrameReader fuzzed, Random random) {
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
    fuzzed.receive(arriving, 0, arriving.length);
    while (true) {
      switch (fuzzed.next()) {
        case FrameReader.Whole whole -> assertThat(whole.record().remaining()).isBetween(8, 8192);
        case FrameReader.NeedMore _ -> {
          return true;
        }
        case FrameReader.Broken broken -> {
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
    assertWhole(FrameReader.decode(kept), frame);
    assertThat(kept.remaining()).as("it is left as it was").isEqualTo(frame.length);
    for (int length = 0; length < frame.length; length++) {
      assertThat(FrameReader.decode(ByteBuffer.wrap(frame, 0, length)))
          .isEqualTo(new FrameReader.Broken(Refusal.BAD_FRAME, "frame cut short"));
    }
    assertThat(FrameReader.decode(ByteBuffer.wrap(Arrays.copyOf(frame, frame.length + 3))))
        .isEqualTo(
            new FrameReader.Broken(Refusal.BAD_FRAME, "3 bytes after a frame of " + frame.length));
  }

  @Test
  void refusesAKeptFrameThatIsTooLong() {
    assertThat(FrameReader.decode(ByteBuffer.allocate(8193)))
        .isEqualTo(new FrameReader.Broken(Refusal.BAD_FRAME, "frame of 8193 bytes exceeds 8192"));
  }

  private void put(int... bytes) {
    byte[] arriving = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      arriving[i] = (byte) bytes[i];
    }
    reader.receive(arriving, 0, arriving.length);
  }

  private static void assertWhole(FrameReader.Step step, byte[] frame) {
    assertThat(step)
        .isInstanceOfSatisfying(
            FrameReader.Whole.class,
            whole -> assertThat(whole.record()).isEqualTo(ByteBuffer.wrap(frame)));
  }
}
