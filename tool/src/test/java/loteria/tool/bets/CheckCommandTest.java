package loteria.tool.bets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import loteria.tool.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CheckCommandTest {
  private static final String BET = "Ana,Paz,11,1990-02-28,7574\n";

  @TempDir private Path directory;

  @Test
  void findsNothingInWhatIsGenerated() throws IOException {
    GenerateCommand.write(directory, new BetsOrder(1, 2, 1000, OptionalLong.empty(), 7574));
    Path first = directory.resolve("agency-1.csv");
    Path second = directory.resolve("agency-2.csv");
    Told told = Told.byLoteria("check", first, second);
    assertThat(told.err()).isEmpty();
    assertThat(told.out())
        .isEqualTo(
            """
            %s: 750 bets, 0 rows that are no bets
            %s: 250 bets, 0 rows that are no bets
            """
                .formatted(first, second));
    assertThat(told.code()).isZero();
  }

  @Test
  void namesEveryRowThatIsNoBet() throws IOException {
    Path file =
        file(
            BET
                + "Ana,Paz,x,1990-02-28,7574\r\n"
                + "\n"
                + "\"a \"\"b\"\", c\",Paz,11,1990-02-28,07574\n"
                + "Ana,Paz,11,1990-02-30,7574\n"
                + "Ana,Paz,11,1990-02-28,10000\n"
                + "Ana,Paz,11,1990-02-28\n"
                + ",Paz,11,1990-02-28,1");
    Told told = Told.byLoteria("check", file);
    assertThat(told.out().replace(file + ": ", ""))
        .isEqualTo(
            """
            line 2: documento 'x' is not digits
            line 5: nacimiento '1990-02-30' is no day of any calendar
            line 6: numero '10000' is not 0 to 9999
            line 7: has 4 fields, not 5
            line 8: nombre is empty
            2 bets, 5 rows that are no bets
            """);
    assertThat(told.code()).isEqualTo(1);
  }

  @Test
  void namesTheFirstHundredAndCountsTheRest() throws IOException {
    Path file = file("Ana,Paz,x,1990-02-28,7574\n".repeat(1234));
    Told told = Told.byLoteria("check", file);
    assertThat(told.out().lines()).hasSize(102);
    assertThat(told.out())
        .contains("line 100: ", "1,134 more rows that are no bets", "0 bets, 1,234 rows")
        .doesNotContain("line 101: ");
  }

  @Test
  void hintsAtRowsThatAreThereTwice() throws IOException {
    String other = "Bruno,Paz,12,1990-02-28,7574\n";
    Path file = file(other + BET + "\n" + BET + other + BET);
    Told told = Told.byLoteria("check", file);
    assertThat(told.out().lines())
        .containsExactly(
            file
                + ": 3 rows are there already, the first in line 4, which is line 2 again: a"
                + " mistake?",
            file + ": 5 bets, 0 rows that are no bets");
    assertThat(told.code()).isZero();
  }

  @Test
  void takesALetterForABetThoughItBeginsAsAByteOrderMarkDoes() throws IOException {
    Told told = Told.byLoteria("check", file("\ufec0,Paz,11,1990-02-28,7574\n"));
    assertThat(told.code()).as(told.out()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "'Ana;Paz;11;1990-02-28;7574', ISO-8859-1, ': it is separated by '';'': save it with commas'",
    "'Ana\tPaz\t11\t1990-02-28\t7574', ISO-8859-1, : it is separated by tabs: save it with commas",
    "'nombre,apellido,documento,nacimiento,numero', ISO-8859-1, : is this a header?",
    "'Ñandú,Paz,11,1990-02-28,7574', ISO-8859-1, line 1: nombre is not UTF-8",
    "'Ana,Paz,11,1990-02-28,7574', UTF-16, line 1: looks like UTF-16: save the file as UTF-8",
    "'Ana,Paz,11,1990-02-28,7574', UTF-16LE, line 1: looks like UTF-16: save the file as UTF-8",
    "'\ufeffAna,Paz,11,1990-02-28,7574', UTF-8, line 1: starts with a byte order mark (BOM)",
    "'Ana,Paz,11\u200b,1990-02-28,7574', UTF-8, 'line 1: documento ''11<U+200B>'' is not digits'",
    "'\"Ana,Paz,11,1990-02-28,7574', UTF-8, line 1: a quote opens here and is not closed",
    "'Ana,Paz,11,1990-02-28,7574\nAna,\"Paz,11,1990-02-28,7574', UTF-8, line 2: a quote opens here",
  })
  void saysWhatAFileLooksLike(String text, String charset, String what) throws IOException {
    Path file = directory.resolve("agency-1.csv");
    Files.write(file, text.getBytes(Charset.forName(charset)));
    Told told = Told.byLoteria("check", file);
    assertThat(told.out()).contains(what);
    assertThat(told.code()).isEqualTo(1);
  }

  @Test
  void endsAtARowThatDoesNotEnd() throws IOException {
    String rest = "Ana,Paz,11,1990-02-28,7574\n".repeat(5000);
    assertThat(Told.byLoteria("check", file(BET + "\"" + rest)).out())
        .contains("line 2: a row of more than 64 KiB begins here: is there a quote that is not")
        .contains("1 bet, 1 row that is no bet\n");
    assertThat(Told.byLoteria("check", file(BET + "x".repeat(100_000) + "\n" + BET)).out())
        .contains("line 2: a row of more than 64 KiB begins here");
  }

  @Test
  void readsGzip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(BET.repeat(10).getBytes(StandardCharsets.UTF_8));
    }
    Path file = directory.resolve("agency-1.csv.gz");
    Files.write(file, bytes.toByteArray());
    assertThat(Told.byLoteria("check", file).out()).contains("10 bets, 0 rows");
    Path named = Files.write(directory.resolve("of another name"), bytes.toByteArray());
    assertThat(Told.byLoteria("check", named).out()).contains("10 bets, 0 rows");

    Files.write(file, Arrays.copyOf(bytes.toByteArray(), bytes.size() - 9));
    Told told = Told.byLoteria("check", file);
    assertThat(told.err())
        .isEqualTo("loteria check: %s: is truncated: its gzip data end too early%n", file);
    assertThat(told.code()).isEqualTo(1);

    Files.writeString(file, BET);
    assertThat(Told.byLoteria("check", file).err()).contains("is no valid gzip data: ");
  }

  @Test
  void saysHowManyBetsWereCompared() throws IOException {
    String other = BET.replace("11", "12");
    assertThat(checked(2, BET + other + other))
        .contains("only the first 2 bets were compared with each other")
        .doesNotContain("mistake");
    assertThat(checked(3, BET + other + other))
        .contains("1 row is there already, the first in line 3, which is line 2 again: a mistake?")
        .doesNotContain("only");
  }

  private String checked(int comparedMax, String text) throws IOException {
    StringWriter out = new StringWriter();
    int code =
        new CommandLine(new CheckCommand(InputStream.nullInputStream(), comparedMax))
            .setOut(new PrintWriter(out))
            .execute(file(text).toString());
    assertThat(code).isZero();
    return out.toString();
  }

  @Test
  void goesOnAfterAFileThatCannotBeRead() throws IOException {
    Path missing = directory.resolve("missing.csv");
    Told told = Told.byLoteria("check", missing, file(BET));
    assertThat(told.err())
        .isEqualTo("loteria check: %s: there is no such file or directory%n", missing);
    assertThat(told.out()).contains("1 bet, 0 rows that are no bets");
    assertThat(Told.byLoteria("check", directory).err())
        .isEqualTo("loteria check: %s: Is a directory%n", directory);
    assertThat(told.code()).isEqualTo(1);
  }

  @Test
  void takesAHyphenForTheStandardInput() {
    String rows = BET + BET + "Ana,Paz,x,1990-02-28,7574\n";
    StringWriter said = new StringWriter();
    InputStream input = new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8));
    int code =
        new CommandLine(new CheckCommand(input)).setOut(new PrintWriter(said, true)).execute("-");
    assertThat(said.toString().lines())
        .containsExactly(
            "standard input: line 3: documento 'x' is not digits",
            "standard input: 1 row is there already, the first in line 2, which is line 1 again:"
                + " a mistake?",
            "standard input: 2 bets, 1 row that is no bet");
    assertThat(code).isEqualTo(1);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("agency-1.csv"), text);
  }
}
