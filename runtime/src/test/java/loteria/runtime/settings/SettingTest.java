package loteria.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingTest {
  private enum Mode {
    ECHO,
    SINGLE_BET,
    FILE
  }

  private static final Setting<Integer> PORT =
      Setting.named("server_port", "SERVER_PORT", "--server-port").integer(null, 0, 65535);
  private static final Setting<Integer> SIGNED =
      Setting.named(null, "X", "--x").integer(null, Integer.MIN_VALUE, 5);
  private static final Setting<String> NAME = Setting.named(null, "X", "--x").text(null, 1, 4);
  private static final Setting<Duration> PERIOD =
      Setting.named(null, "X", "--x").duration(null, Duration.ofMillis(1), Duration.ofHours(1));
  private static final Setting<Mode> MODE =
      Setting.named(null, "X", "--x").oneOf(null, Mode.values());
  private static final Setting<Path> DIRECTORY = Setting.named(null, "X", "--x").path(null);

  record Reading(Setting<?> setting, String text, Object value) {}

  static List<Reading> allowed() {
    return List.of(
        new Reading(PORT, "0", 0),
        new Reading(PORT, "65535", 65535),
        new Reading(SIGNED, "-2147483648", Integer.MIN_VALUE),
        new Reading(SIGNED, "-0", 0),
        new Reading(NAME, "a", "a"),
        new Reading(NAME, " ñ| ", " ñ| "),
        new Reading(PERIOD, "1ms", Duration.ofMillis(1)),
        new Reading(PERIOD, "60m", Duration.ofHours(1)),
        new Reading(MODE, "Single_Bet", Mode.SINGLE_BET),
        new Reading(DIRECTORY, "a/b", Path.of("a/b")));
  }

  @ParameterizedTest
  @MethodSource("allowed")
  void readsWhatIsAllowed(Reading reading) {
    assertThat((Object) reading.setting.parser().parse(reading.text)).isEqualTo(reading.value);
  }

  record Refusal(Setting<?> setting, List<String> texts) {}

  static List<Refusal> refused() {
    return List.of(
        new Refusal(
            PORT,
            List.of(
                "",
                "-",
                "-1",
                "65536",
                "+1",
                " 1",
                "1 ",
                "1.0",
                "1e3",
                "0x10",
                "١",
                "012",
                "00",
                "-01",
                "1_000",
                "2147483648",
                "99999999999999999999")),
        new Refusal(SIGNED, List.of("6", "-2147483649")),
        new Refusal(NAME, List.of("", "abcde", "a\nb", "\u0085")),
        new Refusal(PERIOD, List.of("", "0", "999us", "1h1ns", "5", "soon")),
        new Refusal(MODE, List.of("", "single-bet", "echo ")),
        new Refusal(DIRECTORY, List.of("", "a\0b")));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatIsNotAllowed(Refusal refusal) {
    for (String text : refusal.texts) {
      assertThatThrownBy(() -> refusal.setting.parser().parse(text))
          .as("%s of %s", text, refusal.setting.allowed())
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "65536, is not allowed",
    "-1, is not allowed",
    "99999999999999999999, is not allowed",
    "1_000, is not a plain decimal number",
    "0x10, is not a plain decimal number",
    "+5, is not a plain decimal number",
    "5.0, is not a plain decimal number",
    "' 5', is not a plain decimal number",
    "-, is not a plain decimal number",
    "010, 'has a leading zero, which some programs take for octal'"
  })
  void saysWhatIsWrongWithANumber(String text, String problem) {
    assertThatThrownBy(() -> PORT.parser().parse(text)).hasMessage(problem);
  }

  @Test
  void saysInWordsWhatIsAllowed() {
    assertThat(PORT.allowed()).isEqualTo("0 to 65535");
    assertThat(NAME.allowed()).isEqualTo("text of 1 to 4 characters");
    assertThat(PERIOD.allowed()).isEqualTo("a duration of 1ms to 1h");
    assertThat(MODE.allowed()).isEqualTo("echo, single_bet or file");
    assertThat(DIRECTORY.allowed()).isEqualTo("a path");
  }

  @Test
  void isCalledAsInTheFileOrElseAsInTheEnvironment() {
    assertThat(PORT.name()).isEqualTo("server_port");
    assertThat(NAME.name()).isEqualTo("X");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--", "x", "-x", "--x=1"})
  void aFlagHasTwoDashesAndAName(String flag) {
    assertThatThrownBy(() -> Setting.named(null, "X", flag).path(null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesAreNotBlank() {
    assertThatThrownBy(() -> Setting.named(" ", "X", "--x").path(null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Setting.named(null, "", "--x").path(null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
