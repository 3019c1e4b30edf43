package loteria.journal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The log of a lottery that several centrals share. It has partitions: those numbered from 0 hold
 * bets, and the last one, numbered {@link #betPartitions()}, holds the seal and the draw. What was
 * committed to a partition is a journal, byte for byte.
 *
 * <p>At most one central owns a partition, and only its owner writes to it. Every central follows
 * all of them: it has a local copy of each, of whole committed blocks alone, and is told of each
 * block that was not written by itself.
 *
 * <p>Thread-safe, except where a method says otherwise.
 */
public interface SharedLog extends AutoCloseable {

  /**
   * What a central is told by its log. {@link #followed} is called by one thread; {@link #assigned}
   * and {@link #revoked}, one after the other, by another, so that the first goes on during the
   * second; {@link #unsafe} and {@link #failed} by any.
   */
  interface Listener {
    /**
     * The copy of a partition has grown by committed bytes that others have written: its file
     * header, whole blocks, or both.
     *
     * @param from where they begin in the copy
     * @param to where they end
     */
    void followed(int partition, long from, long to) throws IOException;

    /** All that was committed when the log was started has been {@link #followed}. Once. */
    void caughtUp() throws IOException;

    /**
     * This central is to own a partition: it may {@link SharedLog#take} it. Returns when it serves.
     * {@link #followed} goes on meanwhile.
     */
    void assigned(int partition) throws IOException;

    /**
     * This central is to own a partition no longer. Returns when everything is stored and answered,
     * and the storage that it took is closed. If the central was taken for dead, another may own
     * the partition already: then to store anything more fails with a {@link FencedException}.
     */
    void revoked(int partition) throws IOException;

    /**
     * Whether the log keeps what it is given may be in doubt from now on: what is wrong, a line
     * each; none if all is well again.
     */
    void unsafe(List<String> wrong);

    /** The log cannot be gone on with: the central has to halt. Any thread. */
    void failed(IOException why);
  }

  /** How many partitions hold bets: which of them has an agency's, {@link #partition} says. */
  int betPartitions();

  /** The partition that holds the bets of an agency, of so many that hold bets. */
  static int partition(int agency, int betPartitions) {
    return Math.floorMod(agency - 1, betPartitions);
  }

  /** The ids of the topics: another id is another log, though its name is the same. */
  List<UUID> topics();

  /**
   * Follows all partitions from now on, and offers to own some. To be called once.
   *
   * @throws IOException if it cannot be followed; it says why
   */
  void start(Listener listener) throws IOException;

  /**
   * Takes over a partition that was assigned: whoever had it can write no more, and all that it has
   * committed is in the copy, and {@link Listener#followed} was called for it, when this returns.
   *
   * @return the partition as a storage. Reads are those of the copy. What was written since the
   *     last sync is committed as one by {@link Storage#sync}; it never runs out of room. {@link
   *     Storage#truncate} below what is committed is refused, and so is a write there of other
   *     bytes than it has.
   * @throws FencedException as the storage's sync does, if somebody else has taken it over
   */
  Storage take(int partition) throws IOException;

  /**
   * The copy of a partition, to read: what is committed, as far as it is known here. It grows;
   * whoever has it need not close it.
   */
  ReadableStorage copy(int partition);

  /**
   * Makes sure that nobody else has written to a partition that this central took. Takes a while.
   *
   * @throws FencedException if somebody has, or has taken it over
   * @throws IOException if that cannot be told
   */
  void requireOwned(int partition) throws IOException;

  /**
   * Where the owner of a partition can be reached by other centrals: an IP address and a port, as
   * {@code 10.0.0.3:12346} or {@code [2001:db8::3]:12346}. Empty if nobody is known to own it.
   */
  Optional<String> owner(int partition);

  /**
   * Leaves. What this central has taken and not closed is revoked first, unless the log has failed.
   * Idempotent; not to be called by a {@link Listener}.
   */
  @Override
  void close();
}
