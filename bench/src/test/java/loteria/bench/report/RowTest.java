package loteria.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RowTest {
  private static final Row SPEED =
      Row.of(Part.INGEST, "window 16", "bets/s", new Sample(List.of(700.0, 500.0, 610.0)));
  private static final Sample FLOOR = new Sample(List.of(1000.0, 1000.0, 1000.0));

  @Test
  void withoutATargetNothingIsMet() {
    assertThat(SPEED.met()).isEmpty();
  }

  @Test
  void aTargetIsForTheMedian() {
    assertThat(SPEED.target(Target.atLeast(610)).met()).contains(true);
    assertThat(SPEED.target(Target.atLeast(611)).met()).contains(false);
    assertThat(SPEED.target(Target.atMost(610)).met()).contains(true);
    assertThat(SPEED.target(Target.atMost(609)).met()).contains(false);
  }

  @Test
  void besideAFloorATargetIsForTheShareOfIt() {
    assertThat(SPEED.over(FLOOR).target(Target.atLeast(0.61)).met()).contains(true);
    assertThat(SPEED.target(Target.atLeast(0.62)).over(FLOOR).met()).contains(false);
  }

  @Test
  void aRowOfTheTableTellsAllOfIt() {
    assertThat(Report.line(SPEED.over(FLOOR).target(Target.atLeast(0.6)).note("quiet")))
        .isEqualTo(
            "| ingest | window 16 | bets/s | 1,000 | 610 | 0.610 | ±16 % | 3 | ≥ 0.600 | yes"
                + " | quiet |");
  }

  @Test
  void whatIsNotKnownIsLeftEmpty() {
    assertThat(Report.line(Row.of(Part.START, "central", "ms", 51.2)))
        .isEqualTo("| start | central | ms |  | 51.2 |  | ±0 % | 1 |  |  |  |");
  }
}
