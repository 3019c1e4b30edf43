package loteria.tool;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Makes the bets of a {@link BetsOrder}: realistic people, each betting on one number, in the
 * format of the agencies' files.
 *
 * <p>A row is {@code first name,last name,document,YYYY-MM-DD,number} in UTF-8, ended by CR LF;
 * there is no header. Within an agency no document comes twice. Rows are streamed: memory is the
 * same for a hundred million. Immutable and thread-safe; each agency has its own chance, so
 * agencies can be written in any order.
 */
public final class BetsGenerator {
  private static final long WINNERS_STREAM = 0;

  private final BetsOrder order;
  private final BirthDates dates = new BirthDates();
  private final People people = new People();

  /** A generator of the bets of {@code order}. */
  public BetsGenerator(BetsOrder order) {
    this.order = order;
  }

  /** What this generates. */
  public BetsOrder order() {
    return order;
  }

  /**
   * Writes the whole file of {@code agency}, in blocks of 64 KiB.
   *
   * @param agency from 1 to the order's agencies
   * @param out stays open
   * @throws IOException what {@code out} throws
   */
  public GeneratedFile write(int agency, OutputStream out) throws IOException {
    if (agency < 1 || agency > order.agencies()) {
      throw new IllegalArgumentException(
          "agency " + agency + " is not between 1 and " + order.agencies());
    }
    Chance chance = Chance.of(order.seed(), 2L * agency);
    var documents = new Documents(Chance.seedOf(order.seed(), 2L * agency + 1));
    Numbers numbers = numbers(order.betsBefore(agency));
    var row = new RowBuffer(out);
    long bets = order.betsOf(agency);
    long winners = 0;
    for (long bet = 0; bet < bets; bet++) {
      people.put(chance, row);
      int document = documents.at(bet);
      row.put(',');
      row.putDecimal(document);
      row.put(',');
      dates.put(Documents.birthDay(document, chance), row);
      row.put(',');
      int number = numbers.at(bet, chance);
      row.putDecimal(number);
      row.endRow();
      winners += number == order.number() ? 1 : 0;
    }
    row.flush();
    return new GeneratedFile(agency, bets, row.flushedBytes(), winners);
  }

  /** The numbers of the agency that {@code before} bets precede. */
  private Numbers numbers(long before) {
    return switch (order.winners()) {
      case WinnersWanted.ByChance() -> (bet, chance) -> chance.below(BetsOrder.NUMBER_MAX + 1);
      case WinnersWanted.Exactly(long wanted) -> {
        // All bets are shuffled, and the first of that order win: so many in all, whichever agency
        // they fall to.
        var shuffled =
            new Permutation(Math.max(1, order.bets()), Chance.seedOf(order.seed(), WINNERS_STREAM));
        yield (bet, chance) -> shuffled.at(before + bet) < wanted ? order.number() : losing(chance);
      }
    };
  }

  private int losing(Chance chance) {
    int other = chance.below(BetsOrder.NUMBER_MAX);
    return other < order.number() ? other : other + 1;
  }

  private interface Numbers {
    /** The number of the agency's {@code bet}-th bet, from 0. */
    int at(long bet, Chance chance);
  }
}
