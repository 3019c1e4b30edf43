package loteria.checks.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LineTest {
  @Test
  void knowsTheLayoutOfEachProgram() {
    String central = "2026-01-02 03:04:05 INFO     action: listen | result: success | port: 1";
    String agency = "2026-01-02 03:04:05 WARNI     action: connect | result: fail | error: a: b";
    assertThat(Line.of(Line.Layout.CENTRAL, central).orElseThrow().number("port")).isEqualTo(1);
    assertThat(Line.of(Line.Layout.AGENCY, agency).orElseThrow().value("error")).isEqualTo("a: b");
    assertThat(Line.of(Line.Layout.AGENCY, agency).orElseThrow().fails()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[0.010s][warning][cds] a word of the JVM",
        "2026-01-02 03:04:05 INFO action: listen | result: success",
        "2026-01-02 03:04:05 INFO     action: listen | result: perhaps",
        "2026-01-02 03:04:05,123 INFO     action: listen | result: success",
        "2026-01-02 03:04:05 INFO     action: listen"
      })
  void knowsWhatIsNoLine(String text) {
    assertThat(Line.of(Line.Layout.CENTRAL, text)).isEmpty();
  }
}
