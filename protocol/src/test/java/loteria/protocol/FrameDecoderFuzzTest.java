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
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever arrives, and in whatever pieces, the same frames come out, and then the same end. */
class FrameDecoderFuzzTest {
  /** The decoder's own buffer, the reason for a break, and what each byte that arrives may cost. */
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
      assertThat(FrameDecoder.decode(frame)).isInstanceOf(FrameDecoder.Whole.class);
      taken += frame.remaining();
    }
    if (cut.end instanceof FrameDecoder.NeedMore(boolean begun)) {
      assertThat(begun).isEqualTo(taken < stream.length);
      assertThat(stream.length - taken).isLessThan(Frame.BYTES_MAX);
    }
  }

  /** What a decoder made of a stream. */
  private record Cut(List<ByteBuffer> frames, FrameDecoder.Step end) {
    static Cut of(byte[] stream, int piece) {
      FrameDecoder decoder = new FrameDecoder();
      List<ByteBuffer> frames = new ArrayList<>();
      FrameDecoder.Step step = decoder.next();
      for (int at = 0; at < stream.length && step instanceof FrameDecoder.NeedMore; at += piece) {
        decoder.space().put(stream, at, Math.min(piece, stream.length - at));
        decoder.filled();
        step = decoder.next();
        while (step instanceof FrameDecoder.Whole whole) {
          frames.add(ByteBuffer.wrap(whole.frame()));
          step = decoder.next();
        }
      }
      return new Cut(frames, step);
    }
  }
}
