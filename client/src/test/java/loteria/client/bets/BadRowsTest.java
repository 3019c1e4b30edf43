package loteria.client.bets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import loteria.protocol.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that are no bets: file, line, field and reason. */
final class BadRowsTest {
  private static final int AGENCY = 3;
  private static final String GOOD = "Ana,Pérez,00012345,1999-03-17,7574";

  @TempDir private Path directory;

  static Stream<Arguments> rows() {
    return Stream.of(
        arguments(",Pérez,1,1999-03-17,1", "nombre", "is empty"),
        arguments("a".repeat(256) + ",Pérez,1,1999-03-17,1", "nombre", "of 256 bytes exceeds 255"),
        arguments("A\tna,Pérez,1,1999-03-17,1", "nombre", "has the forbidden character U+0009"),
        arguments("A\0na,Pérez,1,1999-03-17,1", "nombre", "has the forbidden character U+0000"),
        arguments("Ana,\u007f,1,1999-03-17,1", "apellido", "has the forbidden character U+007F"),
        arguments("Ana,\u0085,1,1999-03-17,1", "apellido", "has the forbidden character U+0085"),
        arguments("Ana,\u2028,1,1999-03-17,1", "apellido", "has the forbidden character U+2028"),
        arguments("Ana,\"a\nb\",1,1999-03-17,1", "apellido", "has the forbidden character U+000A"),
        arguments("Ana,\"a\rb\",1,1999-03-17,1", "apellido", "has the forbidden character U+000D"),
        arguments(
            "Ana,\"a\r\nb\",1,1999-03-17,1", "apellido", "has the forbidden character U+000D"),
        arguments(
            "Ana," + "ñ".repeat(128) + ",1,1999-03-17,1", "apellido", "of 256 bytes exceeds 255"),
        arguments("Ana,Pérez,,1999-03-17,1", "documento", "is empty"),
        arguments("Ana,Pérez,12a,1999-03-17,1", "documento", "'12a' is not digits"),
        arguments("Ana,Pérez,-1,1999-03-17,1", "documento", "'-1' is not digits"),
        arguments("Ana,Pérez, 1,1999-03-17,1", "documento", "' 1' is not digits"),
        arguments("Ana,Pérez,٣,1999-03-17,1", "documento", "'٣' is not digits"),
        arguments(
            "Ana,Pérez," + "1".repeat(21) + ",1999-03-17,1",
            "documento",
            "of 21 digits exceeds 20"),
        arguments("Ana,Pérez,1,,1", "nacimiento", "'' is not a date as YYYY-MM-DD"),
        arguments(
            "Ana,Pérez,1,17/03/1999,1", "nacimiento", "'17/03/1999' is not a date as YYYY-MM-DD"),
        arguments(
            "Ana,Pérez,1,1999-3-17,1", "nacimiento", "'1999-3-17' is not a date as YYYY-MM-DD"),
        arguments(
            "Ana,Pérez,1,1999-02-30,1", "nacimiento", "'1999-02-30' is no day of any calendar"),
        arguments(
            "Ana,Pérez,1,2001-02-29,1", "nacimiento", "'2001-02-29' is no day of any calendar"),
        arguments("Ana,Pérez,1,1999-03-17,", "numero", "is empty"),
        arguments("Ana,Pérez,1,1999-03-17,-1", "numero", "'-1' is not digits"),
        arguments("Ana,Pérez,1,1999-03-17,10000", "numero", "'10000' is not 0 to 9999"),
        arguments("Ana,Pérez,1,1999-03-17,99999999999", "numero", "'99999999999' is not 0 to 9999"),
        arguments("Ana,Pérez,1,1999-03-17,1 ", "numero", "'1 ' is not digits"),
        arguments("Ana,Pérez,1,1999-03-17", "-", "has 4 fields, not 5"),
        arguments("Ana,Pérez,1,1999-03-17,1,", "-", "has 6 fields, not 5"),
        arguments("Ana1", "-", "has 1 field, not 5"),
        arguments(
            "Ana;Pérez;1;1999-03-17;1",
            "-",
            "has 1 field, not 5: it is separated by ';': save it with commas"),
        arguments(
            "Ana\tPérez\t1\t1999-03-17\t1",
            "-",
            "has 1 field, not 5: it is separated by tabs: save it with commas"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aBadRowIsSaidWithItsFirstWrongField(String row, String field, String reason)
      throws Exception {
    for (String end : List.of("\n", "\r\n", "")) {
      for (int before = 0; before <= 2; before++) {
        BadRowException bad = badRowAfter(before, file((GOOD + "\n").repeat(before) + row + end));

        assertThat(bad.field()).isEqualTo(field);
        assertThat(bad.reason()).isEqualTo(reason);
        assertThat(bad.line()).isEqualTo(before + 1);
        assertThat(bad.source()).isEqualTo(directory.resolve("agency-3.csv").toString());
      }
    }
  }

  private static final String NOT_CLOSED = "a quote opens here and is not closed within 64 KiB";

  static Stream<Arguments> unparsable() {
    return Stream.of(
        arguments(
            "\"Ana\"x,P,1,1999-03-17,1\n", "has text between a closing quote and the next comma"),
        arguments("Ana,\"Pérez,1,1999-03-17,1\n", NOT_CLOSED),
        arguments("Ana,Pérez,1,1999-03-17,\"7574", NOT_CLOSED),
        arguments("Ana,\"", NOT_CLOSED),
        arguments("Ana,\"a\"\"", NOT_CLOSED),
        arguments("a".repeat(CsvFile.ROW_BYTES_MAX + 1), "is longer than 64 KiB"),
        arguments("\"" + (GOOD + "\n").repeat(3_000), NOT_CLOSED),
        arguments("\"" + "\"\"".repeat(40_000), NOT_CLOSED),
        arguments(("a".repeat(40_000) + ",").repeat(2), "is longer than 64 KiB"),
        arguments(",".repeat(20_000), "has 20001 fields, not 5"));
  }

  @ParameterizedTest
  @MethodSource("unparsable")
  void whatIsNoRowIsSaidWithItsLine(String row, String reason) throws Exception {
    BadRowException bad = badRowAfter(2, file(GOOD + "\n\n\n" + GOOD + "\n\n" + row));

    assertThat(bad.line()).isEqualTo(6);
    assertThat(bad.field()).isEqualTo("-");
    assertThat(bad.reason()).startsWith(reason).doesNotContain("\n");
  }

  static Stream<Arguments> notUtf8() {
    byte[][] sequences = {
      {(byte) 0xf1}, // ñ in Latin-1
      {(byte) 0xc3}, // cut short
      {(byte) 0xc0, (byte) 0x80}, // longer than needed
      {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, // half of a pair
      {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, // beyond Unicode
      {(byte) 0xff}
    };
    List<String> fields = List.of("nombre", "apellido", "documento", "nacimiento", "numero");
    return Stream.of(sequences)
        .flatMap(bytes ->
            Stream.of(0, 1, 2, 3, 4).map(field -> arguments(bytes, field, fields.get(field))));
  }

  @ParameterizedTest
  @MethodSource("notUtf8")
  void bytesThatAreNoUtf8AreSaidWithTheirField(byte[] bytes, int column, String field)
      throws Exception {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes((GOOD + "\n\n").getBytes(StandardCharsets.UTF_8));
    String[] good = GOOD.split(",", -1);
    for (int i = 0; i < good.length; i++) {
      text.writeBytes(good[i].getBytes(StandardCharsets.UTF_8));
      text.writeBytes(i == column ? bytes : new byte[0]);
      text.write(i < good.length - 1 ? ',' : '\n');
    }

    BadRowException bad = badRowAfter(1, file(text.toByteArray()));

    assertThat(bad.line()).isEqualTo(3);
    assertThat(bad.field()).isEqualTo(field);
    assertThat(bad.reason()).isEqualTo("is not UTF-8");
  }

  @Test
  void linesAreCountedWithTheBlankOnesAndTheQuotedOnes() throws Exception {
    String quoted = "\"Ana \"\"A\"\"\",\"Pérez, hija\",1,1999-03-17,1\r\n";

    assertThat(badRowAfter(3, file("\n" + quoted + "\r\n" + quoted + GOOD + "\n\n\nbad\n")).line())
        .isEqualTo(8);
  }

  @Test
  void theLineOfAQuoteThatIsNotClosedIsWhereItOpens() throws Exception {
    String row = "\"A\nna\",\"P\n" + GOOD + "\n";

    BadRowException bad = badRowAfter(1, file(GOOD + "\n" + row));

    assertThat(bad.line()).isEqualTo(3);
    assertThat(bad.reason()).isEqualTo(NOT_CLOSED);
  }

  static Stream<Arguments> headers() {
    return Stream.of(
        arguments(
            "nombre,apellido,documento,nacimiento,numero",
            "documento",
            "'documento' is not digits: is this a header?"),
        arguments("first name,last name", "-", "has 2 fields, not 5: is this a header?"),
        arguments("bets", "-", "has 1 field, not 5: is this a header?"));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void aHeaderIsCalledOneInTheFirstRowAlone(String row, String field, String reason)
      throws Exception {
    BadRowException first = badRowAfter(0, file("\n" + row + "\n" + GOOD + "\n"));
    assertThat(first.line()).isEqualTo(2);
    assertThat(first.field()).isEqualTo(field);
    assertThat(first.reason()).isEqualTo(reason);

    BadRowException second = badRowAfter(1, file(GOOD + "\n" + row + "\n"));
    assertThat(second.reason()).isEqualTo(reason.replace(": is this a header?", ""));
  }

  @Test
  void utf16IsCalledByItsName() throws Exception {
    for (String charset : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "x-UTF-16LE-BOM")) {
      Path file = file((GOOD + "\n").getBytes(Charset.forName(charset)));
      BadRowException bad =
          catchThrowableOfType(BadRowException.class, () -> BetsFile.at(AGENCY, file).open(false));
      assertThat(bad.line()).isEqualTo(1);
      assertThat(bad.reason()).isEqualTo("looks like UTF-16: save the file as UTF-8");
    }
  }

  private Path file(String text) throws IOException {
    return file(text.getBytes(StandardCharsets.UTF_8));
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("agency-3.csv"), bytes);
  }

  /** What is said after so many good rows, when the file is read carefully. */
  private static BadRowException badRowAfter(int good, Path file) throws Exception {
    Rows.Collector batch = new Rows.Collector(1);
    try (BetSource bets = BetsFile.at(AGENCY, file).open(true)) {
      for (int i = 0; i < good; i++) {
        bets.fill(batch);
        assertThat(batch.take().count()).isEqualTo(1);
      }
      for (int again = 0; again < 2; again++) {
        BadRowException bad = catchThrowableOfType(BadRowException.class, () -> bets.fill(batch));
        assertThat(batch.isEmpty()).isTrue();
        if (again == 1) {
          return bad;
        }
      }
      throw new AssertionError();
    }
  }
}
