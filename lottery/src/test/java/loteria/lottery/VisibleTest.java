package loteria.lottery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "Rocío Belén", "a b", "e\u0301", "木村", "١٢", "🍀", "\ufffd", "<U+200B>"})
  void isTheTextWhereAllCanBeSeen(String text) {
    assertThat(Visible.text(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0000",
    "9, 0009",
    "10, 000A",
    "27, 001B",
    "127, 007F",
    "133, 0085",
    "160, 00A0",
    "173, 00AD",
    "847, 034F",
    "4447, 115F",
    "4448, 1160",
    "6068, 17B4",
    "6158, 180E",
    "8203, 200B",
    "8206, 200E",
    "8232, 2028",
    "8233, 2029",
    "8238, 202E",
    "8287, 205F",
    "8288, 2060",
    "8297, 2069",
    "10240, 2800",
    "12288, 3000",
    "12644, 3164",
    "55296, D800",
    "57344, E000",
    "65039, FE0F",
    "65279, FEFF",
    "65440, FFA0",
    "65535, FFFF",
    "917505, E0001",
    "917760, E0100",
    "1114111, 10FFFF"
  })
  void namesWhatHasNoShapeOrMovesOthers(int codePoint, String name) {
    assertThat(Visible.text("a" + Character.toString(codePoint) + "b"))
        .isEqualTo("a<U+" + name + ">b");
  }

  @Test
  void isCutBetweenCharacters() {
    assertThat(Visible.text("🍀🍀🍀", 3)).isEqualTo("🍀🍀🍀");
    assertThat(Visible.text("🍀🍀🍀", 2)).isEqualTo("🍀🍀…");
    assertThat(Visible.text("\u200b1", 1)).isEqualTo("<U+200B>…");
  }
}
