package loteria.tool.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import loteria.journal.DataDirectory;
import loteria.journal.Journal;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import loteria.tool.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code loteria verify} says of directories in which all agrees. */
class VerifyCommandTest {
  @TempDir private Path directory;

  @Test
  void saysThatNothingIsStoredYet() {
    MadeLottery.fresh(directory).lay();
    assertAgrees("nothing is stored yet");
  }

  @Test
  void saysThatBetsAreBeingReceived() {
    MadeLottery.receiving(directory).lay();
    assertThat(assertAgrees("bets are being received: 0 of 3 agencies have finished").out())
        .contains("6 of 3 agencies seen")
        .doesNotContain("winners", "bets.csv ");
  }

  @Test
  void countsTheAgenciesThatItIsToldOf() {
    MadeLottery.finished(directory).lay();
    assertAgrees("every agency has finished; the bets are not sealed yet");
    assertAgrees("bets are being received: 3 of 4 agencies have finished", "--agencies", "4");
  }

  @Test
  void saysThatASealIsMissingBetweenTheFileAndItsRecord() {
    MadeLottery made = MadeLottery.sealed(directory);
    made.entries.removeLast();
    made.lay();
    assertThat(assertAgrees("every agency has finished; the bets are not sealed yet").out())
        .contains("seal      not in the journal");
  }

  @Test
  void saysThatTheBetsAreSealed() {
    MadeLottery made = MadeLottery.sealed(directory).lay();
    assertThat(assertAgrees("the bets are sealed; no draw was held yet").out())
        .contains("bets.csv  6 rows", "seal      6 bets, sha256 " + made.sha256());
  }

  @Test
  void saysThatTheDrawWasHeldAndWhatItChecked() throws IOException {
    MadeLottery made = MadeLottery.drawn(directory).lay();
    Told told = assertAgrees("the bets are sealed and the draw was held");
    assertThat(told.out())
        .contains(
            "journal   %d bytes: 9 records in 8 blocks".formatted(Files.size(made.journal())),
            "bets      6 of 3 agencies, each",
            "bets.csv  6 rows, %d bytes".formatted(Files.size(made.sealedFile())),
            "seal      6 bets, sha256 "
                + made.sha256()
                + ": that of bets.csv, of 2026-01-02T03:04:05.678Z",
            "draw      number 7574, 3 winners: as many as bets.csv has, of 2026-01-02T03:04:06Z")
        .containsPattern("\n +1 +4  [0-9a-f]{8}  yes +2\n +2 +0  00000000  yes +0\n +3 +2 .* 1\n");
  }

  @Test
  void namesWhoWasClosedAndWhy() {
    MadeLottery made = MadeLottery.drawnWithoutTwo(directory).lay();
    assertThat(assertAgrees("the bets are sealed and the draw was held").out())
        .contains(
            "closed    agency 2, not finished, with 0 bets: no llegó",
            "closed    agency 3, not finished, with 2 bets: no llegó")
        .containsPattern("\n +2 +0  00000000  closed +0\n +3 +2  [0-9a-f]{8}  closed +1\n");

    made.entries.subList(7, 9).clear();
    made.rows.clear();
    made.lay();
    assertAgrees("every agency has finished or was closed; the bets are not sealed yet");
    made.entries.removeLast();
    made.lay();
    assertAgrees("bets are being received: 0 of 3 agencies have finished, 2 closed");
  }

  @Test
  void showsWhatCannotBeSeenInAReason() {
    MadeLottery made = MadeLottery.drawnWithoutTwo(directory);
    made.entries.set(4, made.close(3, "se quemó\u202e"));
    made.lay();
    assertThat(assertAgrees("the bets are sealed and the draw was held").out())
        .contains("closed    agency 3, not finished, with 2 bets: se quemó<U+202E>\n");
  }

  @Test
  void agreesWithWhatWasAnnounced() {
    String seal = MadeLottery.drawn(directory).lay().sha256();
    assertAgrees(
        "the bets are sealed and the draw was held",
        "--agencies",
        "3",
        "--seal",
        seal.toUpperCase(Locale.ROOT),
        "--number",
        "7574");
  }

  @Test
  void reportsATornTailAndDoesNotTouchIt() throws IOException {
    MadeLottery made = MadeLottery.receiving(directory).lay();
    byte[] journal = Files.readAllBytes(made.journal());
    byte[] torn = Arrays.copyOf(journal, journal.length - 5);
    Files.write(made.journal(), torn);
    assertThat(assertAgrees("bets are being received: 0 of 3 agencies have finished").out())
        .contains(
            "bets      5 of 3",
            "torn      %d bytes from offset %d on"
                .formatted(torn.length - made.blockOf(3), made.blockOf(3)));
    assertThat(Files.readAllBytes(made.journal())).isEqualTo(torn);
  }

