package loteria.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import loteria.journal.Directory;
import loteria.journal.Journal;
import loteria.journal.StorageFullException;
import loteria.lottery.Lottery;
import loteria.lottery.Seal;
import loteria.lottery.Winners;
import loteria.protocol.Codec;
import loteria.protocol.Message;

/**
 * Where the bets are sealed and the draw is held, each once. The seal is durable and in the journal
 * before the number is looked at, and a restart at any point comes to the same seal and the same
 * winners.
 *
 * <p>For the ledger's thread.
 */
final class DrawRoom {
  private final Directory directory;
  private final LedgerState state;
  private final Journal journal;
  private final int number;
  private final ServerLog log;
  private Optional<Winners> winners = Optional.empty();

  DrawRoom(Directory directory, LedgerState state, Journal journal, int number, ServerLog log) {
    this.directory = directory;
    this.state = state;
    this.journal = journal;
    this.number = number;
    this.log = log;
  }

  /** Who has won, once the draw was held. */
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
    Lottery lottery = state.lottery();
    if (state.seal().isEmpty()) {
      if (!lottery.isComplete() && directory.has(SealedBets.NAME)) {
        throw BrokenSealException.tooEarly();
      }
      return;
    }
    if (!lottery.isComplete()) {
      throw UnexpectedAgencyException.afterSeal(lottery.missing().getFirst(), lottery.agencies());
    }
    Seal seal = state.seal().get();
    if (!directory.has(SealedBets.NAME)) {
      Seal again = write();
      if (!again.equals(seal)) {
        throw BrokenSealException.of(seal, again.sha256());
      }
    }
    if (state.drawn().isPresent()) {
      Message.Drawn drawn = state.drawn().get();
      Winners again = SealedBets.draw(directory, seal, drawn.number());
      if (again.total() != drawn.winners()) {
        throw new IOException(
            "the draw of %d gave %d winners, the journal says %d"
                .formatted(drawn.number(), again.total(), drawn.winners()));
      }
      winners = Optional.of(again);
    }
  }

  /**
   * Seals the bets and holds the draw if every agency has finished or was closed; false if it is
   * not time, or there is no room, nor a file descriptor.
   */
  boolean hold() throws IOException {
    if (!state.lottery().isComplete()) {
      return false;
    }
    try {
      journal.trim(); // little more is to come, and the sealed file needs room
      if (state.seal().isEmpty()) {
        keep(new Message.Sealed(write()));
        log.sealed(state.seal().orElseThrow());
      }
      Winners drawn = SealedBets.draw(directory, state.seal().orElseThrow(), number);
      keep(new Message.Drawn(number, drawn.total()));
      log.drawn();
      winners = Optional.of(drawn);
      return true;
    } catch (StorageFullException full) {
      log.storageFull(full);
      return false;
    }
  }

  private Seal write() throws IOException {
    return SealedBets.write(directory, writer -> state.writeTo(writer, journal))
        .without(state.closed());
  }

  private void keep(Message.Entry entry) throws IOException {
    long[] position = journal.append(List.of(ByteBuffer.wrap(Codec.encode(entry))));
    state.commit(List.of(entry), position);
  }
}
