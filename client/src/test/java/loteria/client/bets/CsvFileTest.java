package loteria.client.bets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvFileTest {
  private static final int AGENCY = 3;
  private static final Bet ANA =
      new Bet(AGENCY, "Ana", "Pérez", "00012345", LocalDate.of(1999, 3, 17), 7574);
  private static final Bet INIGO =
      new Bet(AGENCY, "Íñigo José", "", "7", LocalDate.of(2000, 2, 29), 0);

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ana,Pérez,00012345,1999-03-17,7574\nÍñigo José,,7,2000-02-29,0\n",
        "Ana,Pérez,00012345,1999-03-17,7574\nÍñigo José,,7,2000-02-29,0",
        "Ana,Pérez,00012345,1999-03-17,7574\r\nÍñigo José,,7,2000-02-29,0\r\n",
        "Ana,Pérez,00012345,1999-03-17,7574\r\nÍñigo José,,7,2000-02-29,0",
        "Ana,Pérez,00012345,1999-03-17,7574\nÍñigo José,,7,2000-02-29,0\r\n",
        "\n\nAna,Pérez,00012345,1999-03-17,7574\n\r\n\nÍñigo José,,7,2000-02-29,0\n\n\r\n",
        "\"Ana\",\"Pérez\",\"00012345\",\"1999-03-17\",\"7574\"\nÍñigo José,\"\",7,2000-02-29,\"0\""
      })
  void rowsEndInAnyOfTheUsualWays(String text) throws Exception {
    assertThat(bets(file(text))).containsExactly(ANA, INIGO);
  }

  @Test
  void quotedFieldsHoldCommasQuotesAndBlanks() throws Exception {
    Path file =
        file(
            "\"Zoë \"\"la Rápida\"\"\",\"de la Fuente, hija\",1,1999-03-17,1\n"
                + " #a, b ,2,1999-03-17,2\n");

    assertThat(bets(file))
        .extracting(Bet::firstName, Bet::lastName)
        .containsExactly(tuple("Zoë \"la Rápida\"", "de la Fuente, hija"), tuple(" #a", " b "));
  }

  @Test
  void manyRowsAreReadAsTheyWereWritten() throws Exception {
    List<Bet> bets = MadeUpBets.of(AGENCY, 5_000);

    assertThat(bets(file(MadeUpBets.csv(bets)))).isEqualTo(bets);
  }

  /** The library reads what has quotes, and so is the reference for what has none. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aPlainRowIsTheSameBetAsTheSameRowInQuotes(long seed) throws Exception {
    Random random = new Random(seed);
    List<Bet> bets = MadeUpBets.of(AGENCY, 4_000);
    StringBuilder plain = new StringBuilder();
    StringBuilder mixed = new StringBuilder();
    for (String row : MadeUpBets.csv(bets).lines().toList()) {
      String end = random.nextBoolean() ? "\n" : "\r\n";
      boolean quoted = !row.contains("\"") && random.nextInt(3) == 0;
      plain.append(row).append(end);
      mixed.append(quoted ? '"' + row.replace(",", "\",\"") + '"' : row).append(end);
    }

    assertThat(bets(file(plain.toString()))).as("seed %d", seed).isEqualTo(bets);
    assertThat(bets(file(mixed.toString()))).as("seed %d", seed).isEqualTo(bets);
  }

  @Test
  void linesMayEndAsOnOldMachines() throws Exception {
    String row = "Ana,Pérez,00012345,1999-03-17,7574\r";

    assertThat(bets(file(row.repeat(5_000)))).hasSize(5_000).containsOnly(ANA);
    assertThat(bets(file(row.repeat(3) + "\n" + row))).containsExactly(ANA, ANA, ANA, ANA);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n\r\n"})
  void aFileWithoutRowsHasNoBets(String text) throws Exception {
    assertThat(bets(file(text))).isEmpty();
  }

  @Test
  void aByteOrderMarkIsRefusedByName() throws Exception {
    Path file = file("\uFEFFAna,Pérez,00012345,1999-03-17,7574\n");

    assertThat(badRow(() -> BetsFile.at(AGENCY, file).open(false)))
        .isEqualTo(
            new Where(
                file.toString(),
                1,
                "-",
                "starts with a byte order mark (BOM): save the file as UTF-8 without it"));
  }

  @Test
  void aFileThatIsNotThereCannotBeRead() {
    Path file = directory.resolve("agency-3.csv");

    assertThat(unreadable(file)).isEqualTo(file + " does not exist");
  }

  @Test
  void aDirectoryCannotBeRead() {
    assertThat(unreadable(directory)).isEqualTo(directory + " cannot be read: Is a directory");
  }

  @Test
  void aFileThatIsForOthersCannotBeRead() throws Exception {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may read anything");
    Path file = file("Ana,Pérez,1,1999-03-17,1\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));

    assertThat(unreadable(file)).isEqualTo(file + " may not be read");
  }

  private String unreadable(Path file) {
    return String.valueOf(
        catchThrowableOfType(
                BetsFile.UnreadableException.class,
                () -> BetsFile.at(AGENCY, file).open(false).close())
            .getMessage());
  }

  @Test
  void aSourceIsClosedTwiceWithoutHarm() throws Exception {
    BetSource bets = BetsFile.at(AGENCY, file("Ana,Pérez,1,1999-03-17,1\n")).open(false);

    bets.close();
    bets.close();
  }

  private Path file(String text) throws IOException {
    return file(text.getBytes(StandardCharsets.UTF_8));
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("agency-3.csv"), bytes);
  }

  /** The bets of the file, which are the same both ways and however large the batches are. */
  private static List<Bet> bets(Path file) throws Exception {
    List<Bet> bets = bets(file, false, 99);
    assertThat(bets(file, true, 99)).isEqualTo(bets);
    if (bets.size() < 10) {
      assertThat(bets(file, false, 1)).isEqualTo(bets);
      assertThat(bets(file, true, 1)).isEqualTo(bets);
    }
    return bets;
  }

  private static List<Bet> bets(Path file, boolean careful, int betsMax) throws Exception {
    try (BetSource source = BetsFile.at(AGENCY, file).open(careful)) {
      List<Bet> bets = new ArrayList<>();
      Bet.forEachBatch(source, betsMax, rows -> bets.addAll(Bet.of(rows)));
      return bets;
    }
  }

  /** What a bad row says of itself. */
  private record Where(String source, long line, String field, String reason) {}

  private static Where badRow(ThrowingCallable reading) {
    BadRowException bad = catchThrowableOfType(BadRowException.class, reading);
    return new Where(bad.source(), bad.line(), bad.field(), bad.reason());
  }
}
