package loteria.kafka.options;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ClientLibraryTest {
  @Test
  void isHere() {
    assertThatCode(ClientLibrary::require).doesNotThrowAnyException();
  }

  @Test
  void saysHowItComesOnTheClassPath() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ClientLibrary.require("org.apache.kafka.NoSuchClass"))
        .withMessageContainingAll("--kafka", "LOTERIA_KAFKA", "dist/lib/kafka")
        .matches(failure -> !String.valueOf(failure.getMessage()).contains("\n"));
  }
}
