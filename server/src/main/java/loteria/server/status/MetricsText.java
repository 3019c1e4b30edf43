package loteria.server.status;

import java.math.BigDecimal;
import java.util.function.ToLongFunction;
import loteria.lottery.Refusal;

/**
 * A status as metrics, in Prometheus' text format 0.0.4: docs/STATUS.md. Nothing in it tells of a
 * person.
 */
public final class MetricsText {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /**
   * The bounds of the histogram of syncs, in nanoseconds; each is one of a bucket of its source.
   */
  private static final long[] SYNC_BOUNDS_NANOS = {
    50_000,
    100_000,
    250_000,
    500_000,
    1_000_000,
    2_500_000,
    5_000_000,
    10_000_000,
    25_000_000,
    50_000_000,
    100_000_000,
    250_000_000,
    500_000_000,
    1_000_000_000,
    2_500_000_000L,
    10_000_000_000L,
  };

  private final StringBuilder text = new StringBuilder();
  private String family = "";

  private MetricsText() {}

  public static String of(Status status) {
    MetricsText metrics = new MetricsText();
    metrics.program(status);
    if (status.state() != Status.State.STARTING) {
      // Counters that would begin again at each start would count all bets again.
      metrics.lottery(status);
      metrics.agencies(status);
      metrics.journal(status.journal());
      if (status.shared() != null) {
        metrics.shared(status.shared());
      }
    }
    return metrics.text.toString();
  }

  private void program(Status status) {
    family("loteria_build_info", "gauge", "The version of the central.");
    sample("version", escaped(status.version()), 1);
    family("loteria_start_time_seconds", "gauge", "When the central started, in Unix time.");
    sample(status.started().getEpochSecond());
    family(
        "loteria_state", "gauge", "What the central is doing: 1 for one state, 0 for the others.");
    for (Status.State state : Status.State.values()) {
      sample("state", state.toString(), state == status.state() ? 1 : 0);
    }
    family("loteria_heap_bytes", "gauge", "What objects take, uncollected ones included.");
    sample(status.heap().bytes());
    family("loteria_heap_max_bytes", "gauge", "What objects may take.");
    sample(status.heap().bytesMax());
    family("loteria_log_stalled", "gauge", "Whether nobody reads the log: lines are dropped.");
    sample(status.log().stalled() ? 1 : 0);
    family("loteria_log_lines_dropped_total", "counter", "Log lines that could not be written.");
    sample(status.log().linesDropped());
    family(
        "loteria_connections_open",
        "gauge",
        "Open connections, those with other centrals included.");
    sample(status.connections().open());
    family(
        "loteria_connections_total",
        "counter",
        "Connections that were accepted, those of other centrals included.");
    sample(status.connections().total());
    family("loteria_refusals_total", "counter", "Refusals that agencies were told, by reason.");
    for (Refusal refusal : Refusal.values()) {
      sample("reason", refusal.name(), status.refusals().getOrDefault(refusal, 0L));
    }
  }

  private void lottery(Status status) {
    family("loteria_agencies_expected", "gauge", "Agencies of this lottery.");
    sample(status.agencies().size());
    family("loteria_agencies_missing", "gauge", "Agencies that are awaited.");
    sample(status.missing().size());
    family("loteria_bets_total", "counter", "Bets that are stored, earlier runs included.");
    sample(status.bets());
    if (status.sealed() != null) {
      family("loteria_sealed_bets", "gauge", "Bets that were sealed.");
      sample(status.sealed().seal().bets());
    }
    if (status.drawn() != null) {
      family("loteria_winners", "gauge", "Bets that have won.");
      sample(status.drawn().winners());
    }
  }

  private void agencies(Status status) {
    agencies(
        status,
        "loteria_agency_bets_total",
        "counter",
        "Bets that are stored.",
        Status.Agency::bets);
    agencies(
        status,
        "loteria_agency_finished",
        "gauge",
        "Whether the agency has finished.",
        agency -> agency.finished() ? 1 : 0);
    agencies(
        status,
        "loteria_agency_connected",
        "gauge",
        "Whether the agency is here.",
        agency -> agency.connected() ? 1 : 0);
    agencies(
        status,
        "loteria_agency_closed",
        "gauge",
        "Whether an operator has ended the wait for the agency.",
        agency -> agency.closed() == null ? 0 : 1);
    if (status.drawn() != null) {
      agencies(
          status,
          "loteria_agency_winners",
          "gauge",
          "Bets of the agency that have won.",
          agency -> agency.winners() == null ? 0 : agency.winners());
    }
  }

  private void agencies(
      Status status, String name, String type, String help, ToLongFunction<Status.Agency> value) {
    family(name, type, help);
    for (Status.Agency agency : status.agencies()) {
      sample("agency", Integer.toString(agency.agency()), value.applyAsLong(agency));
    }
  }

  private void journal(Status.Journal journal) {
    family("loteria_journal_bytes", "gauge", "Size of the journal.");
    sample(journal.bytes());
    family(
        "loteria_journal_fsync_seconds", "histogram", "How long the fsyncs of the journal took.");
    SyncTimes syncs = journal.syncs();
    // Counted first: what is recorded meanwhile must not make a bucket exceed the last.
    long count = syncs.count();
    for (long bound : SYNC_BOUNDS_NANOS) {
      String le = BigDecimal.valueOf(bound, 9).stripTrailingZeros().toPlainString();
      sample("_bucket{le=\"" + le + "\"}", Math.min(syncs.countUpTo(bound), count));
    }
    sample("_bucket{le=\"+Inf\"}", count);
    sample("_sum", new BigDecimal(Double.toString(syncs.sumSeconds())).toPlainString());
    sample("_count", count);
  }

  private void shared(Status.Shared shared) {
    family("loteria_partition_owned", "gauge", "Whether this central owns the partition.");
    for (Status.Partition partition : shared.partitions()) {
      sample("partition", partition.partition(), partition.own() ? 1 : 0);
    }
    family("loteria_take_overs_total", "counter", "Partitions that this central has taken over.");
    sample(shared.takeOvers());
  }

  /** A family begins: the samples that follow are of it. */
  private void family(String name, String type, String help) {
    family = name;
    text.append("# HELP %s %s\n# TYPE %s %s\n".formatted(name, help, name, type));
  }

  private void sample(long value) {
    sample("", value);
  }

  private void sample(String label, String labelled, long value) {
    sample("{" + label + "=\"" + labelled + "\"}", value);
  }

  /** A sample whose name, or labels, go on from the family's name. */
  private void sample(String suffix, Object value) {
    text.append(family).append(suffix).append(' ').append(value).append('\n');
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
