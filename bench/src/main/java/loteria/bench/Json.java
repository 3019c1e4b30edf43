package loteria.bench;

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
    return String.join(
        ", ",
        "{" + member("part", text(row.part().toString())),
        member("what", text(row.what())),
        member("unit", text(row.unit())),
        member("measured", of(row.measured())),
        member("floor", row.floor().map(Json::of).orElse("null")),
        member("ofTheFloor", row.quotient().map(Json::of).orElse("null")),
        member("target", row.target().map(target -> text(target.toString())).orElse("null")),
        member("met", row.met().map(String::valueOf).orElse("null")),
        member("note", text(row.note())) + "}");
  }

  private static String of(Sample sample) {
    return "{%s, %s, %s}"
        .formatted(
            member("median", Double.toString(sample.median())),
            member("noise", Double.toString(sample.noise())),
            member("values", sample.values().toString()));
  }

  private static String member(String name, String value) {
    return text(name) + ": " + value;
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
