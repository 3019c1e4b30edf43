package loteria.checks.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import loteria.checks.torture.central.DiskCases;
import loteria.checks.torture.central.ProcessCases;
import loteria.checks.torture.central.RottenJournal;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.kafka.KafkaCases;
import loteria.checks.torture.network.NetworkCases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** `make torture MINUTES=n`: every case once, and then again and again until the time is over. */
final class TortureCampaign {
  private static final Duration TIME = Duration.ofMinutes(Long.getLong("torture.minutes", 1));
  private static final long FIRST_SEED = Long.getLong("torture.seed", 1);

  /** The only case to be run, by a part of its name; every case if it is empty. */
  private static final String ONLY = System.getProperty("torture.case", "");

  @Test
  void losesAndDoublesNothing(@TempDir Path folder) throws IOException {
    List<Course> courses =
        Stream.of(
                DiskCases.all(),
                RottenJournal.all(),
                ProcessCases.all(),
                NetworkCases.all(),
                KafkaCases.all())
            .flatMap(List::stream)
            .filter(trouble -> trouble.name().contains(ONLY))
            .map(Course::new)
            .toList();
    long began = System.nanoTime();
    long seed = FIRST_SEED;
    do {
      for (Course course : courses) {
        if (course.goesOn()) {
          course.round(Files.createDirectory(folder.resolve(course.rounds + "-" + seed)), seed);
          seed++;
        }
      }
    } while (System.nanoTime() - began < TIME.toNanos()
        && courses.stream().anyMatch(Course::goesOn));

    System.out.printf(
        "%-52s %-12s %6s %9s %6s %8s %6s  %s%n",
        "case", "rows", "rounds", "acked", "lost", "doubled", "stale", "verdict");
    courses.forEach(System.out::println);
    assertThat(courses).isNotEmpty();
    assertThat(courses.stream().filter(Course::isBad)).as("cases that went wrong").isEmpty();
  }

  /** A case, and what has become of it. */
  private static final class Course {
    private final Case trouble;
    private final Optional<String> unavailable;
    private final List<String> failures = new ArrayList<>();
    private Evidence evidence = Evidence.NONE;
    private int rounds;

    private Course(Case trouble) {
      this.trouble = trouble;
      this.unavailable = trouble.unavailable();
    }

    private boolean goesOn() {
      return unavailable.isEmpty() && failures.isEmpty();
    }

    private void round(Path folder, long seed) {
      rounds++;
      try {
        Evidence found = trouble.round().in(folder, new SplittableRandom(seed));
        evidence = evidence.plus(found);
        if (!trouble.isControl() && found.isBad()) {
          fail(seed, "%s".formatted(found));
        }
      } catch (Exception | AssertionError wrong) {
        fail(seed, "%s".formatted(wrong));
      }
    }

    private void fail(long seed, String what) {
      failures.add(what);
      System.out.printf(
          "%s: seed %d: %s%nonce more: make torture CASE='%s' SEED=%d%n",
          trouble.name(), seed, what, trouble.name(), seed);
    }

    /** A control in which nothing goes wrong is as bad as a case in which something does. */
    private boolean isBad() {
      return !failures.isEmpty() || (trouble.isControl() && unavailable.isEmpty() && shown() == 0);
    }

    /** What a control has to show. */
    private long shown() {
      return evidence.lost() + evidence.stale();
    }

    private String verdict() {
      if (unavailable.isPresent()) {
        return "skipped: " + unavailable.get();
      }
      if (isBad()) {
        return failures.isEmpty() ? "FAILED: a control that shows nothing" : "FAILED";
      }
      if (trouble.isControl()) {
        return evidence.lost() > 0
            ? "control: loses bets, as it must"
            : "control: stale writes, as it must";
      }
      return "nothing lost or doubled";
    }

    @Override
    public String toString() {
      return "%-52s %-12s %6d %,9d %6d %8d %6d  %s"
          .formatted(
              trouble.name(),
              trouble.rows(),
              rounds,
              evidence.acked(),
              evidence.lost(),
              evidence.doubled(),
              evidence.stale(),
              verdict());
    }
  }
}
