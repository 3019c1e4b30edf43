package loteria.server.status;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import loteria.lottery.ClosingReason;
import loteria.lottery.Lottery;
import loteria.lottery.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * All that is shown of a central at one moment (docs/STATUS.md).
 *
 * @param betsPerSecond of each of the last whole seconds, the oldest first
 * @param refusals by reason, since the start
 * @param shared the log that several centrals share; null if this one is alone
 */
public record Status(
    String version,
    Instant started,
    Instant now,
    State state,
    List<Agency> agencies,
    List<Long> betsPerSecond,
    Lottery.@Nullable Sealed sealed,
    Lottery.@Nullable Drawn drawn,
    Map<Refusal, Long> refusals,
    Connections connections,
    Journal journal,
    Heap heap,
    Log log,
    @Nullable Shared shared) {
  public Status {
    agencies = List.copyOf(agencies);
    betsPerSecond = List.copyOf(betsPerSecond);
    refusals = Map.copyOf(refusals);
  }

  /** What the central is doing. */
  public enum State {
    STARTING,
    RECEIVING,
    SEALING,
    /** The bets are sealed, and the number was not drawn yet. */
    SEALED,
    DRAWN,
    DRAINING,
    STORAGE_FULL,
    /** The log that several centrals share may lose bets as it is set up now. */
    UNSAFE;

    /** Whether an agency that comes is served. */
    public boolean isReady() {
      return this == RECEIVING || this == SEALED || this == DRAWN;
    }

    /** Its name outside. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * An agency.
   *
   * @param name what people call it, if the central was told
   * @param closed why an operator has ended the wait for it, if one has
   * @param secondsSinceSeen since its last message, if there was one since the start
   * @param winners how many of its bets have won, once the draw was held
   */
  public record Agency(
      int agency,
      @Nullable String name,
      long bets,
      boolean finished,
      @Nullable ClosingReason closed,
      boolean connected,
      @Nullable Long secondsSinceSeen,
      @Nullable Long winners) {}

  /**
   * Connections of agencies, echo clients and other centrals.
   *
   * @param open also those to other centrals
   * @param total how many were accepted since the start
   */
  public record Connections(int open, long total) {}

  /**
   * The journal.
   *
   * @param syncs its fsyncs since the start
   */
  public record Journal(long bytes, SyncTimes syncs) {}

  /**
   * The program's own memory, in bytes: what its objects take, those that were not yet collected
   * included, and what they may take.
   */
  public record Heap(long bytes, long bytesMax) {}

  /**
   * The log.
   *
   * @param stalled whether nobody reads it: lines are dropped
   * @param linesDropped since the start
   */
  public record Log(boolean stalled, long linesDropped) {}

  /**
   * The log that several centrals share.
   *
   * @param partitions in order: those of the bets, and the draw's
   * @param takeOvers how often this central has taken a partition over, since the start
   */
  public record Shared(String name, List<Partition> partitions, long takeOvers) {
    public Shared {
      partitions = List.copyOf(partitions);
    }
  }

  /**
   * A part of the shared log.
   *
   * @param partition its number, or {@code draw}
   * @param owner where its owner is reached by other centrals, as far as it is known
   * @param own whether this central owns it
   */
  public record Partition(String partition, @Nullable String owner, boolean own) {}

  /** The agencies that are awaited, in order: they have not finished, and were not closed. */
  List<Integer> missing() {
    return agencies.stream()
        .filter(agency -> !agency.finished() && agency.closed() == null)
        .map(Agency::agency)
        .toList();
  }

  /** How many bets are stored. */
  long bets() {
    return agencies.stream().mapToLong(Agency::bets).sum();
  }
}
