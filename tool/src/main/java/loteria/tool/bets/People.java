package loteria.tool.bets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * First and last names as people in Argentina have them: one or two first names of one sex, and at
 * times a double surname. Immutable; the caller brings the chance.
 *
 * <p>The lists of names are resources with one name a line, the commonest first; the weight of a
 * name falls with its rank r as 1 / (r + 10).
 */
final class People {
  /** The longest first or last name, in bytes of UTF-8: two of the lists, and a blank. */
  static final int NAME_BYTES_MAX = 2 * 32 + 1;

  private static final int TWO_FIRST_NAMES_PERCENT = 52;
  private static final int TWO_SURNAMES_PERCENT = 24;
  private static final int SLOTS = 4096;
  private static final double RANK_OFFSET = 10;

  private final byte[][] women = read("women");
  private final byte[][] womenSecond = read("women-second");
  private final byte[][] men = read("men");
  private final byte[][] menSecond = read("men-second");
  private final byte[][] surnames = read("surnames");

  /** Puts {@code first name,last name} of somebody. */
  void put(RandomGenerator chance, ByteBuffer row) {
    boolean woman = chance.nextBoolean();
    byte[] first = (woman ? women : men)[chance.nextInt(SLOTS)];
    byte[] second = (woman ? womenSecond : menSecond)[chance.nextInt(SLOTS)];
    row.put(first);
    // "José José" is nobody's name, "García García" somebody's.
    if (chance.nextInt(100) < TWO_FIRST_NAMES_PERCENT && !Arrays.equals(first, second)) {
      row.put((byte) ' ').put(second);
    }
    row.put((byte) ',').put(surnames[chance.nextInt(SLOTS)]);
    if (chance.nextInt(100) < TWO_SURNAMES_PERCENT) {
      row.put((byte) ' ').put(surnames[chance.nextInt(SLOTS)]);
    }
  }

  private static byte[][] read(String kind) {
    String resource = "names/" + kind + ".txt";
    try (InputStream bytes = People.class.getResourceAsStream(resource)) {
      if (bytes == null) {
        throw new IllegalStateException("the program lacks its resource " + resource);
      }
      return slots(new String(bytes.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading the program's resource " + resource, unreadable);
    }
  }

  /**
   * Names, commonest first, each as often among the slots as it is common.
   *
   * @throws IllegalStateException if one is too long, or would need quoting in a CSV file
   */
  static byte[][] slots(List<String> names) {
    names.forEach(People::check);
    byte[][] slots = new byte[SLOTS][];
    double ratio = (names.size() + RANK_OFFSET) / RANK_OFFSET;
    for (int slot = 0; slot < SLOTS; slot++) {
      // The rank up to which the weights sum up to this slot's part of all of them.
      double rank = RANK_OFFSET * (StrictMath.pow(ratio, (double) slot / SLOTS) - 1);
      slots[slot] = names.get((int) rank).getBytes(StandardCharsets.UTF_8);
    }
    return slots;
  }

  private static void check(String name) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (name.isBlank()
        || !name.equals(name.strip())
        || 2 * bytes >= NAME_BYTES_MAX
        || name.chars().anyMatch(letter -> letter == ',' || letter == '"' || letter < ' ')) {
      throw new IllegalStateException(
          "name '%s' of %d bytes is too long, or would need quoting".formatted(name, bytes));
    }
  }
}
