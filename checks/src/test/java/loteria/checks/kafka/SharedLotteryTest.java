package loteria.checks.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import loteria.checks.Bets;
import loteria.checks.process.Running;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whatever becomes of a central or a broker: acknowledged ⊆ found ⊆ sent, one seal, one draw. */
@Tag("kafka")
@Timeout(300)
final class SharedLotteryTest {
  private static final int BATCH = 3;
  private static final int AGENCIES = 5;

  /** A central ends within a second, or eight if its last commit takes long. */
  private static final long END_MILLIS_MAX = 10_000;

  /**
   * Less than the six seconds after which a central is taken for dead. How long it took is printed,
   * for the bounds leave room for a busy machine: both together should be below two.
   */
  private static final long MOVE_MILLIS_MAX = 5_000;

  @RegisterExtension static final OnCluster CLUSTER = new OnCluster();

  @TempDir Path folder;
  private final List<Shared> lotteries = new ArrayList<>();

  @AfterEach
  void end() {
    lotteries.forEach(Shared::close);
  }

  private Shared lottery(int bets) throws IOException {
    List<List<String>> files =
        IntStream.rangeClosed(1, AGENCIES)
            .mapToObj(agency -> Bets.rows(agency, bets / agency, agency % 3))
            .toList();
    Shared shared = Shared.in(folder, CLUSTER.brokers(), files);
    lotteries.add(shared);
    return shared;
  }

  @Test
  void threeCentralsHoldOneLottery() throws IOException {
    Shared lottery = lottery(300);
    lottery.centrals(3);
    lottery.agencies(BATCH);

    lottery.assertDrawn();
    lottery.assertSameEverywhere();
    assertThat(lottery.count("seal_bets")).isEqualTo(1);
    assertThat(lottery.count("sorteo")).isEqualTo(1);
    assertThat(Running.count(lottery.said(), "config", "in_progress"))
        .as("warnings, of who is to draw, that nobody has set the number")
        .isPositive();
    lottery.assertNothingFailed();
    assertThat(lottery.tool("verify").succeeded().output())
        .contains("verified  the bets are sealed and the draw was held");
    assertThat(lottery.tool("winners", "--csv").succeeded().output().lines()).hasSize(1 + 6);
    assertThat(lottery.tool("export").errors()).contains("the bets are sealed");
  }

  @Test
  void anotherCentralGoesOnForOneThatIsKilled() throws IOException {
    Shared lottery = lottery(900);
    lottery.centrals(3);
    Running killed = lottery.owner(lottery.bets(0));
    killed.killAt("apuesta_recibida", "success", 20, killed);
    lottery.agencies(BATCH);
    killed.assertExits(137);
    lottery.assertHolds();

    lottery.assertDrawn();
    lottery.assertSameEverywhere();
  }

  @Test
  void partitionsMoveAtOnceFromACentralThatIsToldToEnd() throws IOException {
    Shared lottery = lottery(1500);
    lottery.centrals(2);
    lottery.agencies(BATCH);
    lottery.awaitStored(20);
    Running ended = lottery.owner(lottery.bets(0));
    List<String> owned = lottery.owned(ended);

    long since = System.nanoTime();
    ended.terminate();
    ended.assertExits(0);
    long end = millisSince(since);
    lottery.awaitMoved(owned, ended);
    long moved = millisSince(since);
    System.out.printf("%s moved %d ms after SIGTERM, end after %d%n", owned, moved, end);
    assertThat(end).as("until the end of %s", ended).isLessThan(END_MILLIS_MAX);
    assertThat(moved - end).as("until %s have another owner", owned).isLessThan(MOVE_MILLIS_MAX);

    lottery.assertDrawn();
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  @Test
  void aCentralThatJoinsIsGivenItsPart() throws IOException {
    Shared lottery = lottery(1500);
    lottery.centrals(2);
    lottery.agencies(BATCH);
    lottery.awaitStored(20);
    // The lottery cannot end before the third has come.
    lottery.agency(1).stop();
    Running third = lottery.start();
    third.await("take_partition", "success");
    assertThat(lottery.count("seal_bets")).isZero();
    lottery.agency(1).resume();

    lottery.assertDrawn();
    lottery.assertSameEverywhere();
  }

  @Test
  void aCentralThatWasFrozenWhileAnotherTookOverWritesNothingMore() throws IOException {
    Shared lottery = lottery(1500);
    lottery.centrals(2);
    lottery.agencies(BATCH);
    lottery.awaitStored(20);
    Running frozen = lottery.owner(lottery.bets(0));
    List<String> owned = lottery.owned(frozen);
    frozen.stop();
    lottery.awaitMoved(owned, frozen);
    lottery.resume(frozen, owned);
    if (!frozen.isAlive()) {
      frozen.assertExits(75);
    }

    lottery.assertDrawn();
  }

  @Test
  void theUploadsGoOnWhenABrokerThatLeadsIsKilled() throws Exception {
    Shared lottery = lottery(1500);
    int leader = CLUSTER.brokers().leader(lottery.topic(), 0);
    lottery.centrals(2);
    lottery.agencies(BATCH);
    lottery.awaitStored(20);
    // The uploads cannot end before the broker is gone.
    lottery.agency(1).stop();
    CLUSTER.brokers().kill(leader);
    try {
      assertThat(lottery.count("seal_bets")).isZero();
      lottery.agency(1).resume();
      lottery.assertDrawn();
      assertThat(Running.count(lottery.said(), "lose_partition", "fail")).isZero();
    } finally {
      CLUSTER.brokers().restart(leader);
    }
  }

  @Test
  void theDrawIsHeldOnceIfItsOwnerIsKilledAfterTheSeal() throws IOException {
    Shared lottery = lottery(300);
    lottery.centrals(2);
    Running killed = lottery.owner(lottery.draw());
    killed.killAt("seal_bets", "success", 1, killed);
    lottery.agencies(BATCH);
    killed.assertExits(137);

    lottery.assertDrawn();
    lottery.assertSameEverywhere();
    assertThat(lottery.count("seal_bets")).isEqualTo(1);
  }
}
