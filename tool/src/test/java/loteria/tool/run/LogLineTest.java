package loteria.tool.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineTest {
  @Test
  void readsTheCentralsLine() {
    LogLine line =
        LogLine.of(
            "2026-01-02 10:11:12 INFO     action: listen | result: success | ip: 127.0.0.1 |"
                + " port: 40123");
    assertThat(line.succeeded("listen")).isTrue();
    assertThat(line.text("ip")).contains("127.0.0.1");
    assertThat(line.number("port")).hasValue(40123);
  }

  @Test
  void readsTheAgencysLine() {
    LogLine line =
        LogLine.of(
            "2026-01-02 10:11:12 INFO     action: consulta_ganadores | result: success |"
                + " cant_ganadores: 2");
    assertThat(line.succeeded("consulta_ganadores")).isTrue();
    assertThat(line.number("cant_ganadores")).hasValue(2);
  }

  @Test
  void tellsAFailureFromASuccess() {
    LogLine line = LogLine.of("2026-01-02 10:11:12 ERROR    action: sorteo | result: fail");
    assertThat(line.succeeded("sorteo")).isFalse();
    assertThat(line.failed("sorteo")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "t ERROR action: start | result: fail | error: a: b | at: c; : a: b | at: c",
        "t ERROR action: read_bets | result: fail | client_id: 2 | error: no file; : no file",
        "t ERROR action: x | result: fail | client_id: - | line: 7 | error: y; : line: 7 | error:"
            + " y",
        "t ERROR action: x | result: fail | client_id: 2 | server_address: a:1 | error: over: z; :"
            + " over: z",
        "t WARNING action: status | result: fail | ip: 1 | port: 2 | error: in use; \"\"",
        "t INFO action: listen | result: success | error: none; \"\"",
        "Exception in thread main; \"\""
      })
  void tellsWhySomethingFailed(String text, String reason) {
    assertThat(LogLine.reason(text)).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "|",
        "\tat loteria.server.Main.main(Main.java:12)",
        "WARNING: something: else",
        "a | b"
      })
  void passesOverWhatIsNoLogLine(String text) {
    assertThat(LogLine.of(text).values()).isEmpty();
  }

  @Test
  void hasNoNumberWhereThereIsNone() {
    LogLine line =
        LogLine.of(
            "t INFO action: x | result: success | cantidad: many | port: 9999999999999999999");
    assertThat(line.number("cantidad")).isEmpty();
    assertThat(line.number("port")).isEmpty();
    assertThat(line.number("absent")).isEmpty();
  }
}
