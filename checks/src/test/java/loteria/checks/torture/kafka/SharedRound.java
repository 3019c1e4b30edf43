package loteria.checks.torture.kafka;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import loteria.checks.Bets;
import loteria.checks.kafka.RealBrokers;
import loteria.checks.kafka.Shared;
import loteria.checks.process.Programs;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Account;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Promises;
import loteria.checks.torture.relay.Mischiefs;
import loteria.checks.torture.relay.Relay;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The shared lottery of one round: brokers of its own, centrals that are started again at the same
 * port, and agencies that upload as fast as they may and reach them through relays, which hear what
 * they are told. When it is closed all of it is gone. For one thread.
 */
final class SharedRound implements AutoCloseable {
  static final int AGENCIES = 5;

  /** So many that a round ends while they are uploaded. */
  private static final int BETS = 60_000;

  private static final int BATCH_BETS = 1;

  /** More than one block of every agency. */
  private static final int PROGRESS_BETS = 200;

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration EVERY = Duration.ofMillis(20);

  /** What a supervisor starts a central again after: killed, no broker, in doubt, overtaken. */
  private static final Set<Integer> STARTED_AGAIN = Set.of(137, 69, 74, 75);

  private final List<List<String>> files;
  private final RealBrokers brokers;
  private final Shared lottery;
  private final Shared.Altered altered;
  private final Promises promises = new Promises();
  private final List<Integer> ports = new ArrayList<>();
  private final List<Relay> relays = new ArrayList<>();
  private final List<Running> centrals = new ArrayList<>();

  private SharedRound(
      List<List<String>> files, RealBrokers brokers, Shared lottery, Shared.Altered altered) {
    this.files = files;
    this.brokers = brokers;
    this.lottery = lottery;
    this.altered = altered;
  }

  /** What a central says of a log that it can never follow: another one would end of it, too. */
  private static final String STALE = "does not belong to the lottery";

  /** Starts it all. */
  static SharedRound in(Path folder, int centrals) throws IOException {
    return in(folder, centrals, Shared.Altered.NOTHING);
  }

  /** The same, with other centrals. */
  static SharedRound in(Path folder, int centrals, Shared.Altered altered) throws IOException {
    SharedRound round = on(RealBrokers.start(folder.resolve("brokers")), folder, altered);
    try {
      round.start(centrals);
      return round;
    } catch (IOException | RuntimeException | AssertionError failed) {
      round.close();
      throw failed;
    }
  }

  /** The same on brokers that leave it to the system when something is written to their disks. */
  static SharedRound withoutFlush(Path folder, int centrals) throws Exception {
    String never = "log.flush.interval.messages=" + Long.MAX_VALUE;
    SharedRound round =
        on(RealBrokers.start(folder.resolve("brokers"), never), folder, Shared.Altered.NOTHING);
    try {
      round.brokers.neverFlush(round.lottery.topic());
      round.start(centrals);
      return round;
    } catch (Exception | AssertionError failed) {
      round.close();
      throw failed;
    }
  }

  private static SharedRound on(RealBrokers brokers, Path folder, Shared.Altered altered)
      throws IOException {
    List<List<String>> files =
        IntStream.rangeClosed(1, AGENCIES).mapToObj(k -> Bets.rows(k, BETS, k)).toList();
    return new SharedRound(files, brokers, Shared.in(folder, brokers, files), altered);
  }

  private void start(int count) throws IOException {
    for (int number = 1; number <= count; number++) {
      int port = Programs.freePort();
      ports.add(port);
      relays.add(Relay.before(port, promises, Mischiefs.none()));
      centrals.add(lottery.start(number, port, altered));
    }
    lottery.awaitOwners();
    lottery.agencies(relays.stream().map(Relay::port).toList(), BATCH_BETS);
    awaitProgress();
  }

  RealBrokers brokers() {
    return brokers;
  }

  Shared lottery() {
    return lottery;
  }

  List<Running> centrals() {
    return centrals;
  }

  /** How many bets the agencies were told are stored. */
  private long acked() {
    return IntStream.rangeClosed(1, AGENCIES).mapToLong(promises::to).sum();
  }

  /** Until more bets are acknowledged by the centrals that run. */
  void awaitProgress() {
    long enough = acked() + PROGRESS_BETS;
    await(enough + " acknowledged bets")
        .atMost(PATIENCE)
        .pollInterval(EVERY)
        .until(() -> acked() >= enough);
  }

  /** The same, while each central that ends is started again. */
  void awaitProgressOfWhatIsStartedAgain() {
    long enough = acked() + PROGRESS_BETS;
    awaitStartingAgain(enough + " acknowledged bets", () -> acked() >= enough);
  }

  /** Waits for something, while each central that ends is started again. */
  void awaitStartingAgain(String what, BooleanSupplier condition) {
    try {
      await(what)
          .atMost(PATIENCE)
          .pollInterval(EVERY)
          .until(() -> {
            startAgain();
            return condition.getAsBoolean();
          });
    } catch (ConditionTimeoutException never) {
      throw new AssertionError("no %s: %s".formatted(what, centrals), never);
    }
  }

  /** Starts each central again that is gone, as a supervisor would. */
  private void startAgain() {
    for (int i = 0; i < centrals.size(); i++) {
      Running central = centrals.get(i);
      if (!central.isAlive()) {
        boolean stale = central.lines().stream().anyMatch(line -> line.message().contains(STALE));
        if (!STARTED_AGAIN.contains(central.exitCode()) || stale) {
          throw new AssertionError("exited %d: %s".formatted(central.exitCode(), central));
        }
        centrals.set(i, lottery.start(i + 1, ports.get(i), altered));
      }
    }
  }

  /** What is committed now, against what the agencies were told before. */
  Evidence evidence() throws IOException {
    Promises told = promises.copy();
    return Account.ofTopic(brokers.addresses(), lottery.topic(), told, files);
  }

  @Override
  public void close() throws IOException {
    try (brokers) {
      lottery.close();
      for (Relay relay : relays) {
        relay.close();
      }
    }
  }
}
