package loteria.checks.torture.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import loteria.checks.kafka.RealBrokers;
import loteria.checks.kafka.Shared;
import loteria.checks.mutants.Mutant;
import loteria.checks.mutants.Mutation;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.machine.CProgram;
import loteria.checks.torture.machine.Machine;
import loteria.checks.torture.machine.Mounted;
import loteria.runtime.ExitCode;
import loteria.testing.Command;
import loteria.testing.Root;

/** What befalls centrals that share a lottery, and their brokers. */
public final class KafkaCases {
  private static final String HAMMERED = "kafka: centrals and brokers killed and frozen";

  /** A central that is silent for six seconds is taken for dead. */
  private static final int SHORT_MILLIS = 2_000;

  private static final int LONG_MILLIS = 9_000;

  /** A central gives up half a minute after its first commit that nobody answers. */
  private static final Duration NOTICED_MAX = Duration.ofSeconds(90);

  private static final Mutation PLAIN_PRODUCER =
      new Mutation(
          "writes without transactions",
          "kafka",
          "KafkaClients",
          "new KafkaProducer<>(ClientSettings.producer(options, transactionalId))",
          "loteria.checks.torture.kafka.PlainProducer.of("
              + "ClientSettings.producer(options, transactionalId))");

  private KafkaCases() {}

  public static List<Case> all() {
    return List.of(
        Case.of(HAMMERED, "68, 70, 74", KafkaCases::hammered, RealBrokers::unavailable),
        Case.of(
                "kafka: the same, and producers that are not fenced",
                "70",
                (folder, _) -> unfenced(folder),
                RealBrokers::unavailable)
            .asControlIf(true),
        brokersWithoutPower(true),
        brokersWithoutPower(false),
        brokersWithoutRoom(1),
        brokersWithoutRoom(RealBrokers.COUNT),
        clocksOfCentrals(Duration.ofHours(2)),
        clocksOfCentrals(Duration.ofHours(-2)));
  }

  /**
   * Of three centrals and three brokers, one after the other is killed or stands still, some so
   * long that others take over, while five agencies upload.
   */
  private static Evidence hammered(Path folder, SplittableRandom random) throws Exception {
    Map<String, Integer> troubles = new TreeMap<>();
    try (SharedRound round = SharedRound.in(folder, 3)) {
      for (int made = 0; made < 8; made++) {
        troubles.merge(trouble(round, random), 1, Integer::sum);
        round.awaitProgressOfWhatIsStartedAgain();
      }
      round.lottery().assertHolds();
      System.out.printf(
          "%s: %s%n",
          HAMMERED,
          troubles.entrySet().stream()
              .map(trouble -> trouble.getKey() + " " + trouble.getValue())
              .collect(Collectors.joining(", ")));
      return round.evidence();
    }
  }

  /** What was done. */
  private static String trouble(SharedRound round, SplittableRandom random)
      throws InterruptedException {
    Running central = round.centrals().get(random.nextInt(round.centrals().size()));
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

  /**
   * The control of {@link #hammered}: a central stands still until another has taken over, and goes
   * on; but what writes is a plain producer, which nobody can fence.
   */
  private static Evidence unfenced(Path folder) throws Exception {
    Mutant mutant = Mutant.of(PLAIN_PRODUCER, Root.file(""), folder.resolve("mutant"));
    Shared.Altered plain = new Shared.Altered(List.of(mutant.classes()), Map.of());
    try (SharedRound round = SharedRound.in(folder, 2, plain)) {
      Evidence evidence = Evidence.NONE;
      // One that has nothing under way when it is stopped writes nothing when it goes on.
      for (int tries = 0; tries < 12 && evidence.stale() == 0; tries++) {
        try {
          round.awaitStartingAgain("an owner for each partition", round.lottery()::isOwned);
          freezeUntilOvertaken(round);
          evidence = round.evidence();
        } catch (AssertionError broken) {
          evidence = round.evidence();
          if (evidence.stale() == 0) {
            throw broken; // else no central can follow the log any more
          }
        }
      }
      return evidence;
    }
  }

  private static int stored(Running central) {
    return Running.count(central.lines(), "apuesta_recibida", "success");
  }

  private static void freezeUntilOvertaken(SharedRound round) {
    Shared lottery = round.lottery();
    Running frozen = lottery.owner(lottery.bets(0));
    int stored = stored(frozen);
    round.awaitStartingAgain(
        "agencies that have come to " + frozen, () -> stored(frozen) > stored || !frozen.isAlive());
    if (!frozen.isAlive()) {
      return;
    }
    List<String> owned = lottery.owned(frozen);
    frozen.stop();
    round.awaitStartingAgain("another owner of " + owned, () -> lottery.haveMoved(owned, frozen));
    round.awaitProgressOfWhatIsStartedAgain();
    lottery.resume(frozen, owned); // what it had under way is written then
  }

  /**
   * The power goes for all brokers at once while agencies upload. Their disks, one file system of
   * their own, are mounted again, and the brokers read what is left of their logs.
   *
   * @param flush false for the control, in which brokers leave the writing to the system
   */
  private static Case brokersWithoutPower(boolean flush) {
    return Case.of(
            "kafka: power loss of all brokers" + (flush ? "" : ", no flush"),
            "82",
            (folder, random) -> {
              Path brokers = folder.resolve("brokers");
              try (Mounted disk =
                      Mounted.onDisk(brokers, folder.resolve("disk"), "ext4", 1L << 30);
                  SharedRound round =
                      flush ? SharedRound.in(folder, 2) : SharedRound.withoutFlush(folder, 2)) {
                // The cluster's own files, which nobody syncs, were there long before.
                var _ = Command.of("sync", "-f", brokers).run().succeeded();
                round.awaitProgress();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(3_000));
                round.brokers().killAll(disk::losePower);
                round.centrals().forEach(Running::kill);
                disk.mountAgain();
                round.brokers().startAll();
                if (flush) {
                  round.awaitProgressOfWhatIsStartedAgain();
                  round.lottery().assertHolds();
                }
                return round.evidence();
              }
            },
            RealBrokers::unavailable,
            Machine::mountsNothing,
            CProgram::unavailable,
            () -> Machine.lacks("mkfs.ext4"))
        .asControlIf(!flush);
  }

