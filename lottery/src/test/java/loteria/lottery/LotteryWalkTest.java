package loteria.lottery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random walks, step by step against a model that keeps every bet and copies itself at the end of
 * each group.
 */
class LotteryWalkTest {
  private static final int AGENCIES = 3;
  private static final int STEPS = 300;

  @Test
  void decidesAsTheNaiveModelDoes() {
    for (long seed = 0; seed < 200; seed++) {
      new Walk(seed).walk();
    }
  }

  /** All that was stored of an agency, bet by bet. */
  private record Shelf(List<byte[]> bets, boolean finished, @Nullable ClosingReason closed) {
    Shelf with(List<byte[]> more) {
      List<byte[]> all = new ArrayList<>(bets);
      all.addAll(more);
      return new Shelf(all, false, null);
    }

    AgencyState state() {
      byte[] all = concatenation(bets);
      return new AgencyState(bets.size(), Checksum.of(all, 0, all.length), finished, closed);
    }

    boolean isOver() {
      return finished || closed != null;
    }
  }

  private static byte[] concatenation(List<byte[]> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static final class Walk {
    private final long seed;
    private final Random random;
    private final Lottery lottery = new Lottery(AGENCIES);
    private List<Shelf> shelves = new ArrayList<>();
    private List<Shelf> committed;
    private @Nullable List<Shelf> ended; // of the group that is under way, none if there is none

    Walk(long seed) {
      this.seed = seed;
      random = new Random(seed);
      for (int i = 0; i < AGENCIES; i++) {
        shelves.add(new Shelf(List.of(), false, null));
      }
      committed = List.copyOf(shelves);
    }

    void walk() {
      for (int step = 0; step < STEPS; step++) {
        int agency = 1 + random.nextInt(AGENCIES);
        switch (random.nextInt(40)) {
          case 0 -> close(agency, step);
          case 1, 2, 8, 9, 10 -> greet(agency, step);
          case 3, 11 -> finish(agency, step);
          case 4, 5, 12, 13 -> endOrCommit();
          case 6 -> rollback(step);
          default -> store(agency, step);
        }
        assertSame(step);
      }
    }

    /** One group may be under way while the next is decided. */
    private void endOrCommit() {
      if (ended == null) {
        lottery.endGroup();
        ended = List.copyOf(shelves);
      } else {
        lottery.commit();
        committed = ended;
        ended = null;
      }
    }

    private void rollback(int step) {
      Set<Integer> told = lottery.rollback();
      for (int agency = 1; agency <= AGENCIES; agency++) {
        boolean changed =
            !shelves.get(agency - 1).state().equals(committed.get(agency - 1).state());
        assertThat(told.contains(agency)).as("seed %d, step %d", seed, step).isEqualTo(changed);
      }
      shelves = new ArrayList<>(committed);
      ended = null;
    }

    private void greet(int agency, int step) {
      Shelf shelf = shelves.get(agency - 1);
      int acked = random.nextInt(shelf.bets.size() + 2);
      assertOutcome(
          step,
          lottery.greet(agency, acked),
          acked > shelf.bets.size() ? "ACKED_LOST" : shelf.closed != null ? "CLOSED" : "Unchanged");
    }

    private void close(int agency, int step) {
      Shelf shelf = shelves.get(agency - 1);
      ClosingReason reason = new ClosingReason("step " + step);
      String expected = shelf.finished ? "CLOSED" : shelf.closed != null ? "Unchanged" : "Accepted";
      if (!shelf.isOver()) {
        shelves.set(agency - 1, new Shelf(shelf.bets, false, reason));
      }
      assertOutcome(step, lottery.close(agency, reason), expected);
    }

    private void store(int agency, int step) {
      Shelf shelf = shelves.get(agency - 1);
      int next = shelf.bets.size();
      int first = random.nextInt(3) == 0 ? random.nextInt(next + 4) : next;
      List<byte[]> bets = randomBets();
      byte[] all = concatenation(bets);
      int checksum = Checksum.of(all, 0, all.length);
      String expected;
      if (shelf.closed != null) {
        expected = "CLOSED";
      } else if (first + bets.size() <= next) {
        expected = "Unchanged";
      } else if (shelf.finished) {
        expected = "CLOSED";
      } else if (first != next) {
        expected = first > next ? "GAP" : "OVERLAP";
      } else {
        expected = "Accepted";
        shelves.set(agency - 1, shelf.with(bets));
      }
      assertOutcome(step, lottery.add(agency, first, bets.size(), checksum, all.length), expected);
    }

    private void finish(int agency, int step) {
      Shelf shelf = shelves.get(agency - 1);
      AgencyState state = shelf.state();
      int excess = random.nextInt(4) == 0 ? 1 : 0;
      int flip = random.nextInt(4) == 0 ? 1 << random.nextInt(32) : 0;
      String expected;
      if (shelf.closed != null) {
        expected = "CLOSED";
      } else if (excess != 0 || flip != 0) {
        expected = "CONFLICT";
      } else {
        expected = shelf.finished ? "Unchanged" : "Accepted";
        shelves.set(agency - 1, new Shelf(shelf.bets, true, null));
      }
      assertOutcome(
          step, lottery.finish(agency, state.next() + excess, state.checksum() ^ flip), expected);
    }

    private List<byte[]> randomBets() {
      List<byte[]> bets = new ArrayList<>();
      for (int i = 1 + random.nextInt(5); i > 0; i--) {
        byte[] bet = new byte[1 + random.nextInt(40)];
        random.nextBytes(bet);
        bets.add(bet);
      }
      return bets;
    }

    private void assertOutcome(int step, Decision decision, String expected) {
      String outcome =
          decision instanceof Decision.Rejected rejected
              ? rejected.refusal().name()
              : decision.getClass().getSimpleName();
      assertThat(outcome).as("seed %d, step %d: %s", seed, step, decision).isEqualTo(expected);
    }

    private void assertSame(int step) {
      assertThat(lottery.states())
          .as("seed %d, step %d", seed, step)
          .isEqualTo(shelves.stream().map(Shelf::state).toList());
      List<Integer> missing =
          IntStream.rangeClosed(1, AGENCIES)
              .filter(agency -> !shelves.get(agency - 1).isOver())
              .boxed()
              .toList();
      assertThat(lottery.missing()).as("seed %d, step %d", seed, step).isEqualTo(missing);
      assertThat(lottery.isComplete())
          .as("seed %d, step %d", seed, step)
          .isEqualTo(missing.isEmpty());
      assertThat(lottery.closed())
          .as("seed %d, step %d", seed, step)
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, AGENCIES)
                  .filter(agency -> shelves.get(agency - 1).closed != null)
                  .boxed()
                  .toList());
      assertThat(lottery.bets())
          .as("seed %d, step %d", seed, step)
          .isEqualTo(shelves.stream().mapToLong(shelf -> shelf.bets.size()).sum());
    }
  }
}
