package loteria.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code loteria close} says without a central; with one it is run among the processes. */
class CloseCommandTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "'', reason is empty",
    "'  ', reason is empty",
    "'a\nb', reason is not one line of text: it has the character U+000A",
    "no lleg\ufffd\ufffd, reason has letters that are lost in this locale; LC_ALL=C.UTF-8 keeps"
        + " them",
    "'\u001b[2J', reason is not one line of text: it has the character U+001B",
  })
  void takesNoReasonThatIsNotOneLine(String reason, String why) {
    Told told = close("--agency", "1", "--reason", reason, directory);
    assertThat(told.err()).isEqualTo("loteria close: %s (see loteria close --help)%n", why);
    assertThat(told.code()).isEqualTo(2);
  }

  @Test
  void takesNoReasonThatIsTooLong() {
    Told told = close("--all-missing", "--reason", "ñ".repeat(101), directory);
    assertThat(told.err())
        .isEqualTo("loteria close: reason of 202 bytes exceeds 200 (see loteria close --help)\n");
    assertThat(told.code()).isEqualTo(2);
  }

  @Test
  void saysThatNoCentralAnswers() {
    MadeLottery.receiving(directory).lay();
    Told told = close("--agency", "1", "--reason", "no llegó", directory);
    assertThat(told.err())
        .isEqualTo(
            "loteria close: no central answers: %s is not there%n", directory.resolve("control"));
    assertThat(told.out()).isEmpty();
    assertThat(told.code()).isEqualTo(69);
  }

  @Test
  void saysThatThereIsNoDirectory() {
    Path missing = directory.resolve("missing");
    Told told = close("--agency", "1", "--reason", "no llegó", missing);
    assertThat(told.err())
        .isEqualTo("loteria close: %s: there is no such file or directory%n", missing);
    assertThat(told.code()).isEqualTo(1);
  }

  private static Told close(Object... words) {
    Object[] all = new Object[words.length + 1];
    all[0] = "close";
    System.arraycopy(words, 0, all, 1, words.length);
    return Told.byLoteria(all);
  }
}
