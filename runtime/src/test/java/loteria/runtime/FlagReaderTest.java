package loteria.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FlagReaderTest {
  private static final List<Setting<?>> KNOWN =
      List.of(Setting.text(null, "A", "--aa", "", 0, 9), Setting.text(null, "B", "--bb", "", 0, 9));

  record Reading(List<String> arguments, Map<String, String> values) {}

  static List<Reading> readings() {
    return List.of(
        new Reading(List.of(), Map.of()),
        new Reading(List.of("--aa", "1"), Map.of("--aa", "1")),
        new Reading(List.of("--aa=1"), Map.of("--aa", "1")),
        new Reading(List.of("--aa", "1", "--bb=2"), Map.of("--aa", "1", "--bb", "2")),
        new Reading(List.of("--aa="), Map.of("--aa", "")),
        new Reading(List.of("--aa", ""), Map.of("--aa", "")),
        new Reading(List.of("--aa=x=y"), Map.of("--aa", "x=y")),
        new Reading(List.of("--aa", "-1"), Map.of("--aa", "-1")),
        new Reading(List.of("--aa=--bb"), Map.of("--aa", "--bb")));
  }

  @ParameterizedTest
  @MethodSource("readings")
  void readsFlagsWithTheirValues(Reading reading) throws UsageException {
    assertThat(FlagReader.values(KNOWN, reading.arguments.toArray(String[]::new)))
        .isEqualTo(reading.values);
  }

  record Refusal(List<String> arguments, String message) {}

  static List<Refusal> refusals() {
    return List.of(
        new Refusal(List.of("--cc", "1"), "there is no flag --cc; the flags are --aa, --bb"),
        new Refusal(List.of("--cc=1"), "there is no flag --cc; the flags are --aa, --bb"),
        new Refusal(List.of("--AA=1"), "there is no flag --AA; the flags are --aa, --bb"),
        new Refusal(List.of("--a=1"), "there is no flag --a; the flags are --aa, --bb"),
        new Refusal(List.of("aa"), "there is no flag aa; the flags are --aa, --bb"),
        new Refusal(List.of(""), "there is no flag ; the flags are --aa, --bb"),
        new Refusal(List.of("--aa", "1", "2"), "there is no flag 2; the flags are --aa, --bb"),
        new Refusal(List.of("--x\ny"), "there is no flag --x\\ny; the flags are --aa, --bb"),
        new Refusal(List.of("--aa"), "flag --aa lacks its value"),
        new Refusal(List.of("--aa", "--bb", "2"), "flag --aa lacks its value"),
        new Refusal(List.of("--aa", "1", "--aa=1"), "flag --aa is given twice"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesAnythingElse(Refusal refusal) {
    assertThatThrownBy(() -> FlagReader.values(KNOWN, refusal.arguments.toArray(String[]::new)))
        .isInstanceOf(UsageException.class)
        .hasMessage(refusal.message);
  }
}
