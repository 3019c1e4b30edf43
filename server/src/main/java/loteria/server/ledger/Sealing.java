package loteria.server.ledger;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import loteria.journal.DataDirectory;
import loteria.journal.Directory;
import loteria.journal.Journal;
import loteria.journal.StorageFullException;
import loteria.lottery.Lottery;
import loteria.lottery.Seal;
import loteria.lottery.Winners;
import loteria.protocol.Message;
import loteria.server.ServerLog;

/**
 * The seal and the draw, each made once, beside the ledger. The seal is durable, and in the
 * journal, before the number is looked at; a restart at any point comes to the same seal and the
 * same winners.
 *
 * <pre>
 *   complete -> bets.csv written -> Sealed journalled -> bets.csv hashed and drawn -> Drawn journalled
 * </pre>
 *
 * <p>For the ledger's thread.
 */
final class Sealing {
  private final Directory directory;
  private final LedgerState state;
  private final Lottery lottery;
  private final Journal journal;
  private final Ledger.Settings settings;
  private final ServerLog log;

  /** Whether a step is being made, or is on its way into the journal. */
  private boolean busy;

  private Optional<Winners> winners = Optional.empty();

  Sealing(
      Directory directory,
      LedgerState state,
      Journal journal,
      Ledger.Settings settings,
      ServerLog log) {
    this.directory = directory;
    this.state = state;
    this.lottery = state.lottery();
    this.journal = journal;
    this.settings = settings;
    this.log = log;
  }

  /** How many have won, once the draw was held. */
  Optional<Winners> winners() {
    return winners;
  }

  /**
   * Finds the outcome of a draw that was held before a restart, and puts the sealed file back if it
   * is missing.
   *
   * @throws UnexpectedAgencyException if the bets were sealed when fewer agencies were expected
   * @throws BrokenSealException if the file or the outcome is not what the journal says, or there
   *     is a file and the journal says nothing of it
   */
  void reopen() throws IOException {
    directory.check();
    if (lottery.sealed().isEmpty()) {
      if (directory.has(DataDirectory.BETS)) {
        requireOurs();
      }
      return;
    }
    Seal seal = lottery.sealed().get().seal();
    if (!directory.has(DataDirectory.BETS)) {
      Seal again = SealedFile.write(directory, state, journal);
      if (!again.equals(seal)) {
        throw BrokenSealException.of(seal, again.sha256());
      }
    }
    if (lottery.drawn().isPresent()) {
      Lottery.Drawn drawn = lottery.drawn().get();
      Winners again = SealedFile.draw(directory, seal, drawn.number());
      if (again.total() != drawn.winners()) {
        throw new IOException(
            "the draw of %d gave %d winners, the journal says %d"
                .formatted(drawn.number(), again.total(), drawn.winners()));
      }
      know(again);
    }
  }

  /** There is a sealed file, and no word of it in the journal: it must be what would be sealed. */
  private void requireOurs() throws IOException {
    if (!lottery.isComplete()) {
      throw BrokenSealException.tooEarly();
    }
    Seal ours = SealedFile.write(directory, state, journal);
    assert ours.bets() == lottery.bets() : ours;
  }

  private void know(Winners held) {
    winners = Optional.of(held);
    state.figures().drawn(held);
  }

  /** Begins the next step, if it is time for it and none is under way. */
  void advance(Ledger ledger) throws IOException {
    if (busy || winners.isPresent() || !lottery.isComplete()) {
      return;
    }
    directory.check();
    busy = true;
    if (lottery.sealed().isEmpty()) {
      seal(ledger);
    } else {
      draw(ledger, lottery.sealed().get().seal());
    }
  }

  private void seal(Ledger ledger) throws IOException {
    journal.trim(); // little more is to come, and the sealed file needs room
    settings
        .beside()
        .run(
            () -> SealedFile.write(directory, state, journal),
            new Step<>() {
              @Override
              public void done(Seal seal) throws IOException {
                Message.Sealed sealed = new Message.Sealed(seal, settings.clock().instant());
                require(lottery.seal(seal, sealed.at()));
                ledger.keep(
                    sealed,
                    () -> {
                      busy = false;
                      state.figures().sealed(seal);
                      log.sealed(seal);
                    });
              }
            });
  }

  private void draw(Ledger ledger, Seal seal) {
    settings
        .beside()
        .run(
            () -> SealedFile.draw(directory, seal, settings.number()),
            new Step<>() {
              @Override
              public void done(Winners held) throws IOException {
                Message.Drawn drawn =
                    new Message.Drawn(held.number(), held.total(), settings.clock().instant());
                require(lottery.draw(drawn.number(), drawn.winners(), drawn.at()));
                ledger.keep(
                    drawn,
                    () -> {
                      busy = false;
                      know(held);
                      log.drawn();
                      ledger.drawn();
                    });
              }
            });
  }

  /** What was on its way into the journal found no room there: it is made again. */
  void undone() {
    busy = false;
  }

  /** A step that is tried again when there was no room for it, or no descriptor. */
  private abstract class Step<T> implements Beside.Then<T> {
    @Override
    public void failed(IOException why) throws IOException {
      if (!(why instanceof StorageFullException full)) {
        throw why;
      }
      busy = false;
      log.storageFull(full);
      state.figures().full(true);
    }
  }

  private static void require(Optional<String> wrong) throws IOException {
    if (wrong.isPresent()) {
      throw new IOException(wrong.get());
    }
  }

  /** What tells an agency its winners; the draw was held. */
  WinnersReader reader(int agency) {
    Winners held = winners.orElseThrow();
    return new WinnersReader(state.positions(), agency, held.number(), held.of(agency));
  }

  /** Reads the next page of an agency's winners, beside the ledger. */
  void read(WinnersReader reader, Consumer<Message.WinnersPage> page) {
    settings
        .beside()
        .run(
            () -> reader.next(journal),
            new Beside.Then<>() {
              @Override
              public void done(Message.WinnersPage read) {
                reader.end();
                page.accept(read);
              }

              @Override
              public void failed(IOException why) throws IOException {
                throw why;
              }
            });
  }
}
