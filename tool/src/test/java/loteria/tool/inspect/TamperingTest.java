package loteria.tool.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import loteria.lottery.ClosingReason;
import loteria.lottery.Seal;
import loteria.protocol.Message;
import loteria.tool.Told;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is altered between the seal and the answer is found, and where. Entries 0 to 3 are
 * batches (of agencies 1, 3, 1, 3), 4 to 6 the finishes of 3, 2 and 1, 7 the seal and 8 the draw.
 */
class TamperingTest {
  private static final Verification.Public NOTHING_ANNOUNCED = Verification.Public.NOTHING;

  @TempDir private Path directory;
  private MadeLottery made;
  private String announced;

  @BeforeEach
  void holdADraw() {
    made = MadeLottery.drawn(directory);
    announced = made.sha256();
  }

  // The sealed file.

  @Test
  void findsARowThatWasChanged() throws Exception {
    made.rows.set(1, made.rows.get(1).replace("0012", "0013"));
    assertFoundInRow(1, "1,Bruno,Paz,001", "row 2 is not bet 1 of agency 1");
  }

  @Test
  void findsARowThatWasAdded() throws Exception {
    made.rows.add(1, "1,Zoe,Paz,99,1990-02-28,7574");
    assertFoundInRow(1, "1,", "row 2 is not bet 1 of agency 1");
  }

  @Test
  void findsARowThatWasAddedAtTheEnd() throws Exception {
    made.rows.add("4,Zoe,Paz,99,1990-02-28,7574");
    assertFoundInRow(6, "", "30 bytes more than the journal has bets for");
  }

  @Test
  void findsARowThatWasRemoved() throws Exception {
    made.rows.remove(4);
    assertFoundInRow(4, "3,", "row 5 is not bet 0 of agency 3");
  }

  @Test
  void findsARowThatWasRemovedAtTheEnd() throws Exception {
    made.rows.remove(5);
    assertFoundInRow(5, "", "the file ends, where row 6 should be bet 1 of agency 3");
  }

  @Test
  void findsRowsThatWereSwapped() throws Exception {
    Collections.swap(made.rows, 0, 1);
    assertFoundInRow(0, "1,", "row 1 is not bet 0 of agency 1");
  }

  @Test
  void findsAFileThatWasCutAnywhere() throws IOException {
    made.lay();
    byte[] whole = Files.readAllBytes(made.sealedFile());
    for (int length = 0; length < whole.length; length++) {
      Files.write(made.sealedFile(), Arrays.copyOf(whole, length));
      assertThat(wrong(NOTHING_ANNOUNCED))
          .startsWith("bets.csv: at offset %d: the file ends, where row ".formatted(length));
    }
  }

