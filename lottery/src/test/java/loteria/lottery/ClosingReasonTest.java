package loteria.lottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClosingReasonTest {
  @ParameterizedTest
  @ValueSource(strings = {"x", "no llegó", "«la agencia 3» | no vino 🍀", " x "})
  void isOneLineOfText(String text) {
    assertThat(new ClosingReason(text)).hasToString(text);
  }

  @Test
  void hasAsManyBytesAsItMay() {
    assertThat(new ClosingReason("ñ".repeat(100)).text()).hasSize(100);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClosingReason("ñ".repeat(100) + "x"))
        .withMessage("reason of 201 bytes exceeds 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "   "})
  void isNotEmpty(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClosingReason(text))
        .withMessage("reason is empty");
  }

  @ParameterizedTest
  @CsvSource({"10, 000A", "13, 000D", "9, 0009", "27, 001B", "133, 0085", "8232, 2028", "0, 0000"})
  void hasNoSecondLineAndMovesNoCursor(int codePoint, String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClosingReason("a" + Character.toString(codePoint) + "b"))
        .withMessage("reason is not one line of text: it has the character U+" + name);
  }

  @Test
  void hasNoHalfOfAPair() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClosingReason("a\ud83c"))
        .withMessageContaining("U+D83C");
  }
}
