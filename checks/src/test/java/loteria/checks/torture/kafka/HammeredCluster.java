package loteria.checks.torture.kafka;

import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import loteria.checks.kafka.RealBrokers;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;

/**
 * Of three centrals and three brokers, one after the other is killed or stands still, some so long
 * that others take over, while five agencies upload.
 */
final class HammeredCluster implements Case {
  private static final int CENTRALS = 3;
  private static final int TROUBLES = 8;

  /** A central that is silent for six seconds is taken for dead. */
  private static final int SHORT_MILLIS = 2_000;

  private static final int LONG_MILLIS = 9_000;

  @Override
  public Title title() {
    return Title.of(
        "kafka: centrals and brokers killed and frozen", "68, 70, 74", RealBrokers::unavailable);
  }

  @Override
  public Evidence round(Path folder, long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Integer> troubles = new TreeMap<>();
    try (SharedRound round = SharedRound.in(folder, CENTRALS)) {
      for (int made = 0; made < TROUBLES; made++) {
        troubles.merge(trouble(round, random), 1, Integer::sum);
        round.startAgain();
        round.awaitProgress();
      }
      round.lottery().assertHolds();
      System.out.printf(
          "%s: seed %d: %s%n",
          title().name(),
          seed,
          troubles.entrySet().stream()
              .map(trouble -> trouble.getKey() + " " + trouble.getValue())
              .collect(Collectors.joining(", ")));
      return round.evidence();
    }
  }

  /** What was done. */
  private static String trouble(SharedRound round, SplittableRandom random)
      throws InterruptedException {
    Running central = round.centrals().get(random.nextInt(CENTRALS));
    int broker = 1 + random.nextInt(RealBrokers.COUNT);
    return switch (random.nextInt(5)) {
      case 0 -> {
        central.kill();
        yield "central killed";
      }
      case 1 -> {
        freeze(central, random.nextInt(SHORT_MILLIS));
        yield "central frozen for a moment";
      }
      case 2 -> {
        freeze(central, LONG_MILLIS);
        yield "central frozen and overtaken";
      }
      case 3 -> {
        round.brokers().kill(broker);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(SHORT_MILLIS));
        round.brokers().restart(broker);
        yield "broker killed";
      }
      default -> {
        round.brokers().stop(broker);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONG_MILLIS));
        round.brokers().resume(broker);
        yield "broker frozen";
      }
    };
  }

  private static void freeze(Running central, int millis) throws InterruptedException {
    if (central.isAlive()) {
      central.stop();
      TimeUnit.MILLISECONDS.sleep(millis);
      central.resume();
    }
  }
}
