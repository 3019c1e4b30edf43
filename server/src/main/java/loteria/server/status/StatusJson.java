package loteria.server.status;

import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import loteria.lottery.Lottery;
import loteria.lottery.Refusal;
import loteria.lottery.Seal;
import loteria.runtime.JsonText;
import org.jspecify.annotations.Nullable;

/** A status as one line of JSON (RFC 8259): docs/STATUS.md. */
final class StatusJson {
  private StatusJson() {}

  static String of(Status status) {
    return object(
        member("version", JsonText.of(status.version())),
        member("started", JsonText.of(status.started().toString())),
        member("now", JsonText.of(status.now().toString())),
        member("state", JsonText.of(status.state().toString())),
        member("expected", status.agencies().size()),
        member("missing", array(status.missing().stream())),
        member("bets", status.bets()),
        member("bets_per_second", array(status.betsPerSecond().stream())),
        member("agencies", array(status.agencies().stream().map(StatusJson::of))),
        member("seal", orNull(status.sealed(), StatusJson::of)),
        member("draw", orNull(status.drawn(), StatusJson::of)),
        member("refusals", of(status.refusals())),
        member("connections", status.connections().open()),
        member("connections_total", status.connections().total()),
        member("journal", of(status.journal())),
        member("heap", of(status.heap())),
        member("log", of(status.log())),
        member("shared", orNull(status.shared(), StatusJson::of)));
  }

  private static String of(Status.Agency agency) {
    return object(
        member("agency", agency.agency()),
        member("name", orNull(agency.name(), JsonText::of)),
        member("bets", agency.bets()),
        member("finished", agency.finished()),
        member("closed", orNull(agency.closed(), reason -> JsonText.of(reason.toString()))),
        member("connected", agency.connected()),
        member("seconds_since_seen", orNull(agency.secondsSinceSeen(), String::valueOf)),
        member("winners", orNull(agency.winners(), String::valueOf)));
  }

  private static String of(Lottery.Sealed sealed) {
    Seal seal = sealed.seal();
    return object(
        member("bets", seal.bets()),
        member("sha256", JsonText.of(seal.sha256())),
        member("closed", array(seal.closed().stream())),
        member("at", JsonText.of(sealed.at().toString())));
  }

  private static String of(Lottery.Drawn drawn) {
    return object(
        member("number", drawn.number()),
        member("winners", drawn.winners()),
        member("at", JsonText.of(drawn.at().toString())));
  }

  private static String of(Map<Refusal, Long> refusals) {
    return object(
        refusals.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> member(entry.getKey().name(), entry.getValue()))
            .toArray(String[]::new));
  }

  private static String of(Status.Journal journal) {
    SyncTimes syncs = journal.syncs();
    return object(
        member("bytes", journal.bytes()),
        member("fsyncs", syncs.count()),
        member(
            "fsync_seconds",
            object(
                member("p50", number(syncs.quantileSeconds(0.50))),
                member("p99", number(syncs.quantileSeconds(0.99))),
                member("max", number(syncs.maxSeconds())))));
  }

  private static String of(Status.Shared shared) {
    return object(
        member("name", JsonText.of(shared.name())),
        member("take_overs", shared.takeOvers()),
        member(
            "partitions",
            array(
                shared.partitions().stream()
                    .map(partition ->
                        object(
                            member("partition", JsonText.of(partition.partition())),
                            member("owner", orNull(partition.owner(), JsonText::of)),
                            member("own", partition.own()))))));
  }

  private static String of(Status.Heap heap) {
    return object(member("bytes", heap.bytes()), member("bytes_max", heap.bytesMax()));
  }

  private static String of(Status.Log log) {
    return object(member("stalled", log.stalled()), member("lines_dropped", log.linesDropped()));
  }

  private static String object(String... members) {
    return "{" + String.join(",", members) + "}";
  }

  private static String array(Stream<?> values) {
    return values.map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }

  /** The value is written as it is: a number, a truth value, or JSON already. */
  private static String member(String name, Object value) {
    return "\"" + name + "\":" + value;
  }

  private static <T> String orNull(@Nullable T value, Function<T, String> json) {
    return value == null ? "null" : json.apply(value);
  }

  private static String number(double value) {
    return new BigDecimal(Double.toString(value)).toPlainString();
  }
}
