package loteria.client;

import java.util.ArrayDeque;
import java.util.Queue;
import loteria.lottery.Checksum;
import loteria.lottery.Standing;
import loteria.protocol.Bets;
import loteria.protocol.Message;

/**
 * What of an agency's bets has been sent and acknowledged in a session: pure, without I/O. For one
 * thread.
 *
 * <p>Invariant: acknowledged ≤ sent, and at most the window of batches in between.
 */
final class SentBets {
  private final int agency;
  private final int window;
  private final Queue<Long> unacknowledged = new ArrayDeque<>();
  private long sent;
  private int checksum;
  private long acknowledged;

  /** Goes on from what the central has, which the agency has found to be what it has itself. */
  SentBets(int agency, Message.Welcome welcome) {
    Standing standing = welcome.standing();
    this.agency = agency;
    this.window = welcome.window();
    this.sent = standing.next();
    this.acknowledged = standing.next();
    this.checksum = standing.checksum();
  }

  /** Whether another batch may be sent. */
  boolean hasRoom() {
    return unacknowledged.size() < window;
  }

  /** Whether all that was sent is acknowledged. */
  boolean isSettled() {
    return unacknowledged.isEmpty();
  }

  /** How many bets are known to be stored. */
  long acknowledged() {
    return acknowledged;
  }

  /** The next batch, which is then sent. */
  Message.Batch batch(Bets bets) {
    assert hasRoom();
    Message.Batch batch = new Message.Batch(agency, sent, bets);
    sent += bets.count();
    checksum = Checksum.join(checksum, bets.checksum(), bets.length());
    unacknowledged.add(sent);
    return batch;
  }

  /** The central has stored the bets before {@code next}; false if it cannot have. */
  boolean acknowledge(long next) {
    if (next < acknowledged || next > sent) {
      return false;
    }
    acknowledged = next;
    while (!unacknowledged.isEmpty() && unacknowledged.element() <= next) {
      unacknowledged.remove();
    }
    return true;
  }

  /** There are no more bets. */
  Message.Finish finish() {
    assert isSettled();
    return new Message.Finish(agency, sent, checksum);
  }
}
