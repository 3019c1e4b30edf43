package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import loteria.testing.Allocation;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a frame holds, it is the one way to lay a message, or none. */
class CodecFuzzTest {
  /** A page of winners is the worst: a document of two bytes becomes a text of its own. */
  private static final long ALLOCATED_BYTES_MAX = 16 * 1024 + 64 * Frame.BYTES_MAX;

  /** A type, and then a payload. */
  static Stream<byte[]> seeds() {
    return Golden.ALL.stream().map(golden -> typed(golden.frame()));
  }

  private static byte[] typed(byte[] frame) {
    byte[] typed =
        Arrays.copyOfRange(frame, Frame.HEADER_BYTES - 1, frame.length - Frame.CHECKSUM_BYTES);
    typed[0] = (byte) Frame.type(frame, 0);
    return typed;
  }

  @MethodSource("seeds")
  @FuzzTest
  void readsAMessageOnlyFromTheFrameThatItWouldLay(byte[] typed) throws Exception {
    if (typed.length < 1 || typed.length - 1 > Frame.PAYLOAD_BYTES_MAX) {
      return;
    }
    byte[] frame = MadeFrame.of(typed[0], Arrays.copyOfRange(typed, 1, typed.length));
    Allocation.atMost(ALLOCATED_BYTES_MAX, () -> MadeFrame.decode(frame));
    switch (MadeFrame.decode(frame)) {
      case Decoded.Malformed malformed ->
          assertThat(malformed.reason()).as(HexFormat.of().formatHex(frame)).isNotBlank();
      case Message message -> assertThat(Codec.encode(message)).as("%s", message).isEqualTo(frame);
    }
    assertThat(Codec.betsClaimed(frame, 0, frame.length)).isBetween(0, 0xffff);
  }
}
