package loteria.tool.bets;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import loteria.lottery.BetRow;

/**
 * Makes the bets of a {@link BetsOrder}: realistic people, each betting on one number, in the
 * format of the agencies' files.
 *
 * <p>A row is {@code first name,last name,document,YYYY-MM-DD,number} in UTF-8, ended by CR LF;
 * there is no header. Within an agency no document comes twice. Rows are streamed: memory is the
 * same for a hundred million. Immutable and thread-safe; each agency has its own chance, so
 * agencies can be written in any order.
 */
final class BetsGenerator {
  private static final int BLOCK_BYTES = 1 << 16;
  private static final int ROW_BYTES_MAX =
      2 * (People.NAME_BYTES_MAX + 1) + ",12345678,YYYY-MM-DD,9999\r\n".length();

  private final BetsOrder order;
  private final People people = new People();

  /**
   * What was written for one agency.
   *
   * @param bets its rows
   * @param bytes the length of its file
   * @param winners its bets on the winning number
   */
  record Written(int agency, long bets, long bytes, long winners) {}

  /** A generator of the bets of {@code order}. */
  BetsGenerator(BetsOrder order) {
    this.order = order;
  }

  /**
   * Writes the whole file of {@code agency}, in blocks of 64 KiB.
   *
   * @param agency from 1 to the order's agencies
   * @param out stays open
   * @throws IOException what {@code out} throws
   */
  Written write(int agency, OutputStream out) throws IOException {
    if (agency < 1 || agency > order.agencies()) {
      throw new IllegalArgumentException(
          "agency " + agency + " is not between 1 and " + order.agencies());
    }
    RandomGenerator chance =
        new SplittableRandom(order.seed() * (BetsOrder.AGENCIES_MAX + 1) + agency);
    Documents documents = new Documents(chance);
    ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    long bets = order.betsOf(agency);
    boolean exactly = order.winners().isPresent();
    long wanted = exactly ? order.winnersOf(agency) : 0;
    long winners = 0;
    long bytes = 0;
    for (long bet = 0; bet < bets; bet++) {
      int document = documents.of(bet);
      int number = chance.nextInt(BetRow.NUMBER_MAX + 1);
      if (exactly) {
        // Of those left as many win as are still wanted: Knuth, TAOCP 3.4.2, algorithm S.
        boolean wins = chance.nextLong(bets - bet) < wanted - winners;
        number = wins ? order.number() : losing(chance);
      }
      winners += number == order.number() ? 1 : 0;
      people.put(chance, block);
      putDecimal(document, block.put((byte) ','));
      block.put((byte) ',').put(Documents.birthDate(document, chance));
      putDecimal(number, block.put((byte) ','));
      block.put((byte) '\r').put((byte) '\n');
      if (block.remaining() < ROW_BYTES_MAX) {
        bytes += flush(block, out);
      }
    }
    return new Written(agency, bets, bytes + flush(block, out), winners);
  }

  private int losing(RandomGenerator chance) {
    int other = chance.nextInt(BetRow.NUMBER_MAX);
    return other < order.number() ? other : other + 1;
  }

  private static void putDecimal(int number, ByteBuffer block) {
    block.put(Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
  }

  private static int flush(ByteBuffer block, OutputStream out) throws IOException {
    int bytes = block.position();
    out.write(block.array(), 0, bytes);
    block.clear();
    return bytes;
  }
}
