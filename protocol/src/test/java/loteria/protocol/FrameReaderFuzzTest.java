package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import loteria.testing.Allocation;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever arrives, and in whatever pieces, the same frames come out, and then the same end. */
class FrameReaderFuzzTest {
  /**
   * The part of a frame that is kept, the reason for a break, and what each byte that arrives may
   * cost.
   */
  private static final long ALLOCATED_BYTES_MAX = 32 * 1024;

  private static final long ALLOCATED_PER_BYTE_MAX = 64;

  /** How large the pieces are, and then the stream. */
  static Stream<byte[]> seeds() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(7);
    Golden.ALL.forEach(golden -> all.writeBytes(golden.frame()));
    byte[] damaged = all.toByteArray();
    damaged[damaged.length - 1] ^= 1;
    return Stream.of(
        all.toByteArray(),
        damaged,
        new byte[] {1, Frame.MAGIC, 4, 0, 7},
        new byte[] {1, Frame.MAGIC, 4, 0x20, 1},
        new byte[] {1, Frame.MAGIC, 4, -1, -1},
        "\0GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  @MethodSource("seeds")
  @FuzzTest
  void cutsAStreamTheSameInWhateverPiecesItArrives(byte[] input) throws Exception {
    if (input.length == 0) {
      return;
    }
    byte[] stream = Arrays.copyOfRange(input, 1, input.length);
    int piece = 1 + Byte.toUnsignedInt(input[0]);
    Allocation.atMost(
        ALLOCATED_BYTES_MAX + ALLOCATED_PER_BYTE_MAX * stream.length, () -> Cut.of(stream, piece));

    Cut cut = Cut.of(stream, piece);
    assertThat(cut).isEqualTo(Cut.of(stream, Frame.BYTES_MAX));
    int taken = 0;
    for (ByteBuffer frame : cut.frames) {
      assertThat(frame).isEqualTo(ByteBuffer.wrap(stream, taken, frame.remaining()));
      assertThat(FrameReader.decode(frame)).isInstanceOf(FrameReader.Whole.class);
      taken += frame.remaining();
    }
    if (cut.end instanceof FrameReader.NeedMore(boolean begun)) {
      assertThat(begun).isEqualTo(taken < stream.length);
      assertThat(stream.length - taken).isLessThan(Frame.BYTES_MAX);
    }
  }

  /** What a reader made of a stream. */
  private record Cut(List<ByteBuffer> frames, FrameReader.Step end) {
    static Cut of(byte[] stream, int piece) {
      FrameReader reader = new FrameReader();
      List<ByteBuffer> frames = new ArrayList<>();
      FrameReader.Step step = reader.next();
      for (int at = 0; at < stream.length && step instanceof FrameReader.NeedMore; at += piece) {
        reader.receive(stream, at, Math.min(at + piece, stream.length));
        step = reader.next();
        while (step instanceof FrameReader.Whole whole) {
          frames.add(copy(whole.record()));
          step = reader.next();
        }
      }
      return new Cut(frames, step);
    }

    /** The record is good until the next call alone. */
    private static ByteBuffer copy(ByteBuffer record) {
      return ByteBuffer.allocate(record.remaining()).put(record).flip();
    }
  }
}
