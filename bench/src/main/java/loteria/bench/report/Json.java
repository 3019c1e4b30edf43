package loteria.bench.report;

import java.util.List;
import java.util.stream.Collectors;
import loteria.runtime.JsonText;

/** The rows as JSON (RFC 8259): an array of objects, whose samples hold every measurement. */
final class Json {
  private Json() {}

  static String of(List<Row> rows) {
    return rows.stream().map(Json::of).collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n"));
  }

  private static String of(Row row) {
    return """
    {"part": %s, "what": %s, "unit": %s, "measured": %s, "floor": %s, "ofTheFloor": %s, \
    "target": %s, "met": %s, "note": %s}\
    """
        .formatted(
            JsonText.of(row.part().toString()),
            JsonText.of(row.what()),
            JsonText.of(row.unit()),
            of(row.measured()),
            row.floor().map(Json::of).orElse("null"),
            row.quotient().map(Json::of).orElse("null"),
            row.target().map(target -> JsonText.of(target.toString())).orElse("null"),
            row.met().map(String::valueOf).orElse("null"),
            JsonText.of(row.note()));
  }

  private static String of(Sample sample) {
    return "{\"median\": %s, \"noise\": %s, \"values\": %s}"
        .formatted(sample.median(), sample.noise(), sample.values());
  }
}
