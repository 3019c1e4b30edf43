package loteria.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import loteria.client.bets.BetSource;
import loteria.client.bets.BetsFile;
import loteria.protocol.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
  private final List<Progress.State> shown = new ArrayList<>();
  private long nanos;
  private boolean made;

  private final Progress progress =
      new Progress(new Transcript().log(), false) {
        @Override
        long nanoTime() {
          return nanos;
        }

        @Override
        Display newDisplay() {
          made = true;
          return shown::add;
        }
      };

  /** A source of which that part was read. */
  private record Part(double part) implements BetSource {
    @Override
    public void fill(Rows.Collector batch) {}

    @Override
    public void close() {}
  }

  private void acknowledged(double second, long acked, long taken, double part) throws IOException {
    nanos = Math.round(second * 1e9);
    progress.acknowledged(acked, taken, new Part(part));
  }

  @Test
  void saysNothingOfAShortUploadAndMakesNothingForIt() throws IOException {
    for (int tick = 0; tick < 20; tick++) {
      acknowledged(tick / 10.0, 100L * tick, 100L * tick, tick / 20.0);
    }
    progress.end();
    assertThat(shown).isEmpty();
    assertThat(made).isFalse();
  }

  @Test
  void showsItselfEachTimeThatTheDisplayWants() throws IOException {
    for (int tick = 0; tick <= 64; tick++) {
      acknowledged(tick / 4.0, 250L * tick, 250L * tick, tick / 80.0);
    }
    assertThat(shown).extracting(Progress.State::acked).containsExactly(5_000L, 10_000L, 15_000L);
    assertThat(shown).extracting(Progress.State::percent).containsExactly(25, 50, 75);
    assertThat(shown).extracting(Progress.State::perSecond).containsOnly(1_000L);
    assertThat(shown).extracting(Progress.State::secondsLeft).containsExactly(15L, 10L, 5L);
  }

  @Test
  void countsNothingThatIsOnlySent() throws IOException {
    acknowledged(0, 0, 1_000, 0.5);
    acknowledged(10, 250, 1_000, 0.5);
    assertThat(shown).containsExactly(new Progress.State(250, 0.125, 25, 70));
  }

  @Test
  void takesItsPaceFromWhatItHasSentItself() throws IOException {
    acknowledged(0, 4_000, 4_000, 0.5);
    acknowledged(10, 5_000, 5_000, 0.625);
    assertThat(shown).containsExactly(new Progress.State(5_000, 0.625, 100, 30));
  }

  @Test
  void drawsABarThatALogLineMayCover() {
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    ProgressBar bar = new ProgressBar(terminal);
    bar.show(new Progress.State(1_234_567, 0.25, 300_000, 3_725));
    bar.end();
    assertThat(terminal.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "[#####...............] 25%  1,234,567 bets  300,000/s  1:02:05 left\u001b[K\r"
                + "\u001b[K\r");
  }

  @Test
  void drawsNoLongerLineThanALogLine() {
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    new ProgressBar(terminal)
        .show(new Progress.State(99_999_999_999L, 1, 9_999_999, Long.MAX_VALUE));
    assertThat(terminal.toString(StandardCharsets.UTF_8).indexOf('\u001b')).isLessThan(80);
  }

  /** What is read carefully is taken from the file in larger parts. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFileTellsWhichPartOfItWasRead(boolean careful, @TempDir Path folder) throws Exception {
    List<String> rows =
        Collections.nCopies(careful ? 1_500 : 4_000, "Ana,Paz,30904465,1999-03-17,2201");
    Path file = Files.write(folder.resolve("agency-1.csv"), rows);
    try (BetSource source = BetsFile.at(1, file).open(careful)) {
      assertThat(source.part()).isZero();
      for (int taken = 1; taken <= 100; taken++) {
        source.fill(new Rows.Collector(10));
      }
      double partOfMost = careful ? 1 : 0.25;
      assertThat(source.part()).isCloseTo(partOfMost, within(1e-9));
      Rows.Collector rest = new Rows.Collector(1_000);
      do {
        boolean _ = !rest.isEmpty() && rest.take().count() > 0;
        source.fill(rest);
        assertThat(source.part()).isLessThanOrEqualTo(1);
      } while (!rest.isEmpty());
      assertThat(source.part()).isEqualTo(1);
    }
  }
}