  @Test
  void findsEveryByteThatWasFlipped() throws IOException {
    made.lay();
    byte[] whole = Files.readAllBytes(made.sealedFile());
    for (int i = 0; i < whole.length; i++) {
      Files.write(made.sealedFile(), flipped(whole, i));
      assertThat(wrong(NOTHING_ANNOUNCED)).startsWith("bets.csv: at offset %d: row ".formatted(i));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify", "winners"})
  void findsAFileThatIsGone(String command) throws IOException {
    made.lay();
    Files.delete(made.sealedFile());
    Told told = Told.byLoteria(command, directory);
    assertThat(told.err())
        .isEqualTo(
            "loteria %s: %s: there is no such file, and all agencies are done: a central that"
                + " starts writes it again%n",
            command, made.sealedFile());
    assertThat(told.code()).isEqualTo(1);
  }

  @Test
  void findsAFileWhoseSealWasForgedToMatch() {
    made.rows.set(5, made.rows.get(5).replace("7574", "7575"));
    made.entries.set(7, made.seal());
    made.entries.set(8, MadeLottery.draw(MadeLottery.NUMBER, 2));
    made.lay();
    assertFound(
        "bets.csv", made.offsetOfRow(6) - "5\r\n".length(), "row 6 is not bet 1 of agency 3");
  }

  @Test
  void findsByTheAnnouncedSealThatEverythingWasForged() {
    made.entries.set(3, MadeLottery.batch(3, 1, MadeLottery.bet(3, "Zoe", "99", 7574)));
    made.entries.set(4, made.finish(3));
    made.rows.set(5, "3,Zoe,Paz,99,1990-02-28,7574");
    made.entries.set(7, made.seal());
    made.lay();
    assertThat(verify().code()).isZero();
    assertFound(
        verifyAsAnnounced(), "journal", made.offsetOf(7), "a seal of SHA-256 " + made.sha256());
  }

  // The seal and the draw in the journal, with checksums that hold.

  @Test
  void findsAWinnerCountThatWasEdited() {
    made.entries.set(8, MadeLottery.draw(MadeLottery.NUMBER, 4));
    assertFound(8, "a draw of 7574 with 4 winners, where bets.csv has 3");
  }

  @Test
  void findsANumberThatWasEdited() {
    made.entries.set(8, MadeLottery.draw(75, 3));
    assertFound(8, "a draw of 75 with 3 winners, where bets.csv has 1");
    made.entries.set(8, MadeLottery.draw(75, 1));
    made.lay();
    assertThat(verify().code()).isZero();
    assertFound(
        verifyAsAnnounced(), "journal", made.offsetOf(8), "a draw of 75, where 7574 was announced");
  }

  @Test
  void findsASealThatWasEdited() {
    made.entries.set(7, new Message.Sealed(new Seal(6, "0".repeat(64)), MadeLottery.SEALED_AT));
    assertFound(7, "a seal of 6 bets and SHA-256 0000");
    made.entries.set(7, new Message.Sealed(new Seal(7, announced), MadeLottery.SEALED_AT));
    assertFound(7, "the seal counts 7 bets, where 6 are stored");
  }

  // The journal's entries, with checksums that hold.

  @Test
  void findsARecordOfAnotherAgencyThatWasSplicedIn() {
    made.entries.add(3, MadeLottery.batch(2, 0, MadeLottery.bet(2, "Zoe", "99", 7574)));
    assertFound(6, "agency 2: finish with 0 bets");
  }

  @Test
  void findsARecordThatWasHandedToAnotherAgency() {
    made.entries.set(2, MadeLottery.batch(3, 2, MadeLottery.bet(3, "Zoe", "99", 7574)));
    assertFound(2, "agency 3: a batch from 2 on, where 1 is next");
  }

  @Test
  void findsARecordThatWasChangedTakenAwayRepeatedOrSwapped() {
    Message.Entry third = made.entries.get(2);
    made.entries.set(
        2,
        MadeLottery.batch(
            1, 2, MadeLottery.bet(1, "Zoe", "99", 1), MadeLottery.bet(1, "Zoe", "9", 1)));
    assertFound(6, "agency 1: finish with 4 bets of checksum ");

    made.entries.remove(2);
    assertFound(5, "agency 1: finish with 4 bets");

    made.entries.addAll(2, List.of(third, third));
    assertFound(3, "agency 1: what is stored is there again");

    made.entries.remove(2);
    made.entries.add(2, made.entries.remove(0));
    made.entries.add(0, made.entries.remove(1));
    assertFound(0, "agency 1: a batch from 2 on, where 0 is next");
  }

  @Test
  void findsABatchAfterTheFinishOrTheSeal() {
    Message.Batch late = MadeLottery.batch(1, 4, MadeLottery.bet(1, "Zoe", "99", 7574));
    made.entries.add(7, late);
    assertFound(7, "agency 1: the agency has finished with 4 bets");
    made.entries.remove(7);
    made.entries.add(8, late);
    assertFound(8, "agency 1: the agency has finished with 4 bets");
    made.entries.remove(8);
    made.entries.add(8, made.finish(1));
    assertFound(8, "agency 1: what is stored is there again");
  }

  @Test
  void findsASealOrDrawOutOfItsPlace() {
    made.entries.add(made.seal());
    assertFound(9, "the bets are sealed already");
    made.entries.set(9, MadeLottery.draw(1, 1));
    assertFound(9, "the draw was held already, of 7574");
    made.entries.remove(7);
    assertFound(7, "the draw was held before the bets were sealed");
    made.entries.add(6, made.seal());
    assertFound(6, "the bets cannot be sealed: 1 agency is awaited");
  }

  @Test
  void findsAClosingThatWasEditedTakenAwayOrAdded() {
    made = MadeLottery.drawnWithoutTwo(directory);
    made.lay();
    assertThat(verify().code()).isZero();

    made.entries.set(4, new Message.Closed(3, 1, new ClosingReason("no llegó")));
    assertFound(4, "agency 3: closed with 1 bet, where 2 are stored");
    made.entries.set(4, made.finish(3));
    assertFound(7, "the seal names the agencies [2, 3] as closed, where [2] were");
    made.entries.set(4, made.close(2));
    assertFound(5, "agency 2: what is stored is there again");
    made.entries.remove(4);
    assertFound(6, "the bets cannot be sealed: 1 agency is awaited");
    made.entries.add(4, made.finish(2));
    assertFound(5, "agency 2: agency 2 has finished with 0 bets");
  }

  @Test
  void findsASealThatHidesWhoWasClosed() {
    made = MadeLottery.drawnWithoutTwo(directory);
    made.entries.set(7, new Message.Sealed(new Seal(6, announced), MadeLottery.SEALED_AT));
    assertFound(7, "the seal names the agencies [] as closed, where [2, 3] were");
  }

  @Test
  void findsWhatComesAfterAClosing() {
    made = MadeLottery.drawnWithoutTwo(directory);
    made.entries.add(6, MadeLottery.batch(3, 2, MadeLottery.bet(3, "Zoe", "99", 7574)));
    assertFound(6, "agency 3: the operator has closed the agency with 2");
    made.entries.set(6, made.finish(2));
    assertFound(6, "agency 2: the operator has closed the agency with 0");
    made.entries.remove(6);
    made.entries.add(8, made.close(1));
    assertFound(8, "agency 1: agency 1 has finished with 4 bets");
  }

  @Test
  void findsAnAgencyTooManyOrTooFew() {
    made.lay();
    assertFound(
        Told.byLoteria("verify", "--agencies", 2, directory),
        "journal",
        made.offsetOf(1),
        "agency 3 is not one of 1 to 2");
    assertFound(
        Told.byLoteria("verify", "--agencies", 4, directory),
        "journal",
        made.offsetOf(7),
        "the bets cannot be sealed: 1 agency is awaited");
  }

  @Test
  void findsARecordThatIsNoEntry() throws IOException {
    made.entries.clear();
    made.rows.clear();
    made.lay();
    made.append(new Message.Ping());
    assertFound("journal", 40, "a record that is not of a lottery: a Ping is never journalled");
  }

  // The journal's bytes.

  @Test
  void findsEveryByteOfTheJournalThatWasFlipped() throws IOException {
    made.lay();
    byte[] whole = Files.readAllBytes(made.journal());
    for (int i = 8; i < made.blockOf(8); i++) {
      Files.write(made.journal(), flipped(whole, i));
      assertThat(wrong(NOTHING_ANNOUNCED))
          .as("byte %d", i)
          .startsWith("journal damaged at offset " + boundary(i) + ": ");
    }
    for (int i = 0; i < 8; i++) {
      Files.write(made.journal(), flipped(whole, i));
      assertThat(wrong(NOTHING_ANNOUNCED)).as("byte %d", i).startsWith("not a journal: ");
    }
  }

  @Test
  void takesADamagedLastBlockForTornUnlessItKnowsWhatWasAnnounced() throws IOException {
    made.lay();
    byte[] whole = Files.readAllBytes(made.journal());
    for (int i = (int) made.blockOf(8); i < whole.length; i++) {
      Files.write(made.journal(), flipped(whole, i));
      assertThat(wrong(asAnnounced()))
          .as("byte %d", i)
          .startsWith(
              "journal: at offset %d: it ends without the draw of 7574".formatted(made.blockOf(8)));
      assertThat(verify().out())
          .as("byte %d", i)
          .contains(
              "torn      %d bytes from offset %d on"
                  .formatted(whole.length - made.blockOf(8), made.blockOf(8)),
              "verified  the bets are sealed; no draw was held yet");
    }
  }

  @Test
  void findsByTheSealedFileAJournalThatWasCutBeforeAllHadFinished() throws IOException {
    made.lay();
    byte[] whole = Files.readAllBytes(made.journal());
    for (int length = 0; length < made.blockOf(7); length++) {
      Files.write(made.journal(), Arrays.copyOf(whole, length));
      assertThat(wrong(NOTHING_ANNOUNCED))
          .as("cut to %d bytes", length)
          .startsWith(
              "journal: at offset %d: it ends before all agencies have finished"
                  .formatted(boundary(length)));
    }
  }

  @Test
  void findsByWhatWasAnnouncedAJournalThatWasCutAfterAllHadFinished() throws IOException {
    made.lay();
    byte[] whole = Files.readAllBytes(made.journal());
    for (int length = (int) made.blockOf(7); length < whole.length; length++) {
      Files.write(made.journal(), Arrays.copyOf(whole, length));
      assertThat(wrong(asAnnounced()))
          .as("cut to %d bytes", length)
          .startsWith("journal: at offset %d: it ends without the ".formatted(boundary(length)));
      assertThat(wrong(NOTHING_ANNOUNCED)).as("cut to %d bytes", length).isEmpty();
    }
  }

  @Test
  void findsAJournalThatIsGone() throws IOException {
    made.lay();
    Files.delete(made.journal());
    assertThat(verify().code()).isEqualTo(1);
    assertThat(verify().err()).contains("journal: there is no such file");
  }

  /**
   * The last beginning of a block that is not beyond an offset, 0 if none is: where the block
   * begins that has a byte, and where the last whole block ends of a journal cut to a length.
   */
  private long boundary(int offset) {
    return beginnings().filter(block -> block <= offset).max(Long::compare).orElse(0L);
  }

  private Stream<Long> beginnings() {
    return Stream.iterate(0, i -> i < made.entries.size(), i -> i + 1).map(made::blockOf);
  }

  private static byte[] flipped(byte[] whole, int index) {
    byte[] flipped = whole.clone();
    flipped[index] ^= (byte) (1 << index % 8);
    return flipped;
  }

  /** What is found wrong, "" if nothing is. */
  private String wrong(Verification.Public known) {
    try {
      Verification.of(directory, OptionalInt.empty(), known);
      return "";
    } catch (IOException found) {
      return String.valueOf(found.getMessage());
    }
  }

  private Verification.Public asAnnounced() {
    return new Verification.Public(Optional.of(announced), OptionalInt.of(MadeLottery.NUMBER));
  }

  private Told verify() {
    return Told.byLoteria("verify", directory);
  }

  private Told verifyAsAnnounced() {
    return Told.byLoteria("verify", "--seal", announced, "--number", MadeLottery.NUMBER, directory);
  }

  /** Lays the lottery: it is found wrong at the record of that entry. */
  private void assertFound(int entry, String what) {
    made.lay();
    assertFound("journal", made.offsetOf(entry), what);
  }

  /**
   * Lays the lottery: its file is found wrong behind the beginning of that row, also by the audit.
   */
  private void assertFoundInRow(int row, String behind, String what) throws Exception {
    made.lay();
    assertFound("bets.csv", made.offsetOfRow(row) + behind.length(), what);
    assertThat(Told.byAudit(made.sealedFile(), MadeLottery.NUMBER, announced).code()).isEqualTo(1);
  }

  private void assertFound(String file, long offset, String what) {
    assertFound(verify(), file, offset, what);
  }

  private static void assertFound(Told told, String file, long offset, String what) {
    assertThat(told.err())
        .startsWith("loteria verify: %s: at offset %d: %s".formatted(file, offset, what));
    assertThat(told.err().lines()).hasSize(1);
    assertThat(told.out()).isEmpty();
    assertThat(told.code()).isEqualTo(1);
  }
}
