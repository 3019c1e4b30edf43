package loteria.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

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
            text(row.part().toString()),
            text(row.what()),
            text(row.unit()),
            of(row.measured()),
            row.floor().map(Json::of).orElse("null"),
            row.quotient().map(Json::of).orElse("null"),
            row.target().map(target -> text(target.toString())).orElse("null"),
            row.met().map(String::valueOf).orElse("null"),
            text(row.note()));
  }

  private static String of(Sample sample) {
    return "{\"median\": %s, \"noise\": %s, \"values\": %s}"
        .formatted(sample.median(), sample.noise(), sample.values());
  }

  private static String text(String characters) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < characters.length(); i++) {
      char c = characters.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.append('"').toString();
  }
}
