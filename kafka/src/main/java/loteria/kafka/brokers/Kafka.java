package loteria.kafka.brokers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import loteria.journal.FencedException;

/**
 * What the log asks of Kafka's brokers, in as few calls as it needs: the seam at which a test or a
 * simulation puts brokers of its own, with their own faults.
 *
 * <p>Partitions are numbered as {@link loteria.journal.SharedLog} numbers them: those of the bets
 * from 0, and the draw's behind them. Offsets count records and what the brokers write between
 * them, so they have gaps. Thread-safe, but for what is said to be one thread's.
 */
public interface Kafka extends AutoCloseable {
  /** The largest record: what a request and a topic take, but for what frames a record there. */
  int RECORD_BYTES_MAX = ClientSettings.REQUEST_BYTES_MAX - (64 << 10);

  /**
   * Which log it is.
   *
   * @param name of the lottery
   * @param betPartitions how many partitions the topic of the bets has
   * @param topics the ids of the topics, that of the bets first
   */
  record Layout(String name, int betPartitions, List<UUID> topics) {
    public Layout {
      topics = List.copyOf(topics);
    }

    /** All partitions, the draw's included. */
    public int partitions() {
      return betPartitions + 1;
    }

    /** What messages call a partition, and what its transactional id is: {@code NAME.bets-3}. */
    public String partition(int number) {
      return number < betPartitions ? name + ".bets-" + number : name + ".draw-0";
    }

    /** What the lottery's topics have become since this was so, a line each; empty if nothing. */
    public List<String> changed(Layout now) {
      return TopicCheck.changed(this, now);
    }
  }

  /**
   * Where a partition begins and ends.
   *
   * @param first the offset of its first record; not 0 if records were deleted
   * @param stable where what is decided ends: everything before it is committed or aborted
   * @param last where everything ends, transactions under way included
   */
  record Offsets(long first, long stable, long last) {
    /** Refuses a partition, by what messages call it, that has lost its first records. */
    public void requireBeginning(String partition) throws IOException {
      if (first != 0) {
        throw new IOException(
            "%s begins at offset %d, not 0: bets were deleted from it, by retention or by hand"
                .formatted(partition, first));
      }
    }
  }

  /**
   * What keeps the topics from being trusted, a line each, or keeps less than it could.
   *
   * @param wrong why bets may be lost, or are
   * @param warnings what is allowed, and probably a mistake
   */
  record Health(List<String> wrong, List<String> warnings) {
    public Health {
      wrong = List.copyOf(wrong);
      warnings = List.copyOf(warnings);
    }
  }

  /** The one that may write to a partition, until another is opened. One thread. */
  interface Writer extends AutoCloseable {
    /**
     * Commits one record. It may take a while before {@link Offsets#stable} and readers know of it.
     *
     * @return its offset
     * @throws FencedException if another writer was opened: nothing was written
     * @throws IOException if it is unknown whether it is committed; no call may follow
     */
    long commit(byte[] record) throws IOException;

    @Override
    void close();
  }

  /** Takes what is read. */
  interface Sink {
    /** A record of a partition at an offset: good until the call returns. */
    void record(int partition, long offset, ByteBuffer value) throws IOException;
  }

  /** Reads the committed records of all partitions from their beginnings. One thread. */
  interface Reader extends AutoCloseable {
    /**
     * Hands over what has come, or waits for it so long. The records of a partition come in order.
     *
     * @throws IOException if a partition cannot be read on, for one because it ends before what was
     *     read of it; or whatever the sink throws
     */
    void poll(long millis, Sink sink) throws IOException;

    /** Whether everything before an offset of a partition was handed over. */
    boolean hasReached(int partition, long offset) throws IOException;

    /** Reads no more of a partition. */
    void pause(int partition);

    /** Reads a partition again, from an offset on. */
    void resume(int partition, long offset);

    @Override
    void close();
  }

  /** What a member of the group is told, by the thread that polls. */
  interface Group {
    void assigned(List<Integer> partitions);

    /** When it returns, others may be given them. */
    void revoked(List<Integer> partitions);

    /** Others may have them already. */
    void lost(List<Integer> partitions);
  }

  /** A member of the group of centrals, which shares the partitions out. One thread. */
  interface Member extends AutoCloseable {
    /** Stays a member; waits some tenths of a second for news, which the group is told. */
    void poll() throws IOException;

    /** Leaves: what it has is revoked first. */
    @Override
    void close();
  }

  /** Which log it is now. */
  Layout layout() throws IOException;

  Offsets offsets(int partition) throws IOException;

  /**
   * Opens the writer of a partition. From now on any other one is fenced; what that had under way
   * is decided when this returns.
   */
  Writer writer(int partition) throws IOException;

  Reader reader() throws IOException;

  Member join(Group group) throws IOException;

  /** Where the owner of each partition that has one can be reached; names are not looked up. */
  Map<Integer, InetSocketAddress> owners() throws IOException;

  /** How the topics and the brokers keep what they are given. */
  Health health() throws IOException;

  /** Does what makes the first take-over of a program slow. */
  void warmUp() throws IOException;

  @Override
  void close();
}
