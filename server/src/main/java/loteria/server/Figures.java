package loteria.server;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import loteria.lottery.AgencyState;
import loteria.lottery.ClosingReason;
import loteria.lottery.Lottery;
import loteria.lottery.Refusal;
import loteria.lottery.Winners;
import loteria.server.status.Status;
import org.jspecify.annotations.Nullable;

/**
 * What of the lottery can be seen from outside while it is under way. The ledger's thread writes
 * each figure when it is durable, with plain stores and without a lock, an allocation or a look at
 * who reads; whoever shows them reads when he likes.
 *
 * <p>Each figure is right by itself; two that are read one after the other may be of different
 * moments. Thread-safe; the writers are named.
 */
public final class Figures {
  private static final long NEVER = 0;
  private static final int REASONS = 256; // one for each code on the wire

  private final long since = System.nanoTime();

  /** How many bets are stored, twice, and one more if the agency has finished. */
  private final AtomicLongArray standings;

  /** When each agency was last heard, in nanoseconds after {@code since}. */
  private final AtomicLongArray heard;

  private final AtomicIntegerArray connected;
  private final AtomicLongArray refusals = new AtomicLongArray(REASONS);
  private final Map<Integer, ClosingReason> closed = new ConcurrentHashMap<>();
  private volatile int openConnections;
  private volatile long acceptedConnections;
  private final AtomicLong journalBytes = new AtomicLong();
  private volatile boolean starting;
  private volatile long recovered;
  private volatile boolean full;
  private volatile boolean draining;
  private volatile boolean unsafe;
  private volatile Lottery.@Nullable Sealed sealed;
  private volatile @Nullable Instant drawnAt;
  private volatile @Nullable Winners winners;

  /** Those of a lottery that has not begun, of a central that has started. */
  public Figures(int agencies) {
    standings = new AtomicLongArray(agencies);
    heard = new AtomicLongArray(agencies);
    connected = new AtomicIntegerArray(agencies);
  }

  /** Whoever starts the central: the journal is about to be read. */
  public void starting() {
    starting = true;
  }

  /** Whoever starts the central, or the ledger's thread: what is stored was read. */
  public void started() {
    recovered = bets();
    starting = false;
  }

  /** What the ledger's thread has made durable of an agency. */
  public void stands(int agency, AgencyState state) {
    standings.setOpaque(agency - 1, state.next() << 1 | (state.finished() ? 1 : 0));
    if (!starting) {
      heard(agency); // perhaps by another central
    }
  }

  /** The ledger's thread: an operator has ended the wait for an agency. */
  public void closed(int agency, ClosingReason reason) {
    closed.put(agency, reason);
    connected(agency, false);
  }

  /** The ledger's thread: an agency's session has begun, or its last one has ended. */
  public void connected(int agency, boolean now) {
    connected.setOpaque(agency - 1, now ? 1 : 0);
  }

  /** The loop's thread: a message of an agency has come. */
  public void heard(int agency) {
    if (agency >= 1 && agency <= heard.length()) {
      heard.setOpaque(agency - 1, Math.max(System.nanoTime() - since, NEVER + 1));
    }
  }

  /** Whoever refuses. */
  public void refused(Refusal refusal) {
    refusals.getAndIncrement(refusal.code());
  }

  /** The loop's thread: so many connections are open now, and were accepted since the start. */
  public void connections(int open, long accepted) {
    openConnections = open;
    acceptedConnections = accepted;
  }

  public int openConnections() {
    return openConnections;
  }

  public long acceptedConnections() {
    return acceptedConnections;
  }

  /** The ledger's thread: the journal has grown by so much. */
  public void grown(long bytes) {
    journalBytes.setOpaque(journalBytes.getPlain() + bytes);
  }

  /** The ledger's thread: whether there was no room for what was to be stored last. */
  public void full(boolean now) {
    full = now;
  }

  public boolean isFull() {
    return full;
  }

  /** The ledger's thread. */
  public void sealed(Lottery.Sealed made) {
    sealed = made;
  }

  /** The ledger's thread. */
  public void drawn(Winners held, Instant at) {
    drawnAt = at;
    winners = held;
  }

  /** The log's thread: what is wrong with where the bets are kept, a line each. */
  public void unsafe(List<String> wrong) {
    unsafe = !wrong.isEmpty();
  }

  /** Whoever ends the central. */
  public void draining() {
    draining = true;
  }

  public int agencies() {
    return standings.length();
  }

  public long bets(int agency) {
    return standings.getOpaque(agency - 1) >> 1;
  }

  /** How many bets are stored, of all agencies. */
  public long bets() {
    long bets = 0;
    for (int agency = 1; agency <= agencies(); agency++) {
      bets += bets(agency);
    }
    return bets;
  }

  /** How many of them have come since the journal was read. */
  public long newBets() {
    return starting ? 0 : bets() - recovered;
  }

  public boolean finished(int agency) {
    return (standings.getOpaque(agency - 1) & 1) == 1;
  }

  /** Why an operator has ended the wait for an agency, if one has. */
  public @Nullable ClosingReason closedFor(int agency) {
    return closed.get(agency);
  }

  public boolean connected(int agency) {
    return connected.getOpaque(agency - 1) == 1;
  }

  /** How long ago an agency was last heard, or null if it was not since the start. */
  public @Nullable Long secondsSinceHeard(int agency) {
    long at = heard.getOpaque(agency - 1);
    return at == NEVER
        ? null
        : TimeUnit.NANOSECONDS.toSeconds(Math.max(System.nanoTime() - since - at, 0));
  }

  public long refusals(Refusal refusal) {
    return refusals.getOpaque(refusal.code());
  }

  public long journalBytes() {
    return journalBytes.getOpaque();
  }

  public Lottery.@Nullable Sealed sealed() {
    return sealed;
  }

  /** When the draw was held; null before {@link #winners} are there. */
  public @Nullable Instant drawnAt() {
    return drawnAt;
  }

  public @Nullable Winners winners() {
    return winners;
  }

  public Status.State state() {
    if (draining) {
      return Status.State.DRAINING;
    }
    if (starting) {
      return Status.State.STARTING;
    }
    if (unsafe) {
      return Status.State.UNSAFE;
    }
    if (full) {
      return Status.State.STORAGE_FULL;
    }
    if (winners != null) {
      return Status.State.DRAWN;
    }
    if (sealed != null) {
      return Status.State.SEALED;
    }
    for (int agency = 1; agency <= agencies(); agency++) {
      if (!finished(agency) && closedFor(agency) == null) {
        return Status.State.RECEIVING;
      }
    }
    return Status.State.SEALING;
  }
}