  @Test
  void takesZerosAtTheEndForNothing() throws IOException {
    MadeLottery made = MadeLottery.drawn(directory).lay();
    Files.write(made.journal(), new byte[4096], StandardOpenOption.APPEND);
    assertThat(assertAgrees("the bets are sealed and the draw was held").out())
        .doesNotContain("torn");
  }

  @Test
  void readsWhileACentralHoldsTheDirectory() throws IOException {
    MadeLottery made = MadeLottery.receiving(directory).lay();
    try (DataDirectory held = DataDirectory.take(directory);
        Journal journal = Journal.open(held.open(DataDirectory.JOURNAL), (offset, record) -> {})) {
      assertAgrees("bets are being received: 0 of 3 agencies have finished");
      journal.append(List.of(ByteBuffer.wrap(Codec.encode(made.finish(2)))));
      assertAgrees("bets are being received: 1 of 3 agencies has finished");
      held.check();
    }
  }

  @Test
  void showsTheSameAgainOfAJournalThatGrows() throws IOException {
    MadeLottery made = MadeLottery.receiving(directory).lay();
    List<Long> first = new ArrayList<>();
    List<Long> second = new ArrayList<>();
    try (JournalFile journal = JournalFile.in(directory)) {
      journal.read(entry -> first.add(entry.offset()));
      made.append(made.finish(2));
      journal.read(entry -> second.add(entry.offset()));
    }
    assertThat(first).hasSize(4);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void takesTheNumberOfAgenciesFromTheJournalThatSaysIt() {
    MadeLottery made = MadeLottery.receiving(directory);
    made.entries.add(0, new Message.Announced(5, 1, List.of(new UUID(1, 2))));
    made.lay();
    assertThat(assertAgrees("bets are being received: 0 of 5 agencies have finished").out())
        .contains("6 of 5 agencies, each");
    assertThat(Told.byLoteria("verify", "--agencies", 3, directory).err())
        .contains(
            "journal: at offset %d: a lottery of 5 agencies, not of 3".formatted(made.offsetOf(0)));
    assertThat(Told.byLoteria("dump", "--records", 1, directory).out())
        .contains(" lottery  ", " 5 ", " partitions 1 topics 00000000-0000-0001-0000-000000000002");
    assertThat(Told.byLoteria("export", directory).err()).contains("6 bets so far of 2 agencies");
  }

  @Test
  void takesASealInGroups() {
    String seal = MadeLottery.drawn(directory).lay().sha256();
    String grouped = seal.replaceAll("(.{8})", "$1 ").toUpperCase(Locale.ROOT) + "\n";
    assertAgrees("the bets are sealed and the draw was held", "--seal", grouped);
  }

  @Test
  void leavesADirectoryThatCannotBeWrittenAsItIs() throws IOException {
    MadeLottery.drawn(directory).lay();
    String[] before = directory.toFile().list();
    try {
      assertThat(directory.toFile().setWritable(false)).isTrue();
      assertAgrees("the bets are sealed and the draw was held");
    } finally {
      assertThat(directory.toFile().setWritable(true)).isTrue();
    }
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder(before);
  }

  @Test
  void comparesMoreThanFitsItsBuffers() {
    MadeLottery made = MadeLottery.fresh(directory);
    for (int agency = 1; agency <= 2; agency++) {
      for (int first = 0; first < 3000; first += 250) {
        made.entries.add(MadeLottery.batch(agency, first, quoted(agency, first)));
      }
      made.entries.add(made.finish(agency));
      for (int i = 0; i < 3000; i++) {
        made.rows.add("%d,\"a\"\"\",Paz,%d,1990-02-28,%d".formatted(agency, i, i % 10));
      }
    }
    made.entries.add(made.seal());
    made.entries.add(MadeLottery.draw(4, 600));
    made.lay();
    assertAgrees("the bets are sealed and the draw was held");

    String row = made.rows.get(4567);
    made.rows.set(4567, row.replace("1990", "1991"));
    made.lay();
    assertThat(Told.byLoteria("verify", directory).err())
        .contains("bets.csv: at offset " + (made.offsetOfRow(4567) + row.indexOf("1990") + 3))
        .contains("row 4568 is not bet 1567 of agency 2");
  }

  private static byte[][] quoted(int agency, int first) {
    return IntStream.range(first, first + 250)
        .mapToObj(i -> MadeLottery.bet(agency, "a\"", Integer.toString(i), i % 10))
        .toArray(byte[][]::new);
  }

  private Told assertAgrees(String state, String... options) {
    Told told = Told.byLoteria("verify", options, directory);
    assertThat(told.err()).isEmpty();
    assertThat(told.out().lines()).last().isEqualTo("verified  " + state);
    assertThat(told.code()).isZero();
    return told;
  }
}
