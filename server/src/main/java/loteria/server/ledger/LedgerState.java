package loteria.server.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import loteria.lottery.AgencyState;
import loteria.lottery.ClosingReason;
import loteria.lottery.Count;
import loteria.lottery.Decision;
import loteria.lottery.Lottery;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;
import loteria.server.Figures;
import loteria.server.seal.Positions;

/**
 * What the journal says, in memory: the rules' state, and where each batch lies. The same at any
 * moment as it would be after a restart, but for what is not committed. For the ledger's thread.
 */
public final class LedgerState {
  private final Lottery lottery;
  private final Positions positions;
  private final Figures figures;

  /** That of a new lottery; the figures will show it. */
  LedgerState(Figures figures) {
    this.figures = figures;
    lottery = new Lottery(figures.agencies());
    positions = new Positions(figures.agencies());
  }

  Lottery lottery() {
    return lottery;
  }

  Positions positions() {
    return positions;
  }

  Figures figures() {
    return figures;
  }

  /** Takes a record of the journal: it must be one that the rules accept. */
  void recover(long position, ByteBuffer record) throws IOException {
    switch (entry(position, record)) {
      case Message.Batch batch -> {
        requireExpected(batch.agency());
        AgencyState after =
            accepted(
                position,
                lottery.add(
                    batch.agency(),
                    batch.first(),
                    batch.rows().count(),
                    batch.rows().checksum(),
                    batch.rows().length()));
        took(batch.agency(), after, position, batch.rows().count());
      }
      case Message.Finish finish -> {
        requireExpected(finish.agency());
        AgencyState after =
            accepted(position, lottery.finish(finish.agency(), finish.total(), finish.checksum()));
        took(finish.agency(), after, position, 0);
      }
      case Message.Closed(int agency, long bets, ClosingReason reason) -> {
        requireExpected(agency);
        AgencyState after = accepted(position, lottery.close(agency, reason));
        if (bets != after.next()) {
          throw refused(
              position,
              "it closes an agency with %s, of which %d %s stored"
                  .formatted(
                      Count.of(bets, "bet"), after.next(), Count.word(after.next(), "is", "are")));
        }
        took(agency, after, position, 0);
      }
      case Message.Sealed sealed -> {
        if (!lottery.isComplete() && lottery.sealed().isEmpty()) {
          throw unexpected(
              "the bets are sealed without those of agency %d, but %s",
              lottery.missing().getFirst());
        }
        require(position, lottery.seal(sealed.seal(), sealed.at()));
        figures.sealed(new Lottery.Sealed(sealed.seal(), sealed.at()));
      }
      case Message.Drawn drawn ->
          require(position, lottery.draw(drawn.number(), drawn.winners(), drawn.at()));
      case Message.Announced _ ->
          throw refused(position, "it is of a lottery that several centrals share");
    }
    lottery.endGroup();
    lottery.commit();
  }

  /** The records of a group are durable. */
  void commit(List<Group.Kept> group) {
    for (Group.Kept kept : group) {
      took(kept.agency(), kept.after(), kept.position(), kept.bets());
    }
  }

  private void took(int agency, AgencyState after, long position, int bets) {
    if (bets > 0) {
      positions.add(agency, position);
    }
    ClosingReason reason = after.closed();
    if (reason == null) {
      figures.stands(agency, after);
    } else {
      figures.closed(agency, reason);
    }
  }

  private static Message.Entry entry(long position, ByteBuffer record) throws IOException {
    if (FrameReader.decode(record) instanceof FrameReader.Whole whole
        && whole.decode() instanceof Message.Entry entry) {
      return entry;
    }
    throw refused(position, "it is not of a lottery");
  }

  private void requireExpected(int agency) throws IOException {
    if (!lottery.expects(agency)) {
      throw unexpected("the journal has bets of agency %d, but only %s", agency);
    }
  }

  private ContradictionException unexpected(String what, int agency) {
    int agencies = lottery.agencies();
    return new ContradictionException(
        what.formatted(
            agency,
            "%s %s expected"
                .formatted(Count.of(agencies, "agency"), Count.word(agencies, "is", "are"))));
  }

  private static AgencyState accepted(long position, Decision decision) throws IOException {
    return switch (decision) {
      case Decision.Accepted(AgencyState state) -> state;
      case Decision.Unchanged _ -> throw refused(position, "it says again what is stored");
      case Decision.Rejected rejected ->
          throw refused(position, "it cannot have been accepted: " + rejected.reason());
    };
  }

  private static void require(long position, Optional<String> wrong) throws IOException {
    if (wrong.isPresent()) {
      throw refused(position, wrong.get());
    }
  }

  private static IOException refused(long position, String why) {
    return new IOException("the journal's record at %d: %s".formatted(position, why));
  }
}
