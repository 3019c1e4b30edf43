package loteria.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import loteria.runtime.settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LevelTest {
  private static final Setting<Level> SETTING =
      Level.setting("Log", Setting.named(null, "X", "--x"));

  @ParameterizedTest
  @CsvSource({
    "DEBUG, DEBUG",
    "info, INFO",
    "Warning, WARNING",
    "ERROR, ERROR",
    "critical, CRITICAL",
    "warn, WARNING",
    "NOTICE, INFO",
    "Fatal, CRITICAL"
  })
  void isFoundInAnyCaseAndByTheNamesOfOtherLoggers(String name, Level level) {
    assertThat(SETTING.parser().parse(name)).isEqualTo(level);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " INFO", "INFO ", "LOUD", "0"})
  void anotherNameIsRefused(String name) {
    assertThatThrownBy(() -> SETTING.parser().parse(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("is not allowed");
  }

  @Test
  void theAllowedNamesAreAllOfThem() {
    assertThat(SETTING.allowed()).isEqualTo("DEBUG, INFO, WARNING, ERROR or CRITICAL");
    for (Level level : Level.values()) {
      assertThat(SETTING.allowed()).contains(level.name());
    }
  }
}
