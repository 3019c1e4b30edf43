package loteria.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CommitsTest {
  private final AtomicLong now = new AtomicLong();
  private final Commits commits = new Commits(2, now::get);
  private final List<String> slow = new ArrayList<>();

  @Test
  void countsAndTimesWhatSucceeds() {
    commit(0, 3);
    commit(1, 7);
    commit(0, 2);
    var _ = commits.timer(1).begin();
    commits.timer(1).abandon();

    assertThat(commits.count()).isEqualTo(3);
    assertThat(commits.lastNanos()).isEqualTo(2_000_000_000L);
    assertThat(commits.maxNanos()).isEqualTo(7_000_000_000L);
    assertThat(commits.sumNanos()).isEqualTo(12_000_000_000L);
  }

  @Test
  void tellsOfASlowCommitEveryFiveSeconds() {
    long begun = commits.timer(1).begin();
    for (int second = 1; second <= 12; second++) {
      pass(1);
      tell();
    }
    assertThat(slow).containsExactly("1 for 5 s", "1 for 10 s");

    commits.timer(1).end(begun);
    pass(20);
    tell();
    commits.timer(1).begin();
    tell();
    pass(5);
    tell();
    assertThat(slow).containsExactly("1 for 5 s", "1 for 10 s", "1 for 5 s");
  }

  private void commit(int partition, int seconds) {
    Commits.Timer timer = commits.timer(partition);
    long begun = timer.begin();
    pass(seconds);
    timer.end(begun);
  }

  private void pass(int seconds) {
    now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  private void tell() {
    commits.tellSlow((partition, seconds) -> slow.add(partition + " for " + seconds + " s"));
  }
}
