package loteria.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import loteria.journal.DataDirectory;
import loteria.journal.Journal;
import loteria.lottery.Lottery;
import loteria.lottery.Offer;
import loteria.lottery.Reason;
import loteria.lottery.Seal;
import loteria.lottery.Verdict;
import loteria.protocol.Codec;
import loteria.protocol.FrameDecoder;
import loteria.protocol.Message;

/**
 * What the journal says, in memory: the rules' state, where each batch lies, the seal and the draw.
 * The same at any moment as it would be after a restart, but for what was not yet committed.
 */
public final class LedgerState {
  /** The journal's file in the data directory. */
  public static final String JOURNAL_NAME = DataDirectory.JOURNAL;

  private final Lottery lottery;
  private final Positions positions;
  private final Figures figures;
  private Optional<Seal> seal = Optional.empty();
  private Optional<Message.Drawn> drawn = Optional.empty();

  /** That of a new lottery; the figures will show it. */
  LedgerState(Figures figures) {
    this.figures = figures;
    lottery = new Lottery(figures.agencies());
    positions = new Positions(figures.agencies());
  }

  Lottery lottery() {
    return lottery;
  }

  Figures figures() {
    return figures;
  }

  Optional<Seal> seal() {
    return seal;
  }

  /** The agencies that were closed, in order: a seal names them. */
  List<Integer> closed() {
    return List.copyOf(lottery.closed().keySet());
  }

  Optional<Message.Drawn> drawn() {
    return drawn;
  }

  /** What the rules need to know of a batch. */
  public static Offer offer(Message.Batch batch) {
    return new Offer(
        batch.agency(),
        batch.first(),
        batch.bets().count(),
        batch.bets().checksum(),
        batch.bets().length());
  }

  /** Takes a record of the journal, as it was when it was accepted. */
  void recover(long position, ByteBuffer record) throws IOException {
    Message.Entry entry = entry(position, record);
    switch (entry) {
      case Message.Batch batch -> {
        requireExpected(batch.agency());
        requireAccepted(position, lottery.store(offer(batch)));
      }
      case Message.Finish finish -> {
        requireExpected(finish.agency());
        requireAccepted(
            position, lottery.finish(finish.agency(), finish.total(), finish.checksum()));
      }
      case Message.Closed closed -> {
        requireExpected(closed.agency());
        requireAccepted(position, lottery.close(closed.agency(), closed.reason()));
        require(
            position,
            closed.bets() == lottery.standing(closed.agency()).next(),
            "it closes an agency with %d bets, of which %d are stored",
            closed.bets(),
            lottery.standing(closed.agency()).next());
      }
      case Message.Sealed(Seal made) ->
          require(
              position,
              made.closed().equals(closed()),
              "the seal names the agencies %s as closed, where %s were",
              made.closed(),
              closed());
      case Message.Drawn _ -> {}
    }
    commit(List.of(entry), new long[] {position});
  }

  /** What was accepted is durable: the entries, and where each lies. */
  void commit(List<? extends Message.Entry> entries, long[] at) {
    lottery.commit();
    for (int i = 0; i < at.length; i++) {
      switch (entries.get(i)) {
        case Message.Batch batch -> {
          positions.add(batch.agency(), at[i]);
          figures.stands(batch.agency(), lottery.standing(batch.agency()));
        }
        case Message.Finish finish ->
            figures.stands(finish.agency(), lottery.standing(finish.agency()));
        case Message.Closed(int agency, _, Reason reason) -> figures.closed(agency, reason);
        case Message.Sealed sealed -> {
          seal = Optional.of(sealed.seal());
          figures.sealed(sealed.seal());
        }
        case Message.Drawn held -> drawn = Optional.of(held);
      }
    }
  }

  /** Writes all the bets, agency by agency, each in the order of its file. */
  void writeTo(SealedBets.Writer writer, Journal journal) throws IOException {
    for (int agency = 1; agency <= lottery.agencies(); agency++) {
      for (int i = 0; i < positions.count(agency); i++) {
        long position = positions.position(agency, i);
        ByteBuffer record = journal.read(position);
        writer.write(() -> batch(position, record));
      }
    }
  }

  private static Message.Batch batch(long position, ByteBuffer record) throws IOException {
    if (entry(position, record) instanceof Message.Batch batch) {
      return batch;
    }
    throw new IOException("the journal's record at %d is no batch any more".formatted(position));
  }

  private static Message.Entry entry(long position, ByteBuffer record) throws IOException {
    if (FrameDecoder.decode(record) instanceof FrameDecoder.Whole whole
        && Codec.decode(whole.frame()) instanceof Message.Entry entry) {
      return entry;
    }
    throw new IOException("the journal's record at %d is not of a lottery".formatted(position));
  }

  private void requireExpected(int agency) throws IOException {
    if (!lottery.expects(agency)) {
      throw UnexpectedAgencyException.of(agency, lottery.agencies());
    }
  }

  private static void requireAccepted(long position, Verdict verdict) throws IOException {
    require(
        position, verdict instanceof Verdict.Accepted, "it cannot have been accepted: %s", verdict);
  }

  private static void require(long position, boolean holds, String what, Object... values)
      throws IOException {
    if (!holds) {
      throw new IOException(
          "the journal's record at %d: ".formatted(position) + what.formatted(values));
    }
  }
}
