package loteria.lottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import loteria.lottery.BetRow.Field;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BetRowTest {
  private static final int AGENCY = 3;
  private static final BetRow RULES = new BetRow(AGENCY);

  @Test
  void isARowOfBetsCsv() {
    byte[] row = utf8("3,Santiago Lionel,Lorca,30904465,1999-03-17,2201\r\n");
    assertThat(RULES.check(row, 0, row.length)).isEqualTo(row.length);
    assertThat(BetRow.document(row, row.length)).isEqualTo("30904465");
    assertThat(BetRow.number(row, row.length)).isEqualTo(2201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "María José",
        "Ñandú Núñez",
        "O'Higgins",
        "de la Fuente, hijo",
        "\"El Negro\"",
        "\"",
        ",",
        " leading and trailing ",
        " ",
        "# 1",
        "a|b",
        "\u00a0",
        "e\u0301",
        "\u05d0\u05d1",
        "\u6728\u6751",
        "\ud83c\udf40",
        "\ufffd",
        "\uffff",
        "\ufeff"
      })
  void acceptsAnyNameWithoutControlCharacters(String name) {
    assertValid(name, name, "1", "2000-01-01", "0");
  }

  @ParameterizedTest
  @CsvSource({
    "0000", "0009", "000A", "000D", "001F", "007F", "0080", "0085", "009F", "2028", "2029"
  })
  void refusesControlCharactersAndLineBreaks(String hex) {
    String reason = "has the forbidden character U+" + hex;
    for (String name : List.of("a%sb", "%s", "ñ,%s", "\"ñ\"%s")) {
      String wrong = name.replace("%s", Character.toString(Integer.parseInt(hex, 16)));
      assertFlaw(Field.NOMBRE, reason, wrong, "b", "1", "2000-01-01", "0");
      assertFlaw(Field.APELLIDO, reason, "a", wrong, "1", "2000-01-01", "0");
    }
  }

  @ParameterizedTest
  @CsvSource({"D800", "DBFF", "DC00", "DFFF"})
  void refusesHalvesOfPairs(String hex) {
    String name = "a" + (char) Integer.parseInt(hex, 16) + "b";
    assertFlaw(Field.NOMBRE, "is not UTF-8", name, "b", "1", "2000-01-01", "0");
    assertFlaw(Field.APELLIDO, "is not UTF-8", "a", name, "1", "2000-01-01", "0");
    assertThat(BetRow.isNameable(Integer.parseInt(hex, 16))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0020", "007E", "00A0", "2027", "202A", "D7FF", "E000"})
  void acceptsTheNeighboursOfForbiddenCharacters(String hex) {
    String name = Character.toString(Integer.parseInt(hex, 16));
    assertValid(name, name, "1", "2000-01-01", "0");
  }

  @Test
  void boundsNamesInBytesOfUtf8() {
    String longest = "ñ".repeat(127) + "n";
    assertValid(longest, longest, "1", "2000-01-01", "0");
    String reason = "of 256 bytes exceeds 255";
    String tooLong = "ñ".repeat(128);
    assertFlaw(Field.NOMBRE, reason, tooLong, "b", "1", "2000-01-01", "0");
    assertFlaw(Field.APELLIDO, reason, "a", tooLong, "1", "2000-01-01", "0");
  }

  @Test
  void boundsNamesWithoutTheirQuotes() {
    for (String part : List.of("\"", ",", "ñ,\"")) {
      String longest = part + "n".repeat(BetRow.NAME_BYTES_MAX - utf8(part).length);
      assertValid(longest, longest, "1", "2000-01-01", "0");
      String reason = "of 256 bytes exceeds 255";
      assertFlaw(Field.NOMBRE, reason, longest + "n", "b", "1", "2000-01-01", "0");
      assertFlaw(Field.APELLIDO, reason, "a", "n" + longest, "1", "2000-01-01", "0");
    }
    assertValid("\"".repeat(255), ",".repeat(255), "1", "2000-01-01", "0");
  }

  @Test
  void needsAFirstNameButNoLastName() {
    assertFlaw(Field.NOMBRE, "is empty", "", "b", "1", "2000-01-01", "0");
    assertValid("a", "", "1", "2000-01-01", "0");
  }

  @Test
  void keepsTheLeadingZerosOfADocument() {
    byte[] row = row("a", "b", "00012", "2000-01-01", "0");
    assertValid(row);
    assertThat(BetRow.document(row, row.length)).isEqualTo("00012");
  }

  @Test
  void boundsDocumentsInDigits() {
    String longest = "9".repeat(20);
    assertValid("a", "b", longest, "2000-01-01", "0");
    String reason = "of 21 digits exceeds 20";
    assertFlaw(Field.DOCUMENTO, reason, "a", "b", longest + "9", "2000-01-01", "0");
    assertFlaw(Field.DOCUMENTO, "is empty", "a", "b", "", "2000-01-01", "0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12a", "-1", "+1", "1 2", "1.2", " 1", "1,2", "1\"", "\"1\"", "/1", "1:", "١٢", "１"
      })
  void refusesADocumentThatIsNotAsciiDigits(String document) {
    String reason = "'" + document + "' is not digits";
    assertFlaw(Field.DOCUMENTO, reason, "a", "b", document, "2000-01-01", "0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1999",
        "1999-3-17",
        "1999-03-7",
        "17-03-1999",
        "1999/03/17",
        "1999-03/17",
        "1999,03-17",
        "19990317",
        " 1999-03-1",
        "1999-03-177",
        "1999-03-17 ",
        "1999-03-17T00:00:00Z",
        "-999-03-17",
        "+999-03-17",
        "199x-03-17",
        "19 9-03-17",
        "x999-03-17",
        "1999-0x-17",
        "1999-x3-17",
        "1999-03-1x",
        "1999-03-x7",
        "1999-03-１"
      })
  void refusesADateOfAnotherShape(String date) {
    String reason = "'" + date + "' is not a date as YYYY-MM-DD";
    assertFlaw(Field.NACIMIENTO, reason, "a", "b", "1", date, "0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000-01-01",
        "1999-00-10",
        "1999-13-10",
        "1999-01-00",
        "1999-01-32",
        "1999-02-29",
        "1999-02-30",
        "1900-02-29",
        "1999-04-31",
        "1999-11-31"
      })
  void refusesADayThatNeverWas(String date) {
    String reason = "'" + date + "' is no day of any calendar";
    assertFlaw(Field.NACIMIENTO, reason, "a", "b", "1", date, "0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001-01-01", "9999-12-31", "2000-02-29", "1996-02-29", "1999-04-30"})
  void acceptsEveryOtherDay(String date) {
    assertValid("a", "b", "1", date, "0");
  }

  @Test
  void agreesWithJavaOnWhatADayIs() {
    int disagreements = 0;
    for (int year = -1; year <= 10_000; year++) {
      for (int month = 0; month <= 13; month++) {
        for (int day : new int[] {0, 1, 28, 29, 30, 31, 32}) {
          boolean expected = year >= 1 && year <= 9999 && isDateOfJava(year, month, day);
          disagreements += BetRow.isDate(year, month, day) == expected ? 0 : 1;
        }
      }
    }
    assertThat(disagreements).isZero();
  }

  private static boolean isDateOfJava(int year, int month, int day) {
    if (month < 1 || month > 12 || day < 1) {
      return false;
    }
    return day <= LocalDate.of(year, month, 1).lengthOfMonth();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "7, 7", "10, 10", "9999, 9999", "0007, 7", "000000007, 7", "0000, 0"})
  void acceptsNumbersFromZeroToTheLargest(String text, int number) {
    byte[] row = row("a", "b", "1", "2000-01-01", text);
    assertValid(row);
    assertThat(BetRow.number(row, row.length)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10000", "75740", "99999999999999", "99999999999999999999"})
  void refusesALargerNumber(String number) {
    String reason = "'" + number + "' is not 0 to 9999";
    assertFlaw(Field.NUMERO, reason, "a", "b", "1", "2000-01-01", number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1", "+1", "+7574", " 7574", "7574 ", "1.0", "1e3", "7,8", "\"7\"", "x", "0x10", "1_0", "７"
      })
  void refusesANumberThatIsNotAsciiDigits(String number) {
    String reason = "'" + number + "' is not digits";
    assertFlaw(Field.NUMERO, reason, "a", "b", "1", "2000-01-01", number);
  }

  @Test
  void needsANumber() {
    assertFlaw(Field.NUMERO, "is empty", "a", "b", "1", "2000-01-01", "");
  }

  @Test
  void namesTheFirstOfSeveralWrongFields() {
    String forbidden = "has the forbidden character U+000A";
    assertFlaw(Field.NOMBRE, "is empty", "", "\n", "x", "x", "x");
    assertFlaw(Field.APELLIDO, forbidden, "a", "\n", "x", "x", "x");
    assertFlaw(Field.DOCUMENTO, "'x' is not digits", "a", "b", "x", "x", "x");
    assertFlaw(Field.NACIMIENTO, "'x' is not a date as YYYY-MM-DD", "a", "b", "1", "x", "x");
    assertFlaw(Field.NUMERO, "'x' is not digits", "a", "b", "1", "2000-01-01", "x");
  }

  @Test
  void callsItsFieldsAsTheCourseDoes() {
    assertThat(Field.values())
        .extracting(Field::toString)
        .containsExactly("nombre", "apellido", "documento", "nacimiento", "numero");
  }

  @ParameterizedTest
  @CsvSource({
    "30904465\u200b, 30904465<U+200B>",
    "\ufeff1, <U+FEFF>1",
    "\u202e123, <U+202E>123",
    "1\u00a02, 1<U+00A0>2",
    "1\u00002, 1<U+0000>2",
    "1\u001b[31m, 1<U+001B>[31m",
    "1\ufe0f, 1<U+FE0F>"
  })
  void showsWhatCannotBeSeen(String document, String shown) {
    String reason = "'" + shown + "' is not digits";
    assertFlaw(Field.DOCUMENTO, reason, "a", "b", document, "2000-01-01", "0");
    assertFlaw(Field.NUMERO, reason, "a", "b", "1", "2000-01-01", document);
  }

  @Test
  void showsNoMoreThanTheBeginningOfALongText() {
    String reason = "'" + "x".repeat(40) + "…' is not digits";
    assertFlaw(Field.DOCUMENTO, reason, "a", "b", "x".repeat(5000), "2000-01-01", "0");
    assertFlaw(Field.NUMERO, reason, "a", "b", "1", "2000-01-01", "x".repeat(41));
  }

  /** Bytes that nobody lays by {@link Csv}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          3,"a",b,1,2000-01-01,0~|nombre is not canonical: quotes belong around a name that has a comma or a quote, and nowhere else
          3,"",b,1,2000-01-01,0~|nombre is not canonical: quotes belong around a name that has a comma or a quote, and nowhere else
          3,a,"b",1,2000-01-01,0~|apellido is not canonical: quotes belong around a name that has a comma or a quote, and nowhere else
          3,a"b,,1,2000-01-01,0~|nombre is not canonical: quotes belong around a name that has a comma or a quote, and nowhere else
          3,a,"b,"c,1,2000-01-01,0~|apellido is not canonical: quotes belong around a name that has a comma or a quote, and nowhere else
          3,a,b,"1",2000-01-01,0~|documento is not canonical: quotes belong around a name that has a comma or a quote, and nowhere else
          3,a,b,"",2000-01-01,0~|documento is not canonical: quotes belong around a name that has a comma or a quote, and nowhere else
          3,a,b,1,"2000-01-01",0~|nacimiento is not canonical: quotes belong around a name that has a comma or a quote, and nowhere else
          3,a,b,1,2000-01-01,"0"~|numero is not canonical: quotes belong around a name that has a comma or a quote, and nowhere else
          3,a,b,1,2000-01-01,007~|numero '007' is not canonical: it has leading zeros
          3,a,b,1,2000-01-01,00000000007574~|numero '00000000007574' is not canonical: it has leading zeros
          3,a,b,1,2000-01-01,0,~|goes on after its last field
          3,a,b,1,2000-01-01,7,8~|goes on after its last field
          3,a,b,1,2000-01-01~|ends before its last field
          3,a,b,1~|ends before its last field
          3,a,b~|ends before its last field
          3,a~|ends before its last field
          3,"a,b"~|ends before its last field
          3,"a,b|ends before its last field
          3,a,b,1,2000-01-01|ends before its last field
          3,a,b,1,2000|ends before its last field
          3,a,b,1,2000~|nacimiento '2000' is not a date as YYYY-MM-DD
          3,a,b,1,2000-01-01,0|does not end with CR LF
          3,a,b,1,2000-01-01,0^|does not end with CR LF
          3,a,b,1,2000-01-01,0_3,a,b,1,2000-01-01,0~|does not end with CR LF
          3,a,b,1,2000-01-01,|does not end with CR LF
          3,a,b,1,2000-01-01,0^3~|numero '0<U+000D>3' is not digits
          3,a,b,1_3,b,2,2000-01-01,0~|documento '1<U+000A>3' is not digits
          3,a,b,1,2000-01-01_3,a~|nacimiento '2000-01-01<U+000A>3' is not a date as YYYY-MM-DD
          3,a_3,b,2,2000-01-01,0~|nombre has the forbidden character U+000A
          3,"a,~",b,1,2000-01-01,0~|nombre has the forbidden character U+000D
          4,a,b,1,2000-01-01,0~|is not a row of agency 3
          33,a,b,1,2000-01-01,0~|is not a row of agency 3
          03,a,b,1,2000-01-01,0~|is not a row of agency 3
          "3",a,b,1,2000-01-01,0~|is not a row of agency 3
          3|is not a row of agency 3
          ~|is not a row of agency 3
          a,b,1,2000-01-01,0~|is not a row of agency 3
          """)
  void saysWhyOtherBytesAreNoRow(String signs, String reason) {
    byte[] row = utf8(signs.replace("~", "\r\n").replace('^', '\r').replace('_', '\n'));
    assertThat(RULES.check(row, 0, row.length)).isNegative();
    assertThat(RULES.flaw(row, 0, row.length)).hasToString(reason);
  }

  @Test
  void noBytesAreNoRow() {
    assertThat(RULES.check(new byte[0], 0, 0)).isNegative();
    assertThat(RULES.flaw(new byte[0], 0, 0)).hasToString("is not a row of agency 3");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 10, 12_345, Lottery.AGENCIES_MAX})
  void beginsWithItsAgency(int agency) {
    BetRow rules = new BetRow(agency);
    byte[] row = Csv.rowOf(agency, List.of("a", "b", "1", "2000-01-01", "0"));
    assertThat(rules.check(row, 0, row.length)).isEqualTo(row.length);
    assertThat(RULES.check(row, 0, row.length)).isNegative();
    byte[] other = row("a", "b", "1", "2000-01-01", "0");
    assertThat(rules.check(other, 0, other.length)).isNegative();
    assertThat(rules.flaw(other, 0, other.length)).hasToString("is not a row of agency " + agency);
  }

  @Test
  void hasTheStatedBounds() {
    assertThat(Csv.rowOf(1, List.of("a", "", "1", "2000-01-01", "0")))
        .hasSize(BetRow.BYTES_MIN)
        .hasSize(21);
    String quotes = "\"".repeat(BetRow.NAME_BYTES_MAX);
    String document = "9".repeat(BetRow.DOCUMENT_DIGITS_MAX);
    byte[] longest =
        Csv.rowOf(Lottery.AGENCIES_MAX, List.of(quotes, quotes, document, "9999-12-31", "9999"));
    assertThat(longest).hasSize(BetRow.BYTES_MAX).hasSize(1070);
    assertThat(new BetRow(Lottery.AGENCIES_MAX).check(longest, 0, longest.length))
        .isEqualTo(longest.length);
  }

  @Test
  void endsWhereTheNextRowBegins() {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    rows.writeBytes(row("María José", "Núñez", "30904465", "1999-03-17", "7574"));
    int second = rows.size();
    rows.writeBytes(row("O'Higgins, Bernardo", "", "007", "2000-02-29", "0"));
    byte[] bytes = rows.toByteArray();
    assertThat(RULES.check(bytes, 0, bytes.length)).isEqualTo(second);
    assertThat(RULES.check(bytes, second, bytes.length)).isEqualTo(bytes.length);
    assertThat(BetRow.number(bytes, second)).isEqualTo(7574);
    assertThat(BetRow.document(bytes, second)).isEqualTo("30904465");
    assertThat(BetRow.number(bytes, bytes.length)).isZero();
    assertThat(BetRow.document(bytes, bytes.length)).isEqualTo("007");
  }

  @Test
  void isNoneWhereverItIsCutShort() {
    for (String name : List.of("María José", "O'Higgins, \"Bernardo\"")) {
      byte[] row = row(name, name, "30904465", "1999-03-17", "7574");
      for (int to = 0; to < row.length; to++) {
        assertThat(RULES.check(row, 0, to)).as("%d bytes", to).isNegative();
        String reason = RULES.flaw(row, 0, to).toString();
        if (to < 2) {
          assertThat(reason).isEqualTo("is not a row of agency 3");
        } else if (row[to] >= 0) { // not within a character
          assertThat(reason)
              .as("%d bytes", to)
              .isIn("ends before its last field", "does not end with CR LF");
        }
      }
    }
  }

  @Test
  void looksAtNothingOutsideOfItsBytes() {
    byte[] row = row("Ana", "\"de\" la Paz, hija", "007", "2000-02-29", "0");
    for (byte around : utf8("0,\"\r\n3ñ")) {
      byte[] within = new byte[row.length + 20];
      Arrays.fill(within, around);
      System.arraycopy(row, 0, within, 10, row.length);
      assertThat(RULES.check(within, 10, 10 + row.length)).isEqualTo(10 + row.length);
      for (int length = 0; length < row.length; length++) {
        assertThat(RULES.check(within, 10, 10 + length)).isNegative();
        assertThat(RULES.flaw(within, 10, 10 + length).toString()).isNotBlank();
      }
    }
  }

  /** Parts of names: harmless, hostile, and not UTF-8 at all. */
  private static final List<byte[]> PARTS =
      List.of(
          hex("41"),
          hex("20"),
          hex("c3b1"),
          hex("e282ac"),
          hex("f09f8d80"),
          hex("c2a0"),
          hex("efbfbd"),
          hex("7e"),
          hex("2c"),
          hex("22"),
          hex("00"),
          hex("0a"),
          hex("0d"),
          hex("09"),
          hex("1f"),
          hex("7f"),
          hex("c280"),
          hex("c285"),
          hex("c29f"),
          hex("e280a8"),
          hex("e280a9"),
          hex("c080"),
          hex("c1bf"),
          hex("e08080"),
          hex("e09fbf"),
          hex("f0808080"),
          hex("f08fbfbf"),
          hex("eda080"),
          hex("edbfbf"),
          hex("f4908080"),
          hex("f5808080"),
          hex("80"),
          hex("bf"),
          hex("c3"),
          hex("e282"),
          hex("f09f8d"),
          hex("fe"),
          hex("ff"));

  private static final int HARMLESS = 10;

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  @Test
  void agreesWithANaiveReaderOnWhichFieldIsWrong() {
    int valid = 0;
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      List<byte[]> fields =
          List.of(name(random), name(random), document(random), date(random), number(random));
      byte[] row = Csv.row(AGENCY, fields);
      Field wrong = wrongByNaiveReading(fields);
      int end = RULES.check(row, 0, row.length);
      if (wrong == null) {
        assertThat(end).as("seed %d", seed).isEqualTo(row.length);
        valid++;
      } else {
        assertThat(end).as("seed %d", seed).isNegative();
        BetRow.Flaw flaw = RULES.flaw(row, 0, row.length);
        assertThat(flaw.field()).as("seed %d: %s", seed, flaw).isEqualTo(wrong);
        assertThat(flaw.reason().chars()).as("seed %d: %s", seed, flaw).noneMatch(c -> c < ' ');
      }
    }
    assertThat(valid).as("both kinds must come often").isBetween(2_000, 18_000);
  }

  private static byte[] name(Random random) {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    int kinds = random.nextInt(4) == 0 ? PARTS.size() : HARMLESS;
    for (int i = random.nextInt(random.nextInt(10) == 0 ? 150 : 12); i > 0; i--) {
      name.writeBytes(PARTS.get(random.nextInt(kinds)));
    }
    return name.toByteArray();
  }

  private static byte[] document(Random random) {
    byte[] digits = new byte[random.nextInt(10) == 0 ? random.nextInt(40) : 1 + random.nextInt(20)];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = (byte) ('0' + random.nextInt(10));
    }
    if (digits.length > 0 && random.nextInt(10) == 0) {
      digits[random.nextInt(digits.length)] = (byte) random.nextInt(256);
    }
    return digits;
  }

  private static byte[] date(Random random) {
    boolean odd = random.nextInt(10) == 0;
    return utf8(
        "%04d-%02d-%02d"
            .formatted(
                random.nextInt(odd ? 20_000 : 9999) + (odd ? 0 : 1),
                random.nextInt(odd ? 20 : 12) + (odd ? 0 : 1),
                random.nextInt(odd ? 40 : 31) + (odd ? 0 : 1)));
  }

  private static byte[] number(Random random) {
    return utf8(Integer.toString(random.nextInt(random.nextInt(10) == 0 ? 100_000 : 10_000)));
  }

  private static @Nullable Field wrongByNaiveReading(List<byte[]> fields) {
    for (int name = 0; name < 2; name++) {
      byte[] bytes = fields.get(name);
      if (!isNameableByTheJdk(bytes) || bytes.length > 255 || bytes.length < 1 - name) {
        return name == 0 ? Field.NOMBRE : Field.APELLIDO;
      }
    }
    if (!latin(fields.get(2)).matches("[0-9]{1,20}")) {
      return Field.DOCUMENTO;
    }
    if (!latin(fields.get(3)).matches("[0-9]{4}-[0-9]{2}-[0-9]{2}") || !isDate(fields.get(3))) {
      return Field.NACIMIENTO;
    }
    return latin(fields.get(4)).matches("[0-9]{1,4}") ? null : Field.NUMERO;
  }

  private static boolean isDate(byte[] shaped) {
    int[] parts = Arrays.stream(latin(shaped).split("-")).mapToInt(Integer::parseInt).toArray();
    return parts[0] > 0 && isDateOfJava(parts[0], parts[1], parts[2]);
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Test
  void agreesWithTheJdkOnEveryCodePoint() {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      boolean surrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
      assertAgrees(
          surrogate
              ? new byte[] {
                (byte) 0xed,
                (byte) (0x80 | (codePoint >>> 6 & 0x3f)),
                (byte) (0x80 | (codePoint & 0x3f))
              }
              : utf8(Character.toString(codePoint)));
    }
  }

  @Test
  void agreesWithTheJdkOnEveryOneOrTwoBytesAndWhatMayFollow() {
    for (int first = 0; first < 256; first++) {
      assertAgrees((byte) first);
      for (int second = 0; second < 256; second++) {
        assertAgrees((byte) first, (byte) second);
        for (int third : EDGES) {
          assertAgrees((byte) first, (byte) second, (byte) third);
        }
      }
    }
  }

  @Test
  void agreesWithTheJdkOnSequencesOfFourBytesAtTheEdges() {
    for (int first = 0xe0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        for (int third : EDGES) {
          for (int fourth : EDGES) {
            assertAgrees((byte) first, (byte) second, (byte) third, (byte) fourth);
          }
        }
      }
    }
  }

  private static final int[] EDGES = {
    0x00, 0x0a, 0x20, 0x22, 0x2c, 0x41, 0x7f, 0x80, 0x85, 0x8f, 0x90, 0x9f, 0xa0, 0xa7, 0xa8, 0xa9,
    0xaa, 0xbf, 0xc0, 0xc2, 0xe2, 0xed, 0xf0, 0xff
  };

  private static final List<byte[]> AFTER_THE_NAMES =
      List.of(utf8("1"), utf8("2000-01-01"), utf8("0"));

  private static void assertAgrees(byte... name) {
    boolean expected = isNameableByTheJdk(name);
    byte[] row =
        Csv.row(
            AGENCY,
            List.of(
                name,
                name,
                AFTER_THE_NAMES.get(0),
                AFTER_THE_NAMES.get(1),
                AFTER_THE_NAMES.get(2)));
    if (RULES.check(row, 0, row.length) == row.length != expected) {
      fail("%s is %snameable", HexFormat.of().formatHex(name), expected ? "" : "not ");
    }
  }

  /** Reports what is not UTF-8, unlike the decoder of {@link String}. */
  private static final CharsetDecoder STRICT = StandardCharsets.UTF_8.newDecoder();

  private static final CharBuffer DECODED = CharBuffer.allocate(1024);

  private static boolean isNameableByTheJdk(byte[] bytes) {
    DECODED.clear();
    CoderResult result = STRICT.reset().decode(ByteBuffer.wrap(bytes), DECODED, true);
    DECODED.flip();
    for (int at = 0; at < DECODED.length(); ) {
      int codePoint = Character.codePointAt(DECODED, at);
      boolean nameable =
          !Character.isISOControl(codePoint) && codePoint != 0x2028 && codePoint != 0x2029;
      if (!nameable) {
        return false;
      }
      at += Character.charCount(codePoint);
    }
    return result.isUnderflow();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] row(String... fields) {
    return Csv.rowOf(AGENCY, List.of(fields));
  }

  private static void assertValid(String... fields) {
    assertValid(row(fields));
  }

  private static void assertValid(byte[] row) {
    assertThat(RULES.check(row, 0, row.length)).isEqualTo(row.length);
  }

  private static void assertFlaw(Field field, String reason, String... fields) {
    byte[] row = row(fields);
    assertThat(RULES.check(row, 0, row.length)).isNegative();
    assertThat(RULES.flaw(row, 0, row.length)).isEqualTo(new BetRow.Flaw(field, reason));
  }
}
