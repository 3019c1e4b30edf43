package loteria.lottery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PluralTest {
  @Test
  void onlyOneIsSingular() {
    assertThat(Plural.of(0, "bet")).isEqualTo("bets");
    assertThat(Plural.of(1, "bet")).isEqualTo("bet");
    assertThat(Plural.of(2, "bet")).isEqualTo("bets");
    assertThat(Plural.of(1, "agency", "agencies")).isEqualTo("agency");
    assertThat(Plural.of(0, "agency", "agencies")).isEqualTo("agencies");
  }
}
