package loteria.checks.torture;

import java.util.ArrayList;
import java.util.List;
import loteria.lottery.Bet;
import loteria.lottery.Checksum;
import loteria.lottery.Standing;
import loteria.protocol.Bets;
import loteria.protocol.Codec;
import loteria.protocol.EncodedBet;
import loteria.protocol.Message;

/** The file of an agency, for a test that speaks for the agency itself. Immutable. */
final class SpokenFile {
  private final int agency;
  private final List<Bet> bets;

  /** The checksum of the first 0, 1, 2… bets. */
  private final List<Integer> checksums = new ArrayList<>();

  SpokenFile(int agency, List<String> rows) {
    this.agency = agency;
    this.bets =
        rows.stream()
            .map(row -> row.split(",", -1))
            .map(row -> Bet.parse(agency, row[0], row[1], row[2], row[3], row[4]))
            .toList();
    checksums.add(Checksum.EMPTY);
    for (int i = 0; i < bets.size(); i++) {
      Bets one = bets(i, 1);
      checksums.add(Checksum.join(checksums.getLast(), one.checksum(), one.length()));
    }
  }

  int agency() {
    return agency;
  }

  int size() {
    return bets.size();
  }

  private Bets bets(int first, int count) {
    Bets.Collector collector = new Bets.Collector(count);
    for (Bet bet : bets.subList(first, first + count)) {
      boolean added = collector.add(EncodedBet.of(bet));
      assert added : "too many for a frame";
    }
    return collector.take();
  }

  /** How the agency stands when so many of its bets are stored. */
  Standing standing(int next, boolean finished) {
    return new Standing(next, checksums.get(next), finished);
  }

  byte[] hello(long acked) {
    return Codec.encode(new Message.Hello(Codec.VERSION, Codec.VERSION, agency, acked));
  }

  /** A batch of the bets from {@code first} on. */
  byte[] batch(int first, int count) {
    return Codec.encode(new Message.Batch(agency, first, bets(first, count)));
  }

  /** A batch of those bets, that says to be of another agency or to begin elsewhere. */
  byte[] batch(int first, int count, int statedAgency, long statedFirst) {
    return Codec.encode(new Message.Batch(statedAgency, statedFirst, bets(first, count)));
  }

  byte[] finish(int total, int statedTotal) {
    return Codec.encode(new Message.Finish(agency, statedTotal, checksums.get(total)));
  }
}
