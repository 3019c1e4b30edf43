package loteria.tool.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import loteria.protocol.Message;
import loteria.protocol.Rows;
import loteria.tool.Told;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DumpCommandTest {
  @TempDir private Path directory;
  private MadeLottery made;

  @BeforeEach
  void holdADraw() {
    made = MadeLottery.drawn(directory).lay();
  }

  @Test
  void showsALineForEachRecord() {
    Told told = dump();
    assertThat(told.code()).isZero();
    List<String> lines = told.out().lines().toList();
    assertThat(lines).hasSize(1 + 9 + 1);
    assertThat(words(lines.get(0)))
        .containsExactlyElementsOf(
            words("offset record kind agency first last count checksum bytes"));
    Rows rows = ((Message.Batch) made.entries.get(2)).rows();
    assertShown(lines, 2, "batch 1 2 3 2 %08x %d".formatted(rows.checksum(), 20 + rows.length()));
    assertShown(lines, 5, "finish 2 - - 0 00000000 22");
    assertShown(
        lines, 7, "sealed - - - 6 - 56 sha256 " + made.sha256() + " at 2026-01-02T03:04:05.678Z");
    assertShown(lines, 8, "drawn - - - 3 - 26 number 7574 at 2026-01-02T03:04:06Z");
    assertThat(lines.getLast()).startsWith("# 9 records in 8 blocks, ").endsWith(" bytes");
  }

  @Test
  void showsWhoWasClosedAndWhatTheSealIsWithout() {
    made = MadeLottery.drawnWithoutTwo(directory).lay();
    List<String> lines = dump().out().lines().toList();
    assertShown(lines, 4, "closed 3 - - 2 - 27 reason no llegó");
    assertThat(lines.get(8))
        .endsWith(" 60 sha256 " + made.sha256() + " without 2,3 at 2026-01-02T03:04:05.678Z");
    assertThat(dump("--agency", "2").out().lines()).hasSize(3);
  }

  @Test
  void showsBetsOnlyWhenAsked() {
    assertThat(dump().out()).doesNotContain("Ana", "0012", "1990");
    assertThat(dump("--bets").out().lines().map(String::strip))
        .containsSubsequence(
            "0 1,Ana,Paz,11,1990-02-28,7574",
            "1 1,Bruno,Paz,0012,1990-02-28,1",
            "0 3,\"Carla \"\"La, Mora\"\"\",Paz,31,1990-02-28,75",
            "3 1,Ana,Paz,11,1990-02-28,7574",
            "1 3,Élida,Paz,32,1990-02-28,7574");
  }

  @Test
  void showsWhatCannotBeSeenInABet() {
    MadeLottery hidden = MadeLottery.fresh(directory);
    hidden.entries.add(MadeLottery.batch(1, 0, MadeLottery.bet(1, "a\u202eb", "1", 7)));
    hidden.lay();
    assertThat(dump("--bets").out()).contains(" 1,a<U+202E>b,Paz,").doesNotContain("\u202e");
  }

  @ParameterizedTest
  @CsvSource({
    "--records 2-3, 2 3",
    "--records 8-, 8 9",
    "--records -2, 1 2",
    "--records 4, 4",
    "--records 10-12, ''",
    "--agency 3, 2 4 5",
    "--agency 4, ''",
    "--from OFFSET4 --to OFFSET6, 5 6 7",
    "--from OFFSET7, 8 9",
    "--to OFFSET0, 1",
    "--agency 1 --records 2-5, 3",
  })
  void showsWhatIsSelected(String options, String records) {
    String line = options;
    for (int entry = 0; entry < 9; entry++) {
      line = line.replace("OFFSET" + entry, "" + made.offsetOf(entry));
    }
    List<String> lines = dump((Object[]) line.split(" ", -1)).out().lines().toList();
    assertThat(lines.subList(1, lines.size() - 1).stream().map(shown -> words(shown).get(1)))
        .containsExactlyElementsOf(words(records));
  }

  @Test
  void showsWhatPrecedesDamageAndSaysWhereItIs() throws IOException {
    byte[] journal = Files.readAllBytes(made.journal());
    journal[(int) made.offsetOf(4) + 9] ^= 4;
    Files.write(made.journal(), journal);
    Told told = dump();
    assertThat(told.out().lines()).hasSize(1 + 4);
    assertThat(told.err())
        .startsWith("loteria dump: journal damaged at offset %d: ".formatted(made.blockOf(4)));
    assertThat(told.code()).isEqualTo(1);
  }

  @Test
  void saysHowMuchIsTorn() throws IOException {
    byte[] journal = Files.readAllBytes(made.journal());
    Files.write(made.journal(), Arrays.copyOf(journal, journal.length - 1));
    Told told = dump();
    assertThat(told.out().lines().toList().getLast())
        .isEqualTo(
            "# 8 records in 7 blocks, %d bytes, then %d bytes of an unfinished or damaged write"
                .formatted(made.blockOf(8), journal.length - 1 - made.blockOf(8)));
    assertThat(told.code()).isZero();
  }

  @Test
  void showsARecordThatIsNoneOfALotteryAndGoesOn() throws IOException {
    long offset = Files.size(made.journal()) + 24;
    made.append(new Message.Pong());
    made.append(made.seal());
    Told told = dump();
    List<String> lines = told.out().lines().toList();
    assertThat(lines.get(10)).contains("unknown", "a Pong is never journalled");
    assertThat(lines.get(11)).contains("sealed");
    assertThat(told.err())
        .isEqualTo(
            "loteria dump: journal: at offset %d: a record that is not of a lottery: %s%n"
                .formatted(offset, "a Pong is never journalled"));
    assertThat(told.code()).isEqualTo(1);
  }

  @Test
  void takesADataDirectoryAsWell() {
    assertThat(Told.byLoteria("dump", directory).out()).isEqualTo(dump().out());
    Path missing = directory.resolve("missing");
    Told told = Told.byLoteria("dump", missing);
    assertThat(told.out()).isEmpty();
    assertThat(told.err())
        .isEqualTo("loteria dump: %s: there is no such file or directory%n", missing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dump", "verify", "winners", "export"})
  void refusesAJournalThatIsADirectory(String command) throws IOException {
    Path other = directory.resolve("other");
    Path journal = Files.createDirectories(other.resolve("journal"));
    Told told = Told.byLoteria(command, other);
    assertThat(told.out()).isEmpty();
    assertThat(told.err()).isEqualTo("loteria %s: %s: it is no regular file%n", command, journal);
  }

  /** It is no data directory, whatever its name. */
  @ParameterizedTest
  @ValueSource(strings = {"journal", "empty"})
  void looksIntoNoDirectoryWithoutAJournal(String name) throws IOException {
    Path without = Files.createDirectories(directory.resolve("other").resolve(name));
    Told told = Told.byLoteria("dump", without);
    assertThat(told.out()).isEmpty();
    assertThat(told.err()).isEqualTo("loteria dump: %s: it is no regular file%n", without);
    assertThat(told.code()).isEqualTo(1);
  }

  @Test
  void takesADataDirectoryOfTheNameOfAJournal() throws IOException {
    Path named = Files.createDirectory(directory.resolve("other-journal")).resolve("journal");
    Files.createDirectory(named);
    Files.copy(made.journal(), named.resolve("journal"));
    assertThat(Told.byLoteria("dump", named).out()).isEqualTo(dump().out());
  }

  @Test
  void refusesWhatIsNoJournal() throws IOException {
    Told told = Told.byLoteria("dump", made.sealedFile());
    assertThat(told.err()).startsWith("loteria dump: " + made.sealedFile() + ": not a journal: ");
    assertThat(told.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bets.csv", "missing", "empty"})
  void printsNothingOfWhatIsNoJournalAndNamesIt(String name) throws IOException {
    Files.createDirectory(directory.resolve("empty"));
    Told told = Told.byLoteria("dump", directory.resolve(name));
    assertThat(told.out()).isEmpty();
    assertThat(told.err().lines()).singleElement().asString().contains(name);
    assertThat(told.code()).isEqualTo(1);
  }

  /** What the line of an entry has besides its offset and its number. */
  private void assertShown(List<String> lines, int entry, String rest) {
    assertThat(words(lines.get(entry + 1)))
        .containsExactlyElementsOf(
            words("%d %d %s".formatted(made.offsetOf(entry), entry + 1, rest)));
  }

  private Told dump(Object... options) {
    return Told.byLoteria("dump", options, made.journal());
  }

  private static List<String> words(String line) {
    return line.isEmpty() ? List.of() : List.of(line.strip().split(" +", -1));
  }
}
