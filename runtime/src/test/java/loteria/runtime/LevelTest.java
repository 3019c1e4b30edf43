package loteria.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LevelTest {
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
    assertThat(Level.of(name)).isEqualTo(level);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " INFO", "INFO ", "LOUD", "0"})
  void anotherNameIsRefusedWithTheAllowedOnes(String name) {
    assertThatThrownBy(() -> Level.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("level \"" + name + "\" is none of DEBUG, INFO, WARNING, ERROR or CRITICAL");
  }

  @Test
  void theAllowedNamesAreAllOfThem() {
    for (Level level : Level.values()) {
      assertThat(Level.NAMES).contains(level.name());
    }
  }
}
