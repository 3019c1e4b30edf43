package loteria.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonTest {
  @Test
  void aRowHasEveryMeasurement() {
    Row row =
        Row.of(Part.INGEST, "window 1", "bets/s", new Sample(List.of(1.0, 3.0)))
            .over(new Sample(List.of(2.0, 4.0)))
            .target(Target.atLeast(0.8));
    assertThat(Json.of(List.of(row)))
        .isEqualTo(
            """
            [
              {"part": "ingest", "what": "window 1", "unit": "bets/s", \
            "measured": {"median": 2.0, "noise": 0.5, "values": [1.0, 3.0]}, \
            "floor": {"median": 3.0, "noise": 0.3333333333333333, "values": [2.0, 4.0]}, \
            "ofTheFloor": {"median": 0.625, "noise": 0.2, "values": [0.5, 0.75]}, \
            "target": "≥ 0.800", "met": false, "note": ""}
            ]
            """);
  }

  @Test
  void whatIsNotKnownIsNull() {
    assertThat(Json.of(List.of(Row.of(Part.JMH, "draw", "ns", 1e12))))
        .contains("\"floor\": null, \"ofTheFloor\": null, \"target\": null, \"met\": null")
        .contains("\"values\": [1.0E12]");
  }

  @Test
  void quotesBackslashesAndControlCharactersAreEscaped() {
    Row row = Row.of(Part.JMH, "a \"b\" \\ \n ñ", "", 1);
    assertThat(Json.of(List.of(row))).contains("\"what\": \"a \\\"b\\\" \\\\ \\u000a ñ\"");
  }

  @Test
  void rowsAreSeparatedByCommas() {
    Row row = Row.of(Part.JMH, "draw", "", 1);
    assertThat(Json.of(List.of(row, row)).lines())
        .hasSize(4)
        .startsWith("[")
        .endsWith("]")
        .filteredOn(line -> line.endsWith("},"))
        .hasSize(1);
  }
}
