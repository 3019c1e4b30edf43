package loteria.server;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import loteria.journal.SharedLog;
import loteria.lottery.Lottery;
import loteria.lottery.Refusal;
import loteria.lottery.Winners;
import loteria.server.status.Status;
import loteria.server.status.StatusServer;
import loteria.server.status.SyncTimes;
import org.jspecify.annotations.Nullable;

/** Where a central's status comes from: each call looks at it anew. For the server's thread. */
final class StatusSource implements StatusServer.Source {
  /** An agency that sends sends more often than that. */
  private static final long QUIET_SECONDS_MAX = 5;

  private final String version;
  private final AgencyNames names;
  private final Figures figures;
  private final SyncTimes syncs;
  private final Supplier<Status.Log> log;
  private final Supplier<Status.@Nullable Shared> shared;
  private final InstantSource clock;
  private final Instant started;
  private final Rates rates;

  /** The central has started now. */
  StatusSource(
      String version,
      AgencyNames names,
      Figures figures,
      SyncTimes syncs,
      Supplier<Status.Log> log,
      Supplier<Status.@Nullable Shared> shared,
      InstantSource clock) {
    this.version = version;
    this.names = names;
    this.figures = figures;
    this.syncs = syncs;
    this.log = log;
    this.shared = shared;
    this.clock = clock;
    this.started = now();
    this.rates = new Rates();
  }

  @Override
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public Status.State state() {
    return figures.state();
  }

  @Override
  public void sample(long seconds) {
    rates.sample(figures.newBets(), seconds);
  }

  @Override
  public Status status() {
    // The state first: what it says is then true of all that is read after it.
    Status.State state = figures.state();
    Winners winners = figures.winners();
    Status.@Nullable Shared others = shared.get();
    return new Status(
        version,
        started,
        now(),
        state,
        agencies(winners, others),
        rates.perSecond(),
        figures.sealed(),
        drawn(winners),
        refusals(),
        new Status.Connections(figures.openConnections(), figures.acceptedConnections()),
        new Status.Journal(figures.journalBytes(), syncs),
        heap(),
        log(),
        others);
  }

  private Lottery.@Nullable Drawn drawn(@Nullable Winners winners) {
    @Nullable Instant at = figures.drawnAt();
    return winners == null || at == null
        ? null
        : new Lottery.Drawn(winners.number(), winners.total(), at);
  }

  @Override
  public Status.Log log() {
    return log.get();
  }

  private static Status.Heap heap() {
    Runtime runtime = Runtime.getRuntime();
    return new Status.Heap(runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory());
  }

  private List<Status.Agency> agencies(@Nullable Winners winners, Status.@Nullable Shared others) {
    List<Status.Agency> agencies = new ArrayList<>(figures.agencies());
    for (int agency = 1; agency <= figures.agencies(); agency++) {
      agencies.add(
          new Status.Agency(
              agency,
              names.of(agency),
              figures.bets(agency),
              figures.finished(agency),
              figures.closedFor(agency),
              isConnected(agency, others),
              figures.secondsSinceHeard(agency),
              winners == null ? null : winners.of(agency)));
    }
    return agencies;
  }

  /** Of one that another central serves, this one knows only that bets come. */
  private boolean isConnected(int agency, Status.@Nullable Shared others) {
    @Nullable Long seconds = figures.secondsSinceHeard(agency);
    return figures.connected(agency)
        || (others != null
            && !owns(others, agency)
            && seconds != null
            && seconds < QUIET_SECONDS_MAX);
  }

  /** Whether this central owns the partition of an agency; the last one is the draw's. */
  private static boolean owns(Status.Shared shared, int agency) {
    List<Status.Partition> partitions = shared.partitions();
    return partitions.get(SharedLog.partition(agency, partitions.size() - 1)).own();
  }

  private Map<Refusal, Long> refusals() {
    Map<Refusal, Long> refusals = new EnumMap<>(Refusal.class);
    for (Refusal refusal : Refusal.values()) {
      if (figures.refusals(refusal) > 0) {
        refusals.put(refusal, figures.refusals(refusal));
      }
    }
    return refusals;
  }
}
