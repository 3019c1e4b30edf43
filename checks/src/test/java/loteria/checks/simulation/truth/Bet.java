package loteria.checks.simulation.truth;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import loteria.checks.simulation.run.Violation;

/**
 * One bet, naively: its fields, and the row that it makes, without the program's own code.
 *
 * @param birthDate as YYYY-MM-DD
 */
public record Bet(
    int agency, String firstName, String lastName, String document, String birthDate, int number) {

  /** Without the agency and the line end. */
  String content() {
    return "%s,%s,%s,%s,%d"
        .formatted(quoted(firstName), quoted(lastName), document, birthDate, number);
  }

  /** The course's row, line end included. */
  String row() {
    return agency + "," + content() + "\r\n";
  }

  public byte[] rowBytes() {
    return row().getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String field) {
    return field.contains(",") || field.contains("\"")
        ? '"' + field.replace("\"", "\"\"") + '"'
        : field;
  }

  /** The bets of rows that follow one another. */
  static List<Bet> parse(String rows) {
    List<Bet> bets = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < rows.length(); i++) {
      char character = rows.charAt(i);
      if (character == '"') {
        if (quoted && i + 1 < rows.length() && rows.charAt(i + 1) == '"') {
          field.append('"');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (!quoted && (character == ',' || character == '\n')) {
        fields.add(field.toString());
        field.setLength(0);
        if (character == '\n') {
          bets.add(of(fields));
          fields.clear();
        }
      } else if (quoted || character != '\r') {
        field.append(character);
      }
    }
    Violation.unless(fields.isEmpty() && field.isEmpty(), "rows end in the middle of one");
    return bets;
  }

  private static Bet of(List<String> fields) {
    Violation.unless(fields.size() == 6, "a row has the fields %s", fields);
    return new Bet(
        Integer.parseInt(fields.get(0)),
        fields.get(1),
        fields.get(2),
        fields.get(3),
        fields.get(4),
        Integer.parseInt(fields.get(5)));
  }
}
