package loteria.server.status;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import loteria.lottery.Reason;
import loteria.lottery.Refusal;
import loteria.lottery.Seal;
import org.jspecify.annotations.Nullable;

/**
 * All that is shown of a central at one moment (docs/STATUS.md).
 *
 * @param betsPerSecond of each of the last whole seconds, the oldest first
 * @param refusals by reason, since the start
 */
public record Status(
    String version,
    Instant started,
    Instant now,
    State state,
    List<Agency> agencies,
    List<Long> betsPerSecond,
    @Nullable Seal seal,
    @Nullable Draw draw,
    Map<Refusal, Long> refusals,
    Connections connections,
    Journal journal,
    Heap heap,
    Log log) {
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
    DRAWN,
    DRAINING,
    STORAGE_FULL;

    /** Whether an agency that comes is served. */
    public boolean isReady() {
      return this == RECEIVING || this == DRAWN;
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
   * @param closed why an operator has ended the wait for it, if one has
   * @param secondsSinceSeen since its last message, if there was one since the start
   * @param winners how many of its bets have won, once the draw was held
   */
  public record Agency(
      int agency,
      long bets,
      boolean finished,
      @Nullable Reason closed,
      boolean connected,
      @Nullable Long secondsSinceSeen,
      @Nullable Long winners) {}

  /** The draw that was held. */
  public record Draw(int number, long winners) {}

  /**
   * Connections to the port of the agencies.
   *
   * @param total since the start
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
