package loteria.checks.torture.kafka;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import loteria.checks.kafka.RealBrokers;
import loteria.checks.kafka.Shared;
import loteria.checks.mutants.Mutant;
import loteria.checks.mutants.Mutation;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;
import loteria.testing.Root;

/**
 * The control of {@link HammeredCluster}: a central stands still until another has taken over, and
 * goes on; but what writes is a plain producer, which nobody can fence.
 */
final class UnfencedCentrals implements Case {
  private static final Mutation PLAIN_PRODUCER =
      new Mutation(
          "writes without transactions",
          "kafka",
          "KafkaClients",
          "new KafkaProducer<>(ClientSettings.producer(options, transactionalId))",
          "loteria.checks.torture.kafka.PlainProducer.of("
              + "ClientSettings.producer(options, transactionalId))");

  private static final int SECONDS_TO_WRITE = 5;

  /** One that has nothing under way when it is stopped writes nothing when it goes on. */
  private static final int TRIES_MAX = 12;

  @Override
  public Title title() {
    return Title.of(
            "kafka: the same, and producers that are not fenced", "70", RealBrokers::unavailable)
        .asControlIf(true);
  }

  @Override
  public Evidence round(Path folder, long seed) throws Exception {
    Mutant mutant = Mutant.of(PLAIN_PRODUCER, Root.file(""), folder.resolve("mutant"));
    Shared.Altered plain = new Shared.Altered(List.of(mutant.classes()), Map.of());
    try (SharedRound round = SharedRound.in(folder, 2, plain)) {
      Evidence evidence = Evidence.NONE;
      for (int tries = 0; tries < TRIES_MAX && evidence.stale() == 0; tries++) {
        round.startAgain();
        round.lottery().awaitOwners();
        freezeUntilOvertaken(round);
        evidence = round.evidence();
      }
      return evidence;
    }
  }

  private static void freezeUntilOvertaken(SharedRound round) throws InterruptedException {
    Shared lottery = round.lottery();
    Running frozen = lottery.owner(lottery.bets(0));
    List<String> owned = lottery.owned(frozen);
    frozen.stop();
    lottery.awaitMoved(owned, frozen);
    round.awaitProgress();
    frozen.resume();
    TimeUnit.SECONDS.sleep(SECONDS_TO_WRITE);
  }
}
