package loteria.lottery;

import java.time.LocalDate;

/**
 * One bet on a number, as an agency took it.
 *
 * <p>An invalid bet cannot exist: the constructor refuses it. The limits are those of the wire
 * (docs/PROTOCOL.md).
 *
 * @param agency the agency that took it, 1 to {@value Lottery#AGENCIES_MAX}
 * @param firstName 1 to {@value #NAME_BYTES_MAX} bytes of UTF-8 without control characters or line
 *     breaks
 * @param lastName 0 to {@value #NAME_BYTES_MAX} bytes of UTF-8 without control characters or line
 *     breaks
 * @param document the DNI as text, 1 to {@value #DOCUMENT_DIGITS_MAX} digits; leading zeros are
 *     kept
 * @param birthDate a date of the years 1 to 9999
 * @param number the number bet on, 0 to {@value #NUMBER_MAX}
 */
public record Bet(
    int agency,
    String firstName,
    String lastName,
    String document,
    LocalDate birthDate,
    int number) {

  /** The longest first or last name, in bytes of UTF-8. */
  public static final int NAME_BYTES_MAX = 255;

  /** The longest document, in digits. */
  public static final int DOCUMENT_DIGITS_MAX = 20;

  /** The largest number that can be bet on. */
  public static final int NUMBER_MAX = 9999;

  /** The fields of a row of an agency's file, by the names that the course gives them. */
  public enum Field {
    NOMBRE,
    APELLIDO,
    DOCUMENTO,
    NACIMIENTO,
    NUMERO;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * @throws InvalidBetException naming the first field that is not as the contract above says
   */
  public Bet {
    assert agency >= 1 && agency <= Lottery.AGENCIES_MAX : agency;
    requireName(Field.NOMBRE, firstName, 1);
    requireName(Field.APELLIDO, lastName, 0);
    requireDocument(document);
    require(
        birthDate.getYear() >= 1 && birthDate.getYear() <= 9999,
        Field.NACIMIENTO,
        "%s is not of the years 1 to 9999",
        birthDate);
    requireNumber(number);
  }

  /**
   * A bet from the five texts of a row, in the order of the agency's file.
   *
   * @throws InvalidBetException naming the first field that is wrong, and why
   */
  public static Bet parse(
      int agency,
      String firstName,
      String lastName,
      String document,
      String birthDate,
      String number) {
    // Before the texts that follow them are parsed, so that the first wrong field is the one named.
    requireName(Field.NOMBRE, firstName, 1);
    requireName(Field.APELLIDO, lastName, 0);
    requireDocument(document);
    return new Bet(
        agency, firstName, lastName, document, parseDate(birthDate), parseNumber(number));
  }

  private static LocalDate parseDate(String text) {
    boolean shaped = text.length() == 10 && text.charAt(4) == '-' && text.charAt(7) == '-';
    require(
        shaped
            && isDigits(text.substring(0, 4))
            && isDigits(text.substring(5, 7))
            && isDigits(text.substring(8)),
        Field.NACIMIENTO,
        "'%s' is not a date as YYYY-MM-DD",
        text);
    int year = Integer.parseInt(text, 0, 4, 10);
    int month = Integer.parseInt(text, 5, 7, 10);
    int day = Integer.parseInt(text, 8, 10, 10);
    require(isDate(year, month, day), Field.NACIMIENTO, "'%s' is no day of any calendar", text);
    return LocalDate.of(year, month, day);
  }

  private static int parseNumber(String text) {
    require(!text.isEmpty(), Field.NUMERO, "is empty");
    require(isDigits(text) && text.length() <= 9, Field.NUMERO, "'%s' is not 0 to 9999", text);
    int number = Integer.parseInt(text);
    requireNumber(number);
    return number;
  }

  /** Whether there is such a day, from the year 1 to 9999 of the Gregorian calendar. */
  public static boolean isDate(int year, int month, int day) {
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

  private static void requireName(Field field, String name, int bytesMin) {
    int bytes = 0;
    for (int i = 0; i < name.length(); ) {
      int codePoint = name.codePointAt(i);
      if (!isNameable(codePoint)) {
        throw new InvalidBetException(
            field, "has the forbidden character U+%04X".formatted(codePoint));
      }
      i += Character.charCount(codePoint);
      bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }
    require(bytes >= bytesMin, field, "is empty");
    require(bytes <= NAME_BYTES_MAX, field, "of %d bytes exceeds %d", bytes, NAME_BYTES_MAX);
  }

  private static void requireDocument(String document) {
    require(!document.isEmpty(), Field.DOCUMENTO, "is empty");
    require(isDigits(document), Field.DOCUMENTO, "'%s' is not digits", document);
    require(
        document.length() <= DOCUMENT_DIGITS_MAX,
        Field.DOCUMENTO,
        "of %d digits exceeds %d",
        document.length(),
        DOCUMENT_DIGITS_MAX);
  }

  private static void requireNumber(int number) {
    require(
        number >= 0 && number <= NUMBER_MAX,
        Field.NUMERO,
        "'%d' is not 0 to %d",
        number,
        NUMBER_MAX);
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static void require(boolean holds, Field field, String reason, Object... values) {
    if (!holds) {
      throw new InvalidBetException(field, reason.formatted(values));
    }
  }
}
