package loteria.checks.originals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Something that both read.
 *
 * @param kind what it is to be read as
 * @param shown how the documents write it
 * @param refused whether we refuse on purpose what the original reads; else both read the same, or
 *     both refuse
 */
record Input(
    String kind, String text, Map<String, String> variables, String shown, boolean refused) {
  static Input of(String kind, String text, boolean refused) {
    return new Input(kind, text, Map.of(), text, refused);
  }

  static Input ofVariable(String name, String value, boolean refused) {
    return new Input("settings", "", Map.of(name, value), name + "=" + value, refused);
  }

  /** The line that asks an original for it. */
  String question() {
    StringBuilder question = new StringBuilder(kind).append('\t').append(encoded(text));
    variables.forEach(
        (name, value) -> question.append('\t').append(name).append('=').append(encoded(value)));
    return question.append('\n').toString();
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
