package loteria.bench.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import loteria.bench.report.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlanTest {
  @Test
  void withoutAWordAllIsRun() {
    assertThat(Plan.of()).isEqualTo(Plan.DEFAULT);
    assertThat(Plan.DEFAULT.parts()).containsExactlyInAnyOrder(Part.values());
  }

  @Test
  void whatIsEmptyIsAsIfNotSaid() {
    assertThat(Plan.of("only=", "runs=", "bets=", "size=")).isEqualTo(Plan.DEFAULT);
  }

  @Test
  void eachWordChangesOneThing() {
    Plan plan = Plan.of("only=ingest,jmh", "runs=7", "bets=20000");
    assertThat(plan.parts()).containsExactlyInAnyOrder(Part.INGEST, Part.JMH);
    assertThat(plan.runs()).isEqualTo(7);
    assertThat(plan.agencyBets()).isEqualTo(20_000);
    assertThat(plan.sizes()).isEqualTo(Plan.DEFAULT.sizes());
  }

  @Test
  void theFullSizeIsOneMore() {
    assertThat(Plan.of("size=full").sizes()).containsExactly(1_000_000L, 10_000_000L, 100_000_000L);
    assertThat(Plan.of("size=5000,6000").sizes()).containsExactly(5_000L, 6_000L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "only=floors",
        "runs=0",
        "runs=x",
        "bets=1",
        "size=much",
        "size=1",
        "ingest",
        "x=1"
      })
  void whatIsNotUnderstoodIsRefused(String word) {
    assertThatIllegalArgumentException().isThrownBy(() -> Plan.of(word));
  }
}
