package loteria.tool.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final StringWriter text = new StringWriter();
  private final AtomicLong nanos = new AtomicLong();
  private long stored;

  @Test
  void redrawsOneLineOnATerminal() {
    Progress progress = progress(true);
    stored(500);
    progress.show(0, stored, 0, "uploading", Duration.ofSeconds(1));
    stored(500);
    progress.show(0, stored, 2, "uploading", Duration.ofSeconds(2));
    progress.end();
    assertThat(text.toString())
        .isEqualTo(
            "\r"
                + "[########........] 500/1,000 bets, 0/2 agencies done, uploading, 500/s\u001b[K\r"
                + "[################] 1,000/1,000 bets, 2/2 agencies done, uploading, 500/s\u001b[K"
                + System.lineSeparator());
  }

  @Test
  void fitsEightyColumnsWhateverTheNumbers() {
    var progress = new Progress(new PrintWriter(text), true, 10_000_000_000L, 10_000, nanos::get);
    stored(999_999_999);
    progress.show(0, stored, 10_000, "uploading", Duration.ofMillis(1));
    assertThat(text.toString().strip().replace("\u001b[K", "")).hasSizeLessThan(80);
  }

  @Test
  void printsALineASecondAtMostElsewhere() {
    Progress progress = progress(false);
    for (int tick = 0; tick < 30; tick++) {
      stored(1);
      progress.show(0, stored, 0, "uploading", Duration.ofMillis(100L * tick));
      nanos.addAndGet(100_000_000);
    }
    assertThat(text.toString().lines()).hasSize(3);
  }

  @Test
  void printsNothingNewWhenNothingChanged() {
    Progress progress = progress(false);
    for (int tick = 0; tick < 100; tick++) {
      progress.show(0, stored, 0, "uploading", Duration.ofMillis(100L * tick));
      nanos.addAndGet(100_000_000);
    }
    assertThat(text.toString().lines()).hasSize(1);
  }

  @Test
  void namesTheStep() {
    Progress progress = progress(false);
    progress.show(0, stored, 0, "sealed", Duration.ZERO);
    nanos.addAndGet(1_000_000_000);
    progress.show(0, stored, 0, "draw held", Duration.ZERO);
    assertThat(text.toString().lines())
        .satisfiesExactly(
            first -> assertThat(first).contains("sealed"),
            second -> assertThat(second).contains("draw held"));
  }

  @Test
  void tellsHowItHasEndedHoweverSoonAfterAnotherLine() {
    Progress progress = new Progress(new PrintWriter(text), false, 1, 1, nanos::get);
    progress.show(0, 0, 0, "uploading", Duration.ZERO);
    progress.show(0, 1, 0, "draw held", Duration.ZERO);
    progress.show(0, 1, 1, "draw held", Duration.ZERO);
    progress.end();
    progress.end();
    assertThat(text.toString().lines())
        .containsExactly(
            "0/1 bet, 0/1 agency done, uploading, 0 bets/s",
            "1/1 bet, 1/1 agency done, draw held, 0 bets/s");
  }

  private void stored(int bets) {
    stored += bets;
  }

  private Progress progress(boolean terminal) {
    return new Progress(new PrintWriter(text), terminal, 1000, 2, nanos::get);
  }
}
