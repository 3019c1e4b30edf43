package loteria.lottery;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one form of a bet, and the only rules of what a bet is: a row of {@code bets.csv}, byte for
 * byte as CPython's {@code csv.writer} lays it (QUOTE_MINIMAL).
 *
 * <pre>
 *   agency , first name , last name , document , YYYY-MM-DD , number CR LF
 *   3,Rocío Belén,Quiroga,30904465,1999-03-17,2201
 * </pre>
 *
 * <ul>
 *   <li>agency: 1 to {@value Lottery#AGENCIES_MAX}, shortest form;
 *   <li>first name: 1 to {@value #NAME_BYTES_MAX} bytes of UTF-8 (RFC 3629) without control
 *       characters or line breaks ({@link #isNameable}); last name: 0 to {@value #NAME_BYTES_MAX}.
 *       A name stands between quotes if and only if it has a comma or a quote; its quotes are then
 *       doubled;
 *   <li>document: the DNI as text, 1 to {@value #DOCUMENT_DIGITS_MAX} ASCII digits; leading zeros
 *       are kept;
 *   <li>birth date: a day of the Gregorian calendar of the years 1 to 9999;
 *   <li>number: 0 to {@value #NUMBER_MAX}, shortest form.
 * </ul>
 *
 * <p>Rows are checked where they lie; those of a batch when it is decoded, by {@code Codec}. An
 * instance checks the rows of one agency. Immutable.
 */
public final class BetRow {
  /** The longest first or last name, in bytes of UTF-8, without its quotes. */
  public static final int NAME_BYTES_MAX = 255;

  /** The longest document, in digits. */
  public static final int DOCUMENT_DIGITS_MAX = 20;

  /** The largest number that can be bet on. */
  public static final int NUMBER_MAX = 9999;

  /** The shortest row. */
  public static final int BYTES_MIN = "1,a,,1,2000-01-01,0\r\n".length();

  /** The longest row: both names are quotes alone, each doubled, between quotes. */
  public static final int BYTES_MAX =
      "65535,".length()
          + 2 * (2 * NAME_BYTES_MAX + "\"\",".length())
          + DOCUMENT_DIGITS_MAX
          + ",YYYY-MM-DD,9999\r\n".length();

  private static final int DATE_BYTES = "YYYY-MM-DD".length();
  private static final int NUMBER_DIGITS_MAX = 4;
  private static final Field[] FIELDS = Field.values();

  /** The fields of an agency's file, by the names that the course gives them. */
  public enum Field {
    NOMBRE,
    APELLIDO,
    DOCUMENTO,
    NACIMIENTO,
    NUMERO;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Why some bytes are no bet.
   *
   * @param field the first field that is wrong; null if it is the row as a whole
   * @param reason for people, in one line of visible characters; reads on from the field's name
   */
  public record Flaw(@Nullable Field field, String reason) {
    /** The field and the reason, in one line. */
    @Override
    public String toString() {
      return field == null ? reason : field + " " + reason;
    }
  }

  /** What can be wrong, each with the negative number that {@link #check} returns for it. */
  private enum Fault {
    OTHER_AGENCY(-1, "is not a row of agency %s"),
    FEW_FIELDS(-2, "ends before its last field"),
    MANY_FIELDS(-3, "goes on after its last field"),
    NO_LINE_END(-4, "does not end with CR LF"),
    EMPTY(-5, "is empty"),
    FORBIDDEN_CHARACTER(-6, "has the forbidden character %s"),
    NOT_UTF8(-7, "is not UTF-8"),
    LONG_NAME(-8, "of %s bytes exceeds " + NAME_BYTES_MAX),
    NOT_MINIMAL(
        -9,
        "is not canonical: quotes belong around a name that has a comma or a quote, and nowhere"
            + " else"),
    NOT_DIGITS(-10, "'%s' is not digits"),
    LONG_DOCUMENT(-11, "of %s digits exceeds " + DOCUMENT_DIGITS_MAX),
    NO_DATE(-12, "'%s' is not a date as YYYY-MM-DD"),
    NO_DAY(-13, "'%s' is no day of any calendar"),
    NO_NUMBER(-14, "'%s' is not 0 to " + NUMBER_MAX),
    LEADING_ZERO(-15, "'%s' is not canonical: it has leading zeros");

    private static final Fault[] ALL = values();

    private final int code;
    private final String words;

    Fault(int code, String words) {
      this.code = code;
      this.words = words;
    }

    private static Fault of(int code) {
      return ALL[-1 - code];
    }

    /** Whether it is the row that is wrong, and no field of it. */
    private boolean isOfTheRow() {
      return code >= NO_LINE_END.code;
    }
  }

  /** How much of a wrong text is shown, in code points. */
  private static final int SHOWN_MAX = 40;

  private final byte[] beginning; // of each row: the agency and its comma

  /** The rules for the rows of an agency, 1 to {@value Lottery#AGENCIES_MAX}. */
  public BetRow(int agency) {
    assert agency >= 1 && agency <= Lottery.AGENCIES_MAX : agency;
    beginning = (agency + ",").getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Checks the row that begins at an index.
   *
   * @param bytes they are not changed
   * @param to where the bytes end, of which the row may have some
   * @return where the next row begins, or a negative number if no valid row of this agency is
   *     there: {@link #flaw} then says why
   */
  public int check(byte[] bytes, int from, int to) {
    int at = afterAgency(bytes, from, to);
    if (at >= 0) {
      at = afterName(bytes, at, to, 1);
    }
    if (at >= 0) {
      at = afterName(bytes, at, to, 0);
    }
    if (at >= 0) {
      at = afterDocument(bytes, at, to);
    }
    if (at >= 0) {
      at = afterDate(bytes, at, to);
    }
    return at >= 0 ? afterNumber(bytes, at, to) : at;
  }

  /** Why {@link #check} has refused the row that begins at an index; of the same bytes. */
  public Flaw flaw(byte[] bytes, int from, int to) {
    Field field = Field.NOMBRE;
    int begin = from;
    int end = afterAgency(bytes, from, to);
    for (int next = 0; end >= 0; next++) {
      assert next < FIELDS.length : "a row without a flaw";
      field = FIELDS[next];
      begin = end;
      end =
          switch (field) {
            case NOMBRE -> afterName(bytes, begin, to, 1);
            case APELLIDO -> afterName(bytes, begin, to, 0);
            case DOCUMENTO -> afterDocument(bytes, begin, to);
            case NACIMIENTO -> afterDate(bytes, begin, to);
            case NUMERO -> afterNumber(bytes, begin, to);
          };
    }
    return flaw(field, Fault.of(end), bytes, begin, to);
  }

  private Flaw flaw(Field field, Fault found, byte[] bytes, int from, int to) {
    String text = text(bytes, from, to);
    // A text that needs no quotes and has them is right but for those.
    boolean quoted =
        from < to && bytes[from] == '"' && !Csv.needsQuotes(text.getBytes(StandardCharsets.UTF_8));
    Fault fault = quoted && found.code <= Fault.NOT_DIGITS.code ? Fault.NOT_MINIMAL : found;
    String value =
        switch (fault) {
          case OTHER_AGENCY ->
              new String(beginning, 0, beginning.length - 1, StandardCharsets.US_ASCII);
          case FORBIDDEN_CHARACTER -> firstForbidden(bytes, from);
          case LONG_NAME -> Integer.toString(text.getBytes(StandardCharsets.UTF_8).length);
          case LONG_DOCUMENT -> Integer.toString(text.length());
          case NOT_DIGITS, NO_DATE, NO_DAY, NO_NUMBER, LEADING_ZERO ->
              Visible.text(text, SHOWN_MAX);
          case FEW_FIELDS, MANY_FIELDS, NO_LINE_END, EMPTY, NOT_UTF8, NOT_MINIMAL -> "";
        };
    return new Flaw(fault.isOfTheRow() ? null : field, fault.words.replace("%s", value));
  }

  /** The text of the field at an index, without its quotes; U+FFFD for what is not UTF-8. */
  private static String text(byte[] bytes, int from, int to) {
    int end = fieldEnd(bytes, from, to);
    boolean quoted = end - from >= 2 && bytes[from] == '"' && bytes[end - 1] == '"';
    return quoted
        ? new String(bytes, from + 1, end - from - 2, StandardCharsets.UTF_8).replace("\"\"", "\"")
        : new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }

  /** Where the field at an index ends, quoted or not: before its comma or its CR LF. */
  private static int fieldEnd(byte[] bytes, int from, int to) {
    boolean quoted = false;
    for (int at = from; at < to; at++) {
      if (bytes[at] == '"' && bytes[from] == '"') {
        quoted = !quoted; // twice at a doubled quote
      } else if (!quoted && (bytes[at] == ',' || isLineEnd(bytes, at, to))) {
        return at;
      }
    }
    return to;
  }

  /** The first character of a name that is not nameable, of a name that has one. */
  private static String firstForbidden(byte[] bytes, int from) {
    int at = from;
    int codePoint = decode(bytes, at, size(bytes[at]));
    while (isNameable(codePoint)) {
      at += size(bytes[at]);
      codePoint = decode(bytes, at, size(bytes[at]));
    }
    return Visible.name(codePoint);
  }

  private int afterAgency(byte[] bytes, int from, int to) {
    if (to - from < beginning.length) {
      return Fault.OTHER_AGENCY.code;
    }
    for (int i = 0; i < beginning.length; i++) {
      if (bytes[from + i] != beginning[i]) {
        return Fault.OTHER_AGENCY.code;
      }
    }
    return from + beginning.length;
  }

  /** Where the field after a name begins, or a fault's code. */
  private static int afterName(byte[] bytes, int from, int to, int bytesMin) {
    if (from < to && bytes[from] == '"') {
      return afterQuotedName(bytes, from, to);
    }
    int at = from;
    while (at < to) {
      byte character = bytes[at];
      if (character == ',') {
        int length = at - from;
        return length >= bytesMin && length <= NAME_BYTES_MAX
            ? at + 1
            : (length < bytesMin ? Fault.EMPTY : Fault.LONG_NAME).code;
      }
      if (isPlain(character)) {
        at++;
      } else if (character == '"') {
        return Fault.NOT_MINIMAL.code;
      } else if (isLineEnd(bytes, at, to)) {
        return Fault.FEW_FIELDS.code;
      } else {
        at = afterCharacter(bytes, at, to);
        if (at < 0) {
          return at;
        }
      }
    }
    return Fault.FEW_FIELDS.code;
  }

  private static int afterQuotedName(byte[] bytes, int from, int to) {
    boolean needed = false;
    int doubled = 0;
    int at = from + 1;
    while (at < to) {
      byte character = bytes[at];
      if (character == '"') {
        if (at + 1 >= to || bytes[at + 1] != '"') {
          break;
        }
        needed = true;
        doubled++;
        at += 2;
      } else if (isPlain(character)) {
        needed |= character == ',';
        at++;
      } else {
        at = afterCharacter(bytes, at, to); // a line break is no end here, but forbidden
        if (at < 0) {
          return at;
        }
      }
    }
    if (at + 1 >= to || isLineEnd(bytes, at + 1, to)) {
      return Fault.FEW_FIELDS.code;
    }
    if (!needed || bytes[at + 1] != ',') {
      return Fault.NOT_MINIMAL.code;
    }
    return at - from - 1 - doubled <= NAME_BYTES_MAX ? at + 2 : Fault.LONG_NAME.code;
  }

  /** Whether a byte is printable ASCII and no quote: a character of a name, or its comma. */
  private static boolean isPlain(byte character) {
    return character >= ' ' && character != '"' && character != 0x7f;
  }

  /** Where the character after this one begins, or the code of what is wrong with it. */
  private static int afterCharacter(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xff;
    if (lead >= 0xc3 && lead <= 0xdf && at + 1 < to && (bytes[at + 1] & 0xc0) == 0x80) {
      return at + 2; // U+00C0 to U+07FF, the letters with accents: all nameable
    }
    int size = size(bytes[at]);
    int codePoint = size == 0 || at + size > to ? -1 : decode(bytes, at, size);
    if (codePoint < 0) {
      return Fault.NOT_UTF8.code;
    }
    return isNameable(codePoint) ? at + size : Fault.FORBIDDEN_CHARACTER.code;
  }

  private static int afterDocument(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isDigit(bytes[at])) {
      at++;
    }
    if (at == to || isLineEnd(bytes, at, to)) {
      return Fault.FEW_FIELDS.code;
    }
    if (bytes[at] != ',') {
      return Fault.NOT_DIGITS.code;
    }
    int digits = at - from;
    return digits >= 1 && digits <= DOCUMENT_DIGITS_MAX
        ? at + 1
        : (digits == 0 ? Fault.EMPTY : Fault.LONG_DOCUMENT).code;
  }

  private static int afterDate(byte[] bytes, int from, int to) {
    int end = from + DATE_BYTES;
    if (end >= to) {
      return (fieldEnd(bytes, from, to) == to ? Fault.FEW_FIELDS : Fault.NO_DATE).code;
    }
    int century = twoDigits(bytes, from);
    int years = twoDigits(bytes, from + 2);
    int month = twoDigits(bytes, from + 5);
    int day = twoDigits(bytes, from + 8);
    boolean shaped =
        (century | years | month | day) >= 0
            && bytes[from + 4] == '-'
            && bytes[from + 7] == '-'
            && (bytes[end] == ',' || isLineEnd(bytes, end, to));
    if (!shaped) {
      return Fault.NO_DATE.code;
    }
    if (!isDate(100 * century + years, month, day)) {
      return Fault.NO_DAY.code;
    }
    return bytes[end] == ',' ? end + 1 : Fault.FEW_FIELDS.code;
  }

  private static int afterNumber(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isDigit(bytes[at])) {
      at++;
    }
    if (at == to || !isLineEnd(bytes, at, to)) {
      return afterLastDigit(bytes, at, to).code;
    }
    int digits = at - from;
    if (digits == 1 || (digits > 1 && digits <= NUMBER_DIGITS_MAX && bytes[from] != '0')) {
      return at + 2;
    }
    if (digits == 0) {
      return Fault.EMPTY.code;
    }
    return (bytes[from] == '0' ? Fault.LEADING_ZERO : Fault.NO_NUMBER).code;
  }

  /** What is wrong with what follows the digits of a number, where CR LF should. */
  private static Fault afterLastDigit(byte[] bytes, int at, int to) {
    if (at == to || bytes[at] == '\n' || (bytes[at] == '\r' && at + 1 == to)) {
      return Fault.NO_LINE_END;
    }
    return bytes[at] == ',' ? Fault.MANY_FIELDS : Fault.NOT_DIGITS;
  }

  private static boolean isLineEnd(byte[] bytes, int at, int to) {
    return bytes[at] == '\r' && at + 1 < to && bytes[at + 1] == '\n';
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }

  /** The number that two digits make; negative if they are none. */
  private static int twoDigits(byte[] bytes, int at) {
    return isDigit(bytes[at]) && isDigit(bytes[at + 1])
        ? 10 * bytes[at] + bytes[at + 1] - 11 * '0'
        : -1;
  }

  /** Whether there is such a day, from the year 1 to 9999 of the Gregorian calendar. */
  static boolean isDate(int year, int month, int day) {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) {
      return false;
    }
    if (day <= 28) {
      return true;
    }
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    int days =
        switch (month) {
          case 2 -> leap ? 29 : 28;
          case 4, 6, 9, 11 -> 30;
          default -> 31;
        };
    return day <= days;
  }

  /**
   * Whether a code point may stand in a name: no control character, no line break of any kind, no
   * half of a pair.
   */
  public static boolean isNameable(int codePoint) {
    return codePoint >= 0x20
        && !(codePoint >= 0x7f && codePoint <= 0x9f)
        && codePoint != 0x2028
        && codePoint != 0x2029
        && !(codePoint >= 0xd800 && codePoint <= 0xdfff);
  }

  /** How many bytes a character of UTF-8 takes that begins so; 0 if none does. */
  private static int size(int lead) {
    int unsigned = lead & 0xff;
    if (unsigned < 0x80) {
      return 1;
    }
    if (unsigned < 0xc2 || unsigned > 0xf4) {
      return 0;
    }
    return unsigned < 0xe0 ? 2 : unsigned < 0xf0 ? 3 : 4;
  }

  /** The code point of {@code size} bytes, or -1 if they are not one in its shortest form. */
  private static int decode(byte[] bytes, int at, int size) {
    int codePoint = size == 1 ? bytes[at] : bytes[at] & (0xff >> (size + 1));
    for (int i = 1; i < size; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return -1;
      }
      codePoint = (codePoint << 6) | (bytes[at + i] & 0x3f);
    }
    int smallest = size == 3 ? 0x800 : size == 4 ? 0x10000 : 0;
    boolean surrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
    return codePoint < smallest || codePoint > Character.MAX_CODE_POINT || surrogate
        ? -1
        : codePoint;
  }

  /** The number of a valid row that ends before an index. */
  public static int number(byte[] bytes, int rowEnd) {
    int number = 0;
    int unit = 1;
    for (int at = rowEnd - "\r\n".length() - 1; bytes[at] != ','; at--) {
      number += unit * (bytes[at] - '0');
      unit *= 10;
    }
    return number;
  }

  /** The document of a valid row that ends before an index. */
  public static String document(byte[] bytes, int rowEnd) {
    int number = rowEnd - "\r\n".length() - 1;
    while (bytes[number] != ',') {
      number--;
    }
    int end = number - DATE_BYTES - 1;
    int from = end;
    while (bytes[from - 1] != ',') {
      from--;
    }
    return new String(bytes, from, end - from, StandardCharsets.US_ASCII);
  }
}
