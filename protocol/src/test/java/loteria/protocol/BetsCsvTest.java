package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import loteria.lottery.Bet;
import loteria.lottery.Lottery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of bets.csv, held against a real Python where there is one. */
class BetsCsvTest {
  private static final long SEED = 20260301;
  private static final int RANDOM_BETS = 3000;
  private static final long PYTHON_SECONDS = 30;

  /** Fields of a bet are one in a line: none has a line break. */
  private static final String STORE =
      """
      import csv, datetime, sys
      lines = open(sys.argv[1], newline='\\n').read().split('\\n')
      with open(sys.argv[2], 'a+') as file:
          writer = csv.writer(file, quoting=csv.QUOTE_MINIMAL)
          for i in range(0, len(lines) - 1, 6):
              agency, first, last, document, birthdate, number = lines[i:i + 6]
              writer.writerow([int(agency), first, last, document,
                               datetime.date.fromisoformat(birthdate), int(number)])
      """;

  private static final String LOAD =
      """
      import csv, datetime, sys
      with open(sys.argv[1], 'r') as file, open(sys.argv[2], 'w', newline='\\n') as lines:
          for row in csv.reader(file, quoting=csv.QUOTE_MINIMAL):
              assert len(row) == 6, row
              birthdate = datetime.date.fromisoformat(row[4])
              for field in (int(row[0]), row[1], row[2], row[3], birthdate, int(row[5])):
                  lines.write(f'{field}\\n')
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path directory;

  @Test
  void writesByteForByteWhatPythonWrites() throws IOException, InterruptedException {
    List<Bet> bets = bets();
    Path lines = Files.writeString(directory.resolve("lines"), lines(bets));
    Path stored = directory.resolve("bets.csv");
    python(STORE, lines, stored);

    assertThat(rows(bets)).isEqualTo(Files.readString(stored));
  }

  @Test
  void isReadBackByPythonToTheSameBets() throws IOException, InterruptedException {
    List<Bet> bets = bets();
    Path stored = Files.writeString(directory.resolve("bets.csv"), rows(bets));
    Path lines = directory.resolve("lines");
    python(LOAD, stored, lines);

    assertThat(Files.readString(lines)).isEqualTo(lines(bets));
  }

  @Test
  void quotesOnlyWhatNeedsIt() {
    LocalDate date = LocalDate.of(987, 6, 5);
    assertThat(rows(List.of(new Bet(1, "José", "", "007", date, 0))))
        .isEqualTo("1,José,,007,0987-06-05,0\r\n");
    assertThat(rows(List.of(new Bet(65_535, "a,b", "\"", "1", date, 9999))))
        .isEqualTo("65535,\"a,b\",\"\"\"\",1,0987-06-05,9999\r\n");
    assertThat(rows(List.of(new Bet(10, " a'b ", "#;c\\", "1", date, 100))))
        .isEqualTo("10, a'b ,#;c\\,1,0987-06-05,100\r\n");
  }

  @Test
  void aRowTakesTheStatedBytesAtTheMost() {
    String quotes = "\"".repeat(Bet.NAME_BYTES_MAX);
    Bet longest =
        new Bet(
            Lottery.AGENCIES_MAX,
            quotes,
            quotes,
            "9".repeat(Bet.DOCUMENT_DIGITS_MAX),
            LocalDate.of(9999, 12, 31),
            Bet.NUMBER_MAX);
    assertThat(rows(List.of(longest))).hasSize(BetsCsv.ROW_BYTES_MAX);
    for (Bet bet : bets()) {
      assertThat(rows(List.of(bet)).getBytes(StandardCharsets.UTF_8))
          .as("seed %d, %s", SEED, bet)
          .hasSizeLessThanOrEqualTo(BetsCsv.ROW_BYTES_MAX);
    }
  }

  private static String rows(List<Bet> bets) {
    StringBuilder all = new StringBuilder();
    for (Bet bet : bets) {
      BetCursor cursor = Golden.bets(bet).cursor();
      assertThat(cursor.next()).isTrue();
      ByteBuffer row = ByteBuffer.allocate(BetsCsv.ROW_BYTES_MAX);
      BetsCsv.putRow(bet.agency(), cursor, row);
      all.append(StandardCharsets.UTF_8.decode(row.flip()));
    }
    return all.toString();
  }

  private static String lines(List<Bet> bets) {
    StringBuilder lines = new StringBuilder();
    for (Bet bet : bets) {
      lines
          .append(bet.agency())
          .append('\n')
          .append(bet.firstName())
          .append('\n')
          .append(bet.lastName())
          .append('\n')
          .append(bet.document())
          .append('\n')
          .append(bet.birthDate())
          .append('\n')
          .append(bet.number())
          .append('\n');
    }
    return lines.toString();
  }

  private static List<Bet> bets() {
    List<String> names =
        List.of(
            "María José Ñandú Güemes",
            "O'Higgins, Bernardo",
            "Juan \"El Rápido\"",
            "\"",
            "\"\"",
            ",",
            ",\",\"",
            " blank before",
            "blank after ",
            " ",
            "#no comment",
            "'single'",
            "back\\slash",
            "a;b\u00a0c",
            "\ufeffBOM",
            "🎲🎉",
            "Ñ".repeat(127),
            "x".repeat(255),
            "\"".repeat(255),
            "=1+1",
            "0",
            "None",
            "null");
    List<Bet> bets = new ArrayList<>();
    for (String first : names) {
      for (String last : names) {
        bets.add(new Bet(1, first, last, "00123", LocalDate.of(2000, 2, 29), 7574));
      }
      bets.add(new Bet(65_535, first, "", "1", LocalDate.of(1, 1, 1), 0));
    }
    Random random = new Random(SEED);
    for (int i = 0; i < RANDOM_BETS; i++) {
      bets.add(random(random));
    }
    return bets;
  }

  private static Bet random(Random random) {
    return new Bet(
        1 + random.nextInt(Lottery.AGENCIES_MAX),
        name(random, 1),
        name(random, 0),
        Long.toString(random.nextLong(100_000_000)),
        LocalDate.of(1, 1, 1).plusDays(random.nextInt(3_652_000)),
        random.nextInt(Bet.NUMBER_MAX + 1));
  }

  private static String name(Random random, int lengthMin) {
    String hard = "\",' #;\\abc\tñá";
    StringBuilder name = new StringBuilder();
    int length = lengthMin + random.nextInt(12);
    while (name.length() < length) {
      int codePoint =
          random.nextInt(3) > 0
              ? hard.charAt(random.nextInt(hard.length()))
              : random.nextInt(Character.MAX_CODE_POINT + 1);
      if (Bet.isNameable(codePoint)) {
        name.appendCodePoint(codePoint);
      }
    }
    return name.toString();
  }

  private void python(String program, Path from, Path to) throws IOException, InterruptedException {
    Path script = Files.writeString(directory.resolve("script.py"), program);
    ProcessBuilder builder =
        new ProcessBuilder("python3", script.toString(), from.toString(), to.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("said").toFile());
    builder.environment().put("PYTHONUTF8", "1");
    Process python;
    try {
      python = builder.start();
    } catch (IOException absent) {
      assumeTrue(
          false, "there is no python3 here to hold the rows against: " + absent.getMessage());
      return;
    }
    try {
      assertThat(python.waitFor(PYTHON_SECONDS, TimeUnit.SECONDS)).as("python3 in time").isTrue();
    } finally {
      python.destroyForcibly();
    }
    assertThat(python.exitValue())
        .as("python3 said %s", Files.readString(directory.resolve("said")))
        .isZero();
  }
}
