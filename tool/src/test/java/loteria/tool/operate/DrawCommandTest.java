package loteria.tool.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import loteria.tool.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code loteria draw} says without a central; with one it is run among the processes. */
class DrawCommandTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "-1, number of -1 is not between 0 and 9999",
    "10000, number of 10000 is not between 0 and 9999",
    "99999999999, Invalid value for option '--number': '99999999999' is out of range;"
        + " allowed: 0 to 9999",
  })
  void takesNoNumberThatNoBetCanHave(String number, String why) {
    Told told = Told.byLoteria("draw", "--number", number, directory);
    assertThat(told.err()).isEqualTo("loteria draw: %s (see loteria draw --help)%n", why);
    assertThat(told.out()).isEmpty();
    assertThat(told.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "seven", "+7574", "7 574", "0x1d96", "7574.0", "٧٥٧٤"})
  void takesNoNumberThatIsNotPlainDecimal(String number) {
    Told told = Told.byLoteria("draw", "--number=" + number, directory);
    assertThat(told.err().lines())
        .singleElement()
        .asString()
        .startsWith("loteria draw: ")
        .contains("'--number'", "'%s' is not a plain decimal number".formatted(number))
        .endsWith("(see loteria draw --help)");
    assertThat(told.code()).isEqualTo(2);
  }

  @Test
  void wantsANumber() {
    Told told = Told.byLoteria("draw", directory);
    assertThat(told.err().lines()).singleElement().asString().contains("'--number=N'");
    assertThat(told.code()).isEqualTo(2);
  }

  @Test
  void wantsADirectory() {
    Told told = Told.byLoteria("draw", "--number", 7574);
    assertThat(told.err().lines()).singleElement().asString().contains("'DIR'");
    assertThat(told.code()).isEqualTo(2);
  }

  @Test
  void holdsNoSecondDrawInOneCommand() {
    Told told = Told.byLoteria("draw", "--number", 7574, directory, directory);
    assertThat(told.err().lines()).singleElement().asString().contains(directory.toString());
    assertThat(told.code()).isEqualTo(2);
  }
}
