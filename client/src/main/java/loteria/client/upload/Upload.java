package loteria.client.upload;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import loteria.client.bets.BadRowException;
import loteria.client.bets.BetSource;
import loteria.lottery.AgencyState;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import loteria.protocol.Rows;
import org.jspecify.annotations.Nullable;

/**
 * One session of an agency, from its Hello to its winners: it says what is to be sent, and is told
 * what was received. It knows no connection, no clock and no thread; whoever drives it sends all
 * that {@link #next} gives before it waits for something to {@link #hear}, until there is an {@link
 * #outcome}.
 *
 * <p>Rows are sent as their source gives them, and judged by the central. When the central refuses
 * one ({@link Outcome.NotChecked}), the program comes back with a session that {@linkplain
 * #goOnCarefully goes on carefully}. A difference between the central's bets and the agency's is
 * told only after the agency's were read again carefully.
 *
 * <p>Invariant, once welcomed: acknowledged ≤ sent, and at most the window of batches in between.
 * For one thread.
 */
public final class Upload implements AutoCloseable {
  /** Batches that are made before there is room for them: 128 kB. */
  private static final int PREPARED_MAX = 16;

  private static final int ROWS_SKIPPED_AT_ONCE = 1 << 10;

  /** A slow agency, too, reads so many rows in a few seconds. */
  private static final int ROWS_BETWEEN_SIGNS_OF_LIFE = 1 << 16;

  private enum Stage {
    HELLO,
    WELCOME,
    BATCHES,
    FINISHING,
    ASK,
    WINNERS
  }

  private final int agency;
  private final BetSource.Opener bets;
  private final boolean draws;
  private final Rows.Collector collector;
  private WinnerDocuments documents = WinnerDocuments.COUNTED;
  private @Nullable Runnable signOfLife;
  private boolean careful;

  private Stage stage = Stage.HELLO;
  private boolean pongDue;
  private @Nullable BetSource source;
  private final Queue<Rows> prepared = new ArrayDeque<>();
  private boolean allPrepared;

  /** How many bets were sent, batches under way included, and the checksum over their rows. */
  private AgencyState sent = AgencyState.NEW;

  private final Queue<Long> unacknowledged = new ArrayDeque<>();
  private int window;
  private long acked;

  private Message.@Nullable SealReceipt receipt;
  private long winners;

  /** The outcome that follows once all that was sent is acknowledged; null: Finish follows. */
  private @Nullable Outcome ending;

  private @Nullable Outcome outcome;

  /**
   * A session that has not begun.
   *
   * @param bets opens the agency's bets at the first one
   * @param batchBetsMax the most bets of a batch
   * @param draws whether to finish and wait for the winners when all bets are stored
   * @param acked how many bets an earlier session of this program knows to be stored
   */
  public Upload(int agency, BetSource.Opener bets, int batchBetsMax, boolean draws, long acked) {
    this.agency = agency;
    this.bets = bets;
    this.draws = draws;
    this.acked = acked;
    this.collector = new Rows.Collector(batchBetsMax);
  }

  /** Hands the winning documents over; before the session begins. */
  public void tellWinnersTo(WinnerDocuments taker) {
    documents = taker;
  }

  /**
   * What to do now and then while {@link #hear} reads the bets that are stored already: the central
   * would miss an agency that says nothing for long. Before the session begins.
   */
  public void showLifeBy(Runnable sign) {
    signOfLife = sign;
  }

  /**
   * Has each row checked before it is sent, after an {@link Outcome.NotChecked} in an earlier
   * session of this program; before the session begins.
   */
  public void goOnCarefully() {
    careful = true;
  }

  /** How the session has ended, once it has. */
  public Optional<Outcome> outcome() {
    return Optional.ofNullable(outcome);
  }

  /** How many of the agency's bets are known to be stored. */
  public long acked() {
    return acked;
  }

  /** What to send now; empty if it is the central's turn, or there is an outcome. */
  public Optional<Message.FromAgency> next() throws IOException {
    return Optional.ofNullable(outcome == null ? message() : null);
  }

  private Message.@Nullable FromAgency message() throws IOException {
    if (pongDue) {
      pongDue = false;
      return new Message.Pong();
    }
    if (stage == Stage.HELLO) {
      stage = Stage.WELCOME;
      return new Message.Hello(Codec.VERSION, Codec.VERSION, agency, acked);
    }
    if (stage == Stage.ASK) {
      stage = Stage.WINNERS;
      return new Message.AskWinners();
    }
    return stage == Stage.BATCHES && unacknowledged.size() < window ? batchOrFinish() : null;
  }

  private Message.@Nullable FromAgency batchOrFinish() throws IOException {
    if (prepared.isEmpty()) {
      prepareOne();
    }
    Rows rows = prepared.poll();
    if (rows != null) {
      Message.Batch batch = new Message.Batch(agency, sent.next(), rows);
      sent = sent.with(rows.count(), rows.checksum(), rows.length());
      unacknowledged.add(sent.next());
      return batch;
    }
    if (!unacknowledged.isEmpty()) {
      return null;
    }
    if (ending != null || !draws) {
      outcome = ending == null ? new Outcome.Stored() : ending;
      return null;
    }
    stage = Stage.FINISHING;
    return new Message.Finish(agency, sent.next(), sent.checksum());
  }

  /**
   * Makes the next batches ahead, as many as a window takes, while the central is at work. May be
   * called at any time, or never: {@link #next} makes what is not there.
   */
  public void prepare() throws IOException {
    int most = Math.min(window, PREPARED_MAX);
    while (stage == Stage.BATCHES && !allPrepared && prepared.size() < most) {
      prepareOne();
    }
  }

