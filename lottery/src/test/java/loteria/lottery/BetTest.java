package loteria.lottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BetTest {
  @Test
  void isParsedFromTheFiveTextsOfARow() {
    assertThat(Bet.parse(3, "Santiago Lionel", "Lorca", "30904465", "1999-03-17", "2201"))
        .isEqualTo(
            new Bet(3, "Santiago Lionel", "Lorca", "30904465", LocalDate.of(1999, 3, 17), 2201));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "María José",
        "Ñandú Núñez",
        "O'Higgins",
        "de la Fuente, hijo",
        "\"El Negro\"",
        " leading and trailing ",
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
    Bet bet = Bet.parse(1, name, name, "1", "2000-01-01", "0");
    assertThat(bet.firstName()).isEqualTo(name);
    assertThat(bet.lastName()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "0000", "0009", "000A", "000D", "001F", "007F", "0080", "0085", "009F", "2028", "2029", "D800",
    "DBFF", "DC00", "DFFF"
  })
  void refusesControlCharactersLineBreaksAndHalvesOfPairs(String hex) {
    String name = "a" + (char) Integer.parseInt(hex, 16) + "b";
    assertRefused(
        Bet.Field.NOMBRE,
        "has the forbidden character U+" + hex,
        name,
        "b",
        "1",
        "2000-01-01",
        "0");
    assertRefused(
        Bet.Field.APELLIDO,
        "has the forbidden character U+" + hex,
        "a",
        name,
        "1",
        "2000-01-01",
        "0");
  }

  @ParameterizedTest
  @CsvSource({"0020", "007E", "00A0", "2027", "202A", "D7FF", "E000"})
  void acceptsTheNeighboursOfForbiddenCharacters(String hex) {
    String name = Character.toString(Integer.parseInt(hex, 16));
    assertThat(Bet.parse(1, name, name, "1", "2000-01-01", "0").firstName()).isEqualTo(name);
  }

  @Test
  void boundsNamesInBytesOfUtf8() {
    String longest = "ñ".repeat(127) + "n";
    assertThat(Bet.parse(1, longest, longest, "1", "2000-01-01", "0").lastName())
        .isEqualTo(longest);
    String reason = "of 256 bytes exceeds 255";
    String tooLong = "ñ".repeat(128);
    assertRefused(Bet.Field.NOMBRE, reason, tooLong, "b", "1", "2000-01-01", "0");
    assertRefused(Bet.Field.APELLIDO, reason, "a", tooLong, "1", "2000-01-01", "0");
  }

  @Test
  void needsAFirstNameButNoLastName() {
    assertRefused(Bet.Field.NOMBRE, "is empty", "", "b", "1", "2000-01-01", "0");
    assertThat(Bet.parse(1, "a", "", "1", "2000-01-01", "0").lastName()).isEmpty();
  }

  @Test
  void keepsTheLeadingZerosOfADocument() {
    assertThat(Bet.parse(1, "a", "b", "00012", "2000-01-01", "0").document()).isEqualTo("00012");
  }

  @Test
  void boundsDocumentsInDigits() {
    String longest = "9".repeat(20);
    assertThat(Bet.parse(1, "a", "b", longest, "2000-01-01", "0").document()).isEqualTo(longest);
    assertRefused(
        Bet.Field.DOCUMENTO, "of 21 digits exceeds 20", "a", "b", longest + "9", "2000-01-01", "0");
    assertRefused(Bet.Field.DOCUMENTO, "is empty", "a", "b", "", "2000-01-01", "0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"12a", "-1", "+1", "1 2", "1.2", " 1", "١٢", "１"})
  void refusesADocumentThatIsNotAsciiDigits(String document) {
    assertRefused(
        Bet.Field.DOCUMENTO,
        "'" + document + "' is not digits",
        "a",
        "b",
        document,
        "2000-01-01",
        "0");
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
        "19990317",
        " 1999-03-1",
        "1999-03-177",
        "-999-03-17",
        "+999-03-17",
        "199x-03-17",
        "1999-0x-17",
        "1999-03-1x",
        "1999-03-１"
      })
  void refusesADateOfAnotherShape(String date) {
    assertRefused(
        Bet.Field.NACIMIENTO,
        "'" + date + "' is not a date as YYYY-MM-DD",
        "a",
        "b",
        "1",
        date,
        "0");
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
    assertRefused(
        Bet.Field.NACIMIENTO, "'" + date + "' is no day of any calendar", "a", "b", "1", date, "0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001-01-01", "9999-12-31", "2000-02-29", "1996-02-29", "1999-04-30"})
  void acceptsEveryOtherDay(String date) {
    assertThat(Bet.parse(1, "a", "b", "1", date, "0").birthDate()).isEqualTo(date);
  }

  @Test
  void agreesWithJavaOnWhatADayIs() {
    int disagreements = 0;
    for (int year = -1; year <= 10_000; year++) {
      for (int month = 0; month <= 13; month++) {
        for (int day : new int[] {0, 1, 28, 29, 30, 31, 32}) {
          boolean expected = year >= 1 && year <= 9999 && isDateOfJava(year, month, day);
          disagreements += Bet.isDate(year, month, day) == expected ? 0 : 1;
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

  @Test
  void refusesADateOfAnotherYearThanOneOfFourDigits() {
    for (int year : new int[] {0, 10_000}) {
      assertThatExceptionOfType(InvalidBetException.class)
          .isThrownBy(() -> new Bet(1, "a", "b", "1", LocalDate.of(year, 1, 1), 0))
          .satisfies(refused -> assertThat(refused.field()).isEqualTo(Bet.Field.NACIMIENTO))
          .withMessageEndingWith("is not of the years 1 to 9999");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "9999, 9999", "0007, 7", "000000007, 7"})
  void acceptsNumbersFromZeroToTheLargest(String text, int number) {
    assertThat(Bet.parse(1, "a", "b", "1", "2000-01-01", text).number()).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10000", "-1", "+1", "1.0", "7 ", "x", "99999999999999999999", "７"})
  void refusesAnyOtherNumber(String number) {
    assertRefused(
        Bet.Field.NUMERO, "'" + number + "' is not 0 to 9999", "a", "b", "1", "2000-01-01", number);
  }

  @Test
  void needsANumber() {
    assertRefused(Bet.Field.NUMERO, "is empty", "a", "b", "1", "2000-01-01", "");
  }

  @Test
  void cannotHaveANegativeNumber() {
    assertThatExceptionOfType(InvalidBetException.class)
        .isThrownBy(() -> new Bet(1, "a", "b", "1", LocalDate.EPOCH, -1))
        .withMessage("'-1' is not 0 to 9999");
  }

  @Test
  void namesTheFirstOfSeveralWrongFields() {
    assertRefused(Bet.Field.NOMBRE, "is empty", "", "\n", "x", "x", "x");
    assertRefused(
        Bet.Field.APELLIDO, "has the forbidden character U+000A", "a", "\n", "x", "x", "x");
    assertRefused(Bet.Field.DOCUMENTO, "'x' is not digits", "a", "b", "x", "x", "x");
    assertRefused(Bet.Field.NACIMIENTO, "'x' is not a date as YYYY-MM-DD", "a", "b", "1", "x", "x");
  }

  @Test
  void callsItsFieldsAsTheCourseDoes() {
    assertThat(Bet.Field.values())
        .extracting(Bet.Field::toString)
        .containsExactly("nombre", "apellido", "documento", "nacimiento", "numero");
  }

  private static void assertRefused(
      Bet.Field field,
      String reason,
      String firstName,
      String lastName,
      String document,
      String birthDate,
      String number) {
    assertThatExceptionOfType(InvalidBetException.class)
        .isThrownBy(() -> Bet.parse(1, firstName, lastName, document, birthDate, number))
        .satisfies(refused -> {
          assertThat(refused.field()).isEqualTo(field);
          assertThat(refused.reason()).isEqualTo(reason);
        });
  }
}
