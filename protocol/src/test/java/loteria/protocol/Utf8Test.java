package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import loteria.lottery.Bet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compared with the JDK's strict decoder and {@link Bet#isNameable}. */
class Utf8Test {
  @Test
  void agreesOnEveryCodePoint() {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      boolean surrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
      assertAgrees(
          surrogate
              ? new byte[] {
                (byte) 0xed,
                (byte) (0x80 | (codePoint >>> 6 & 0x3f)),
                (byte) (0x80 | (codePoint & 0x3f))
              }
              : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void agreesOnEveryOneOrTwoBytesAndWhatMayFollow() {
    for (int first = 0; first < 256; first++) {
      assertAgrees(new byte[] {(byte) first});
      for (int second = 0; second < 256; second++) {
        assertAgrees(new byte[] {(byte) first, (byte) second});
        for (int third : EDGES) {
          assertAgrees(new byte[] {(byte) first, (byte) second, (byte) third});
        }
      }
    }
  }

  @Test
  void agreesOnSequencesOfFourBytesAtTheEdges() {
    for (int first = 0xe0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        for (int third : EDGES) {
          for (int fourth : EDGES) {
            assertAgrees(new byte[] {(byte) first, (byte) second, (byte) third, (byte) fourth});
          }
        }
      }
    }
  }

  private static final int[] EDGES = {
    0x00, 0x0a, 0x20, 0x41, 0x7f, 0x80, 0x85, 0x8f, 0x90, 0x9f, 0xa0, 0xa7, 0xa8, 0xa9, 0xaa, 0xbf,
    0xc0, 0xc2, 0xe2, 0xed, 0xf0, 0xff
  };

  /** Reports what is not UTF-8, unlike the decoder of {@link String}. */
  private final CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();

  private final CharBuffer decoded = CharBuffer.allocate(4);

  private void assertAgrees(byte[] bytes) {
    boolean expected = isNameableByTheJdk(bytes);
    if ((Utf8.firstNotNameable(bytes, 0, bytes.length) < 0) != expected) {
      fail("%s is %snameable", HexFormat.of().formatHex(bytes), expected ? "" : "not ");
    }
  }

  private boolean isNameableByTheJdk(byte[] bytes) {
    decoded.clear();
    CoderResult result = strict.reset().decode(ByteBuffer.wrap(bytes), decoded, true);
    decoded.flip();
    for (int at = 0; at < decoded.length(); at += Character.charCount(codePoint(at))) {
      if (!Bet.isNameable(codePoint(at))) {
        return false;
      }
    }
    return result.isUnderflow();
  }

  private int codePoint(int at) {
    return Character.codePointAt(decoded, at);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          41c3b141   | -1
          00         |  0
          4100       |  1
          41c3       |  1
          c3b1c3     |  2
          c3b1e280a8 |  2
          4141f08d8d | 2
          7f         |  0
          c285       |  0
          """)
  void saysWhereTheFirstWrongCharacterBegins(String hex, int expected) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThat(Utf8.firstNotNameable(bytes, 0, bytes.length)).isEqualTo(expected);
    byte[] within = HexFormat.of().parseHex("bfbf" + hex + "b1b1");
    assertThat(Utf8.firstNotNameable(within, 2, bytes.length))
        .as("looks at nothing outside of its range")
        .isEqualTo(expected);
  }

  @Test
  void findsNothingWrongWithNothing() {
    assertThat(Utf8.firstNotNameable(new byte[0], 0, 0)).isEqualTo(-1);
  }
}
