package loteria.kafka;

import java.io.IOException;
import loteria.kafka.brokers.Kafka;
import loteria.runtime.log.Level;
import loteria.runtime.log.LogLines;
import loteria.runtime.log.Result;

/** The log lines about the shared log, a method each. Thread-safe. */
final class KafkaLines {
  private final LogLines lines;

  KafkaLines(LogLines lines) {
    this.lines = lines;
  }

  void opened(Kafka.Layout layout, String brokers) {
    lines.info(
        "open_kafka",
        Result.SUCCESS,
        "name",
        layout.name(),
        "bet_partitions",
        layout.betPartitions(),
        "brokers",
        brokers);
  }

  /** A partition is this central's: opening its writer and reading the rest took so long. */
  void taken(String partition, long bytes, long initMillis, long replayMillis) {
    lines.info(
        "take_partition",
        Result.SUCCESS,
        "partition",
        partition,
        "bytes",
        bytes,
        "init_ms",
        initMillis,
        "replay_ms",
        replayMillis);
  }

  void given(String partition) {
    lines.info("give_partition", Result.SUCCESS, "partition", partition);
  }

  void lost(String partition, IOException why) {
    lines.write(
        Level.CRITICAL,
        "lose_partition",
        Result.FAIL,
        "partition",
        partition,
        "error",
        String.valueOf(why.getMessage()));
  }

  /** The group has given a partition to others, or is about to, without asking. */
  void takenForDead(String partition) {
    lines.warning(
        "lose_partition",
        Result.IN_PROGRESS,
        "partition",
        partition,
        "error",
        "the group has not heard of this central for too long: others may own it");
  }

  /** A commit is under way for so long. */
  void slow(String partition, long seconds) {
    lines.warning("kafka_slow", Result.IN_PROGRESS, "partition", partition, "seconds", seconds);
  }

  /** Something about the topics or the brokers that is allowed, and probably a mistake. */
  void warning(String warning) {
    lines.warning("check_topics", Result.SUCCESS, "warning", warning);
  }

  /** What Kafka's clients say themselves. */
  void client(Level level, String said) {
    lines.write(level, "kafka_client", Result.IN_PROGRESS, "error", said);
  }
}
