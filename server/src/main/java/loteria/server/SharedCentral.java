package loteria.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import loteria.journal.DataDirectory;
import loteria.kafka.KafkaLog;
import loteria.kafka.options.BadClientSettingsException;
import loteria.kafka.options.ClientLibrary;
import loteria.kafka.options.KafkaOptions;
import loteria.kafka.options.UnsafeTopicsException;
import loteria.runtime.settings.BadSettingException;
import loteria.runtime.settings.HostPort;
import loteria.server.ledger.Ledger;
import loteria.server.ledger.SharedLottery;
import loteria.server.net.Loop;
import loteria.server.status.Status;
import org.jspecify.annotations.Nullable;

/**
 * What a central has that shares its lottery with others, over Kafka. Nothing else of the central
 * but its settings knows of Kafka, so that without it none of Kafka's classes is loaded.
 */
final class SharedCentral {
  private final KafkaLog kafka;
  private final SharedLottery lottery;
  private final String name;

  private SharedCentral(KafkaLog kafka, SharedLottery lottery, String name) {
    this.kafka = kafka;
    this.lottery = lottery;
    this.name = name;
  }

  /**
   * Opens the lottery's log; {@link #start} follows it.
   *
   * @param peer where other centrals reach this one
   * @throws BadSettingException if the log is not one to keep bets in, or the directory one of a
   *     lottery of its own
   * @throws IOException if the brokers cannot be reached, or the log not be read
   */
  static SharedCentral open(
      CentralSettings settings,
      HostPort peer,
      DataDirectory directory,
      Figures figures,
      Ledger.Settings rules,
      ServerLog log,
      Loop.Halt halt)
      throws BadSettingException, IOException {
    requireNoLottery(settings, directory);
    requireClient(settings);
    KafkaOptions options = settings.kafka(peer);
    KafkaLog kafka;
    try {
      kafka = KafkaLog.open(options, directory, log.lines());
    } catch (UnsafeTopicsException unsafe) {
      unsafe.wrong().forEach(log::unsafeLog);
      throw settings.refusal(
          CentralSettings.KAFKA, "has topics that would not keep the bets of this lottery");
    } catch (BadClientSettingsException refused) {
      throw settings.refusal(
          CentralSettings.KAFKA_CONFIG, "cannot be used: " + refused.getMessage());
    }
    try {
      return new SharedCentral(
          kafka,
          new SharedLottery(
              kafka,
              directory,
              figures,
              rules,
              log,
              drawn -> settings.numberWarning(drawn).ifPresent(log::configWarning),
              halt::halt),
          options.name());
    } catch (RuntimeException failed) {
      kafka.close();
      throw failed;
    }
  }

  /** Kafka's client is there, which is on the class path only where it is wanted. */
  static void requireClient(CentralSettings settings) throws BadSettingException {
    try {
      ClientLibrary.require();
    } catch (IOException missing) {
      throw settings.refusal(CentralSettings.KAFKA, "cannot be used: " + missing.getMessage());
    }
  }

  /** A directory is that of one lottery: its own, or its part of one that is shared. */
  private static void requireNoLottery(CentralSettings settings, DataDirectory directory)
      throws BadSettingException, IOException {
    if (directory.hasLottery()) {
      throw settings.refusal(
          CentralSettings.DATA_DIRECTORY,
          "holds a lottery that no other central shares: %s/%s"
              .formatted(directory, DataDirectory.JOURNAL));
    }
  }

  SharedLottery lottery() {
    return lottery;
  }

  /** Follows the log, and owns what it is given, from now on. The loop must have been started. */
  void start() throws IOException {
    lottery.start();
  }

  /** What is shown of it. Any thread. */
  Status.Shared status() {
    Map<Integer, InetSocketAddress> owners = kafka.owners();
    List<Integer> own = kafka.owned();
    int draw = kafka.betPartitions();
    List<Status.Partition> partitions = new ArrayList<>();
    for (int number = 0; number <= draw; number++) {
      String partition = number == draw ? "draw" : Integer.toString(number);
      @Nullable InetSocketAddress owner = owners.get(number);
      @Nullable String at = owner == null ? null : owner.getHostString() + ":" + owner.getPort();
      partitions.add(new Status.Partition(partition, at, own.contains(number)));
    }
    return new Status.Shared(name, partitions, kafka.takeOvers());
  }

  /** Gives back what it owns, in order; the loop must run still. */
  void close() {
    lottery.close();
  }
}