  private void prepareOne() throws IOException {
    if (allPrepared || source == null) {
      return;
    }
    try {
      source.fill(collector);
      if (collector.isEmpty()) {
        allPrepared = true;
      } else {
        prepared.add(collector.take());
      }
    } catch (BadRowException row) {
      allPrepared = true;
      ending = new Outcome.BadRow(row);
    }
  }

  /**
   * The central has said something.
   *
   * @throws IOException if it makes no sense here, or the bets cannot be read
   */
  public void hear(Message.FromCentral message) throws IOException {
    // Not a switch over its type, which would be linked while the program starts.
    if (message instanceof Message.Stored stored && window > 0) {
      acknowledge(stored.next());
    } else if (message instanceof Message.Ping) {
      pongDue = true;
    } else if (message instanceof Message.Welcome welcome && stage == Stage.WELCOME) {
      resume(welcome);
    } else if (message instanceof Message.Finished finished
        && stage == Stage.FINISHING
        && finished.total() == acked) {
      stage = Stage.ASK;
    } else if (message instanceof Message.SealReceipt told
        && stage == Stage.WINNERS
        && receipt == null) {
      receipt = told;
      documents.begin();
      requireOwn(told);
    } else if (message instanceof Message.WinnersPage page && receipt != null) {
      documents.add(page.documents());
      winners += page.documents().size();
      if (page.last()) {
        outcome = new Outcome.Drawn(receipt, winners);
      }
    } else if (message instanceof Message.Refused refused) {
      boolean unchecked = refused.refusal() == Refusal.BAD_BET && !careful;
      outcome = unchecked ? new Outcome.NotChecked(refused) : new Outcome.Refused(refused);
    } else {
      // Not the message itself: it may hold documents.
      throw new IOException(
          "the central says " + message.getClass().getSimpleName() + " in stage " + stage);
    }
  }

  private void acknowledge(long next) throws IOException {
    if (next < acked || next > sent.next()) {
      throw new IOException("the central says that " + next + " bets are stored");
    }
    acked = next;
    while (!unacknowledged.isEmpty() && unacknowledged.element() <= next) {
      unacknowledged.remove();
    }
  }

  /** Finds where to go on, if the central has what the agency has. */
  private void resume(Message.Welcome welcome) throws IOException {
    AgencyState stored = welcome.state();
    if (stored.next() < acked) {
      outcome =
          new Outcome.Conflict(
              "the central has %d bets, of the %d that it has acknowledged"
                  .formatted(stored.next(), acked));
      return;
    }
    try {
      String conflict = openAt(stored);
      if (conflict != null && !careful) {
        careful = true;
        close();
        conflict = openAt(stored);
      }
      if (conflict != null) {
        outcome = new Outcome.Conflict(conflict);
        return;
      }
      window = welcome.window();
      acked = stored.next();
      stage = stored.finished() && draws ? Stage.ASK : Stage.BATCHES;
    } catch (BadRowException row) {
      outcome = new Outcome.BadRow(row);
    }
  }

  /**
   * Opens the bets, and takes those that are stored.
   *
   * @return why the agency's bets are not those; null if they are
   */
  private @Nullable String openAt(AgencyState stored) throws IOException, BadRowException {
    BetSource opened = bets.open(careful);
    source = opened;
    sent = take(opened, stored.next(), signOfLife);
    if (sent.next() != stored.next() || sent.checksum() != stored.checksum()) {
      return "the central has %d bets of checksum %08x, the agency has %d of checksum %08x there"
          .formatted(stored.next(), stored.checksum(), sent.next(), sent.checksum());
    }
    if (stored.finished()) {
      Rows.Collector more = new Rows.Collector(1);
      opened.fill(more);
      if (!more.isEmpty()) {
        return "the agency has finished with " + stored.next() + " bets, and has more now";
      }
      allPrepared = true;
    }
    return null;
  }

  /** What the first bets of a source are, of which there may be fewer than asked for. */
  private static AgencyState take(BetSource source, long count, @Nullable Runnable nowAndThen)
      throws IOException, BadRowException {
    AgencyState taken = AgencyState.NEW;
    while (taken.next() < count) {
      Rows.Collector some =
          new Rows.Collector((int) Math.min(count - taken.next(), ROWS_SKIPPED_AT_ONCE));
      source.fill(some);
      if (some.isEmpty()) {
        return taken;
      }
      Rows rows = some.take();
      long before = taken.next();
      taken = taken.with(rows.count(), rows.checksum(), rows.length());
      if (nowAndThen != null
          && taken.next() / ROWS_BETWEEN_SIGNS_OF_LIFE > before / ROWS_BETWEEN_SIGNS_OF_LIFE) {
        nowAndThen.run();
      }
    }
    return taken;
  }

  private void requireOwn(Message.SealReceipt told) throws IOException {
    if (told.seal().closed().contains(agency)) {
      outcome = new Outcome.Conflict("the seal says that the agency had not finished, and it had");
      return;
    }
    if (isSealed(told) || (!careful && readAgain() && isSealed(told))) {
      return;
    }
    if (outcome == null) {
      outcome = new Outcome.NotSealed(sent, told);
    }
  }

  private boolean isSealed(Message.SealReceipt told) {
    return told.bets() == sent.next() && told.checksum() == sent.checksum();
  }

  /** Computes anew what the agency's bets are, carefully; false if a row is no bet. */
  private boolean readAgain() throws IOException {
    careful = true;
    close();
    try (BetSource opened = bets.open(true)) {
      sent = take(opened, Long.MAX_VALUE, null); // nothing is to be said any more
      return true;
    } catch (BadRowException row) {
      outcome = new Outcome.BadRow(row);
      return false;
    }
  }

  /** Closes the bets. Idempotent. */
  @Override
  public void close() throws IOException {
    if (source != null) {
      source.close();
      source = null;
    }
  }
}
