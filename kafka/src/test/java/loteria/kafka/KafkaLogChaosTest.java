package loteria.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import loteria.journal.FencedException;
import loteria.kafka.brokers.Kafka;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Centrals come, go, freeze and die while they store; answers are lost, transactions aborted. What
 * was acknowledged is found, in order and once, whoever looks; what was fenced is not.
 */
@Timeout(120)
final class KafkaLogChaosTest {
  private static final int STEPS = 50;
  private static final KafkaLog.Pace SELDOM = new KafkaLog.Pace(1_000, 60_000);

  @TempDir private Path folder;

  private final FakeKafka brokers = new FakeKafka(1);
  private final List<Member> alive = new ArrayList<>();
  private final List<Central> all = new ArrayList<>();
  private final List<String> acknowledged = new ArrayList<>();
  private final Set<String> inDoubt = new HashSet<>();
  private @Nullable Member owner;

  private record Member(Central central, Kafka client) {}

  @AfterEach
  void closeAll() throws IOException {
    for (Central central : all) {
      central.close();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsAcknowledgedIsFoundInOrderAndOnce(long seed) throws Exception {
    Random random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      Member central = owner == null ? give(random, false) : owner;
      String text = "seed %d, step %d".formatted(seed, step);
      switch (random.nextInt(10)) {
        case 0 -> give(random, false);
        case 1 -> {
          Member next = give(random, true);
          if (!next.equals(central)) {
            assertThatThrownBy(() -> central.central().append(0, text))
                .as(text)
                .hasCauseInstanceOf(FencedException.class);
            alive.remove(central);
          }
        }
        case 2 -> {
          brokers.lose(central.client());
          owner = null;
        }
        case 3 -> {
          FakeKafka.Fault[] faults = FakeKafka.Fault.values();
          brokers.fail(0, faults[random.nextInt(faults.length)]);
          store(central, text);
        }
        default -> store(central, text);
      }
    }

    Member last = start();
    brokers.give(0, last.client());
    soon().until(() -> last.central().owns(0));
    List<String> found = last.central().found.getOrDefault(0, List.of());
    assertThat(found).as("seed %d", seed).containsSubsequence(acknowledged).doesNotHaveDuplicates();
    Set<String> known = new HashSet<>(acknowledged);
    known.addAll(inDoubt);
    assertThat(known).containsAll(found);
    assertThat(acknowledged).hasSizeGreaterThan(STEPS / 4);
    for (Member member : alive) {
      soon().until(() -> Arrays.equals(member.central().copy(0), brokers.committed(0)));
      assertThat(member.central().failures).isEmpty();
    }
  }

  /** Whoever is in doubt halts. */
  private void store(Member central, String text) {
    try {
      central.central().append(0, text);
      acknowledged.add(text);
    } catch (IOException doubt) {
      inDoubt.add(text);
      alive.remove(central);
      owner = null;
    }
  }

  /**
   * Gives the partition to one of three centrals; those that have halted are replaced first.
   *
   * @param zombie whether whoever had it does not hear of it
   */
  private Member give(Random random, boolean zombie) throws Exception {
    while (alive.size() < 3) {
      alive.add(start());
    }
    Member next = alive.get(random.nextInt(alive.size()));
    if (next.equals(owner)) {
      return next;
    }
    if (zombie || owner == null) {
      brokers.giveAtOnce(0, next.client());
    } else {
      brokers.give(0, next.client());
    }
    soon().until(() -> next.central().owns(0));
    owner = next;
    return next;
  }

  private Member start() throws IOException {
    String name = "central-" + all.size();
    Kafka client = brokers.new Client(name);
    Central central =
        Central.open(
            folder.resolve(name),
            (directory, lines) -> KafkaLog.over(client, directory, lines, SELDOM));
    all.add(central);
    central.log.start(central);
    return new Member(central, client);
  }

  private static ConditionFactory soon() {
    return await().pollInterval(Duration.ofMillis(2)).atMost(Duration.ofSeconds(20));
  }
}