  /**
   * The disk of some brokers fills while agencies upload, and has room again later. Without one of
   * three brokers all goes on; without all of them nobody is told anything, until they are back.
   *
   * @param count how many of them share the disk that fills
   */
  private static Case brokersWithoutRoom(int count) {
    return Case.of(
        "kafka: full disk of " + (count == 1 ? "one broker" : "all brokers"),
        "83",
        (folder, random) -> {
          try (Mounted disk = Mounted.inMemory(folder.resolve("disk"), 256 << 20);
              SharedRound round = SharedRound.in(folder, 2)) {
            for (int broker = 1; broker <= count; broker++) {
              round.brokers().move(broker, disk.at().resolve("broker-" + broker));
            }
            round.awaitProgress();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(2_000));
            Path junk = disk.at().resolve("junk");
            fill(junk);
            if (count == RealBrokers.COUNT) {
              assertHalt(round);
            } else {
              await("the end of the brokers without room")
                  .atMost(NOTICED_MAX)
                  .until(() -> IntStream.rangeClosed(1, count).noneMatch(round.brokers()::runs));
              round.awaitProgress();
            }
            Files.delete(junk);
            for (int broker = 1; broker <= count; broker++) {
              round.brokers().kill(broker);
            }
            round.brokers().startAll();
            round.awaitProgressOfWhatIsStartedAgain();
            round.lottery().assertHolds();
            return round.evidence();
          }
        },
        RealBrokers::unavailable,
        Machine::mountsNothing);
  }

  private static void fill(Path junk) throws IOException {
    byte[] some = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(junk)) {
      while (true) {
        out.write(some);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private static void assertHalt(SharedRound round) {
    await("the end of the centrals, which are in doubt")
        .atMost(NOTICED_MAX)
        .until(() -> round.centrals().stream().noneMatch(Running::isAlive));
    assertThat(round.centrals())
        .extracting(Running::exitCode)
        .contains(ExitCode.STORAGE_FAILED)
        // One of which another has taken a partition over is not in doubt.
        .isSubsetOf(ExitCode.STORAGE_FAILED, ExitCode.TAKEN_OVER);
  }

  /**
   * The time of day of all centrals is set ahead or back while agencies upload. Kafka's clients
   * measure some of their waiting by it: a central may halt, and is started again.
   *
   * @param by how far; negative for back
   */
  private static Case clocksOfCentrals(Duration by) {
    return Case.of(
        "kafka: the clocks of the centrals are set %d h %s"
            .formatted(by.abs().toHours(), by.isNegative() ? "back" : "ahead"),
        "84",
        (folder, random) -> {
          Path clock = folder.resolve("clock");
          String program = CProgram.CLOCK.path().toString();
          Shared.Altered set =
              new Shared.Altered(
                  List.of(), Map.of("LD_PRELOAD", program, "CLOCK_FILE", clock.toString()));
          try (SharedRound round = SharedRound.in(folder, 2, set)) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000, 4_000));
            Files.writeString(clock, String.valueOf(by.toSeconds()));
            round.awaitProgressOfWhatIsStartedAgain();
            round.awaitProgressOfWhatIsStartedAgain();
            round.lottery().assertHolds();
            return round.evidence();
          }
        },
        RealBrokers::unavailable,
        CProgram::unavailable);
  }
}
