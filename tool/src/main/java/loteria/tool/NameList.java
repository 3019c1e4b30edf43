package loteria.tool;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Names of one kind, as UTF-8, drawn so that the first of the list are the commonest.
 *
 * <p>The list is a resource with one name a line; the weight of a name falls with its rank r as 1 /
 * (r + 10). A name has no comma, quote or blank at its ends, so that a row of a CSV file needs no
 * quoting. Immutable.
 */
final class NameList {
  /** The longest name, in bytes of UTF-8. */
  static final int NAME_BYTES_MAX = 32;

  private static final int SLOTS = 4096;
  private static final long HEAVIEST = 1_000_000_000L;
  private static final int RANK_OFFSET = 10;

  private final byte[][] slots;

  private NameList(byte[][] slots) {
    this.slots = slots;
  }

  /**
   * Reads the resource {@code names/KIND.txt} beside this class.
   *
   * @throws IllegalStateException when the program was built with a bad list, which its own tests
   *     would have shown
   */
  static NameList read(String kind) {
    String resource = "names/" + kind + ".txt";
    try (InputStream bytes = NameList.class.getResourceAsStream(resource)) {
      if (bytes == null) {
        throw new IllegalStateException("the program lacks its resource " + resource);
      }
      var reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
      return of(reader.lines().toList());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading the program's resource " + resource, unreadable);
    }
  }

  /** The list of {@code names}, commonest first. */
  static NameList of(List<String> names) {
    names.forEach(NameList::check);
    long total = 0;
    for (int rank = 0; rank < names.size(); rank++) {
      total += weight(rank);
    }
    byte[][] slots = new byte[SLOTS][];
    long reached = 0;
    int slot = 0;
    for (int rank = 0; rank < names.size(); rank++) {
      byte[] name = names.get(rank).getBytes(StandardCharsets.UTF_8);
      reached += weight(rank);
      for (; slot < reached * SLOTS / total; slot++) {
        slots[slot] = name;
      }
    }
    return new NameList(slots);
  }

  /**
   * A name by chance: the same array each time for the same name, which the caller must not change.
   */
  byte[] draw(Chance chance) {
    return slots[chance.below(SLOTS)];
  }

  private static long weight(int rank) {
    return HEAVIEST / (rank + RANK_OFFSET);
  }

  private static void check(String name) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (name.isBlank() || !name.equals(name.strip()) || bytes > NAME_BYTES_MAX) {
      throw new IllegalStateException(
          "name '%s' of %d bytes is not between 1 and %d without blanks around it"
              .formatted(name, bytes, NAME_BYTES_MAX));
    }
    if (name.chars()
        .anyMatch(character -> character == ',' || character == '"' || character < ' ')) {
      throw new IllegalStateException("name '" + name + "' would need quoting");
    }
  }
}
