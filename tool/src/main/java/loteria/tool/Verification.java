package loteria.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import loteria.journal.FileStorage;
import loteria.journal.Recovery;
import loteria.journal.Storage;
import loteria.lottery.Seal;
import loteria.protocol.Message;
import loteria.server.LedgerState;
import loteria.server.SealedBets;

/**
 * What was found in a data directory in which all agrees: the journal with the rules, the sealed
 * file with the journal, the seal with the sealed file, and the draw with both.
 *
 * @param journal what a central that starts now would find
 * @param replay the lottery that the journal tells
 * @param sealed the sealed file, if it is there
 */
record Verification(Recovery journal, Replay replay, Optional<SealedReading> sealed) {

  /**
   * Checks a data directory, changing nothing. A central may hold it meanwhile.
   *
   * @param agencies how many the lottery has, if that is known
   * @throws DisagreementException naming the first offset at which something is not as it should be
   * @throws IOException if a file cannot be read, or is damaged
   */
  static Verification of(Path directory, OptionalInt agencies, Announced announced)
      throws IOException {
    // Before the journal is read: a file that is there now was written when all had finished, and
    // the journal must say so. One that appears later may be younger than what is read.
    boolean present = Files.exists(directory.resolve(SealedBets.NAME));
    try (JournalFile journal = JournalFile.in(directory)) {
      Replay replay = new Replay(agencies);
      SealedLayout layout = new SealedLayout();
      Recovery found =
          journal.read(record -> {
            replay.take(record);
            layout.take(record);
          });
      announced.check(replay, found.keptBytes());
      if (!present && replay.sealed().isEmpty()) {
        return new Verification(found, replay, Optional.empty());
      }
      if (!replay.isComplete()) {
        throw new DisagreementException(
            LedgerState.JOURNAL_NAME,
            found.keptBytes(),
            "it ends before all agencies have finished or were closed, and yet there is a "
                + SealedBets.NAME);
      }
      SealedReading sealed = checkSealed(directory, journal, replay, layout);
      return new Verification(found, replay, Optional.of(sealed));
    }
  }

  private static SealedReading checkSealed(
      Path directory, JournalFile journal, Replay replay, SealedLayout layout) throws IOException {
    OptionalInt number =
        replay.drawn().stream().mapToInt(drawn -> drawn.entry().number()).findFirst();
    try (Storage file = FileStorage.openToRead(directory.resolve(SealedBets.NAME))) {
      SealedComparison comparison = new SealedComparison(file, layout, number);
      journal.read(comparison::take);
      long[] winners = comparison.finish();
      SealedReading reading = SealedReading.of(file, number);
      if (replay.sealed().isPresent()) {
        checkSeal(replay.sealed().get(), reading);
      }
      if (replay.drawn().isPresent()) {
        checkDraw(replay.drawn().get(), winners, reading.winners());
      }
      return reading;
    } catch (NoSuchFileException missing) {
      throw new DisagreementException(
          SealedBets.NAME, 0, "there is no such file, and the journal says that it was sealed");
    }
  }

  private static void checkSeal(Replay.Placed<Message.Sealed> sealed, SealedReading reading)
      throws DisagreementException {
    Seal seal = sealed.entry().seal();
    if (seal.bets() != reading.rows() || !seal.sha256().equals(reading.sha256())) {
      throw sealed
          .record()
          .wrong(
              "a seal of %d bets and SHA-256 %s, where %s has %d and %s"
                  .formatted(
                      seal.bets(),
                      seal.sha256(),
                      SealedBets.NAME,
                      reading.rows(),
                      reading.sha256()));
    }
  }

  private static void checkDraw(Replay.Placed<Message.Drawn> drawn, long[] byJournal, long[] byFile)
      throws DisagreementException {
    long winners = Arrays.stream(byFile).sum();
    if (drawn.entry().winners() != winners || !Arrays.equals(byJournal, byFile)) {
      throw drawn
          .record()
          .wrong(
              "a draw of %d with %d winners, where %s has %d and the journal's bets have %d"
                  .formatted(
                      drawn.entry().number(),
                      drawn.entry().winners(),
                      SealedBets.NAME,
                      winners,
                      Arrays.stream(byJournal).sum()));
    }
  }
}
