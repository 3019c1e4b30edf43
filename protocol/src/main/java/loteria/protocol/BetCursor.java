package loteria.protocol;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import loteria.lottery.Bet;
import loteria.lottery.Words;
import org.jspecify.annotations.Nullable;

/**
 * Walks over bets in the bytes of the wire, without an object for each. Each step checks the bet
 * that it comes to, unless all are known to be valid; so what is read after {@link #next()} has
 * returned true is as valid as a {@link Bet}.
 *
 * <p>For one thread.
 */
public final class BetCursor {
  private static final int DATE_AND_NUMBER_BYTES = 6;

  private final byte[] bytes;
  private final boolean valid;
  private int end;
  private int at;
  private @Nullable String invalid;

  private int firstNameAt;
  private int lastNameAt;
  private int documentAt;
  private int birthDateAt;

  /** Before bytes that may be anything. */
  BetCursor(byte[] bytes, int from, int length) {
    this(bytes, from, length, false);
  }

  private BetCursor(byte[] bytes, int from, int length, boolean valid) {
    this.bytes = bytes;
    this.valid = valid;
    reset(from, length);
  }

  /** Before bytes over which a cursor has come to the end. */
  static BetCursor overValid(byte[] bytes, int from, int length) {
    return new BetCursor(bytes, from, length, true);
  }

  /** Goes before the first bet of other bytes. */
  final void reset(int from, int length) {
    at = from;
    end = from + length;
    invalid = null;
  }

  /**
   * Steps to the next bet; false at the end, or if what follows is no valid bet: then {@link
   * #invalid()} says why.
   */
  public boolean next() {
    if (at == end || invalid != null) {
      return false;
    }
    firstNameAt = at;
    lastNameAt = afterText(firstNameAt);
    documentAt = afterText(lastNameAt);
    birthDateAt = afterText(documentAt);
    at = birthDateAt + DATE_AND_NUMBER_BYTES;
    if (!valid) {
      invalid = at > end ? "ends before its last field" : check();
    }
    return invalid == null;
  }

  /** The position after a text, or one beyond the end if there is no room for it. */
  private int afterText(int textAt) {
    return textAt < end ? textAt + 1 + length(textAt) : end + 1;
  }

  private @Nullable String check() {
    String wrong = checkName(Bet.Field.NOMBRE, firstNameAt, 1);
    if (wrong == null) {
      wrong = checkName(Bet.Field.APELLIDO, lastNameAt, 0);
    }
    if (wrong == null) {
      wrong = checkDocument();
    }
    if (wrong == null && !Bet.isDate(year(), month(), day())) {
      wrong =
          "%s %04d-%02d-%02d is no day of any calendar"
              .formatted(Bet.Field.NACIMIENTO, year(), month(), day());
    }
    if (wrong == null && number() > Bet.NUMBER_MAX) {
      wrong = "%s '%d' is not 0 to %d".formatted(Bet.Field.NUMERO, number(), Bet.NUMBER_MAX);
    }
    return wrong;
  }

  private @Nullable String checkName(Bet.Field field, int textAt, int bytesMin) {
    int length = length(textAt);
    if (length < bytesMin) {
      return field + " is empty";
    }
    int wrong = Utf8.firstNotNameable(bytes, textAt + 1, length);
    return wrong < 0
        ? null
        : "%s has a forbidden character or is not UTF-8 at byte %d".formatted(field, wrong);
  }

  private @Nullable String checkDocument() {
    int length = length(documentAt);
    if (length < 1 || length > Bet.DOCUMENT_DIGITS_MAX) {
      return "%s of %d digits is not of 1 to %d"
          .formatted(Bet.Field.DOCUMENTO, length, Bet.DOCUMENT_DIGITS_MAX);
    }
    return Utf8.isDigits(bytes, documentAt + 1, length)
        ? null
        : Bet.Field.DOCUMENTO + " is not digits";
  }

  /** Why what follows is no valid bet, reading on from "the bet"; null while all is well. */
  public @Nullable String invalid() {
    return invalid;
  }

  /** The first name, in UTF-8. */
  public Text firstName() {
    return new Text(bytes, firstNameAt + 1, length(firstNameAt));
  }

  /** The last name, in UTF-8. */
  public Text lastName() {
    return new Text(bytes, lastNameAt + 1, length(lastNameAt));
  }

  /** The document, in ASCII digits. */
  public Text document() {
    return new Text(bytes, documentAt + 1, length(documentAt));
  }

  /**
   * Copies the three texts at once, with commas between them.
   *
   * @param into has room for them and 15 bytes more, which may be changed
   * @return where they end, or a negative number if there may be a comma or a quote in a name
   */
  int copyTexts(byte[] into, int to) {
    int from = firstNameAt + 1;
    int length = birthDateAt - from;
    long special = 0;
    for (int i = 0; i < length; i += 2 * Words.BYTES) { // most take as many turns as the one before
      long first = Words.at(bytes, from + i);
      long second = Words.at(bytes, from + i + Words.BYTES);
      Words.put(first, into, to + i);
      Words.put(second, into, to + i + Words.BYTES);
      special |= Words.equal(first, ',') | Words.equal(first, '"');
      special |= Words.equal(second, ',') | Words.equal(second, '"');
    }
    into[to + lastNameAt - from] = ',';
    into[to + documentAt - from] = ',';
    return special == 0 ? to + length : -1;
  }

  public int year() {
    return Byte.toUnsignedInt(bytes[birthDateAt]) << 8 | Byte.toUnsignedInt(bytes[birthDateAt + 1]);
  }

  public int month() {
    return Byte.toUnsignedInt(bytes[birthDateAt + 2]);
  }

  public int day() {
    return Byte.toUnsignedInt(bytes[birthDateAt + 3]);
  }

  public int number() {
    return Byte.toUnsignedInt(bytes[birthDateAt + 4]) << 8
        | Byte.toUnsignedInt(bytes[birthDateAt + 5]);
  }

  /** The bet as an object of its own. */
  public Bet bet(int agency) {
    return new Bet(
        agency,
        firstName().toString(),
        lastName().toString(),
        document().toString(),
        LocalDate.of(year(), month(), day()),
        number());
  }

  private int length(int textAt) {
    return Byte.toUnsignedInt(bytes[textAt]);
  }

  /** A text where it lies. A view: it is not to be changed. */
  public static final class Text {
    private final byte[] bytes;
    private final int from;
    private final int length;

    private Text(byte[] bytes, int from, int length) {
      this.bytes = bytes;
      this.from = from;
      this.length = length;
    }

    public int length() {
      return length;
    }

    /** The byte at {@code index}, from 0. */
    public byte at(int index) {
      return bytes[from + index];
    }

    /** Whether one of the bytes is that character of ASCII. */
    boolean contains(char ascii) {
      return Words.indexOf(ascii, bytes, from, from + length) < from + length;
    }

    /** Copies it to where there is room; where it ends there. */
    int copyTo(byte[] into, int at) {
      for (int i = 0; i < length; i++) {
        into[at + i] = bytes[from + i];
      }
      return at + length;
    }

    @Override
    public String toString() {
      return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
  }
}
