package loteria.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import loteria.lottery.Visible;
import org.jspecify.annotations.Nullable;

/**
 * What people call the agencies, for the page, the status and the log; the protocol and the seal
 * know numbers alone. Immutable.
 *
 * <p>The file is UTF-8 with a row {@code number,name} for each agency that has one, in any order
 * and without a heading. A name may stand between quotes, with its own quotes doubled.
 *
 * @param byAgency the name of each agency that has one
 */
record AgencyNames(Map<Integer, String> byAgency) {
  /** No agency has a name. */
  static final AgencyNames NONE = new AgencyNames(Map.of());

  /** The longest name, in code points. */
  static final int CODE_POINTS_MAX = 60;

  private static final int FILE_BYTES_MAX = 32 << 20;

  AgencyNames {
    byAgency = Map.copyOf(byAgency);
  }

  /** The name of an agency, or null if it has none. */
  @Nullable String of(int agency) {
    return byAgency.get(agency);
  }

  boolean has(int agency) {
    return byAgency.containsKey(agency);
  }

  /**
   * Reads a file of names.
   *
   * @param agencies how many agencies there are
   * @throws IOException if it cannot be read, or a row of it is wrong: which one, and why
   */
  static AgencyNames read(Path file, int agencies) throws IOException {
    if (Files.size(file) > FILE_BYTES_MAX) {
      throw new IOException("%d bytes exceed %d".formatted(Files.size(file), FILE_BYTES_MAX));
    }
    List<String> lines = text(Files.readAllBytes(file)).lines().toList();
    Map<Integer, String> names = new HashMap<>();
    for (int index = 0; index < lines.size(); index++) {
      try {
        add(lines.get(index), agencies, names);
      } catch (IllegalArgumentException wrong) {
        throw new IOException("line %d: %s".formatted(index + 1, wrong.getMessage()), wrong);
      }
    }
    return new AgencyNames(names);
  }

  private static String text(byte[] bytes) throws IOException {
    ByteBuffer read = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(read).toString();
    } catch (CharacterCodingException notText) {
      int line = 1;
      for (int index = 0; index < read.position(); index++) {
        line += bytes[index] == '\n' ? 1 : 0;
      }
      throw new IOException("line %d is not UTF-8".formatted(line), notText);
    }
  }

  private static void add(String line, int agencies, Map<Integer, String> names) {
    int comma = line.indexOf(',');
    require(comma >= 0, "'%s' is not number,name", Visible.text(line, CODE_POINTS_MAX));
    String number = line.substring(0, comma);
    require(
        number.matches("[1-9][0-9]{0,4}") && Integer.parseInt(number) <= agencies,
        "'%s' is not an agency of 1 to %d",
        Visible.text(number, CODE_POINTS_MAX),
        agencies);
    String name = unquoted(line.substring(comma + 1));
    String shown = Visible.text(name);
    require(!name.isBlank(), "the name is empty");
    require(shown.equals(name), "'%s' has a character that cannot be seen", shown);
    int codePoints = name.codePointCount(0, name.length());
    require(
        codePoints <= CODE_POINTS_MAX,
        "a name of %d characters exceeds %d",
        codePoints,
        CODE_POINTS_MAX);
    require(
        names.put(Integer.parseInt(number), name) == null, "agency %s has a name already", number);
  }

  private static String unquoted(String field) {
    if (!field.startsWith("\"")) {
      require(!field.contains("\"") && !field.contains(","), "a name with , or \" needs quotes");
      return field;
    }
    boolean ends = field.length() >= 2 && field.endsWith("\"");
    String inner = ends ? field.substring(1, field.length() - 1) : "";
    require(
        ends && !inner.replace("\"\"", "").contains("\""),
        "the quotes of the name do not end where it ends");
    return inner.replace("\"\"", "\"");
  }

  private static void require(boolean right, String wrong, Object... values) {
    if (!right) {
      throw new IllegalArgumentException(wrong.formatted(values));
    }
  }
}
