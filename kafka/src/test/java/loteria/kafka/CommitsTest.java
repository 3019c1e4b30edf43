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
  void tellsOfASlowCommitEveryFiveSeconds() {
    commits.begin(1);
    for (int second = 1; second <= 12; second++) {
      pass(1);
      tell();
    }
    assertThat(slow).containsExactly("1 for 5 s", "1 for 10 s");

    commits.end(1);
    pass(20);
    tell();
    commits.begin(1);
    tell();
    pass(5);
    tell();
    assertThat(slow).containsExactly("1 for 5 s", "1 for 10 s", "1 for 5 s");
  }

  private void pass(int seconds) {
    now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  private void tell() {
    commits.tellSlow((partition, seconds) -> slow.add(partition + " for " + seconds + " s"));
  }
}
