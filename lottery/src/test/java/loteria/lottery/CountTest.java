package loteria.lottery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountTest {
  @Test
  void hasOneOfWhatIsOne() {
    assertThat(Count.of(0, "bet")).isEqualTo("0 bets");
    assertThat(Count.of(1, "bet")).isEqualTo("1 bet");
    assertThat(Count.of(2, "bet")).isEqualTo("2 bets");
    assertThat(Count.of(1, "agency")).isEqualTo("1 agency");
    assertThat(Count.of(1000, "agency")).isEqualTo("1000 agencies");
  }

  @Test
  void groupsThousands() {
    assertThat(Count.grouped(1, "bet")).isEqualTo("1 bet");
    assertThat(Count.grouped(1_234_567, "bet")).isEqualTo("1,234,567 bets");
  }

  @Test
  void hasTheVerbThatGoesWithTheNumber() {
    assertThat(Count.word(1, "is", "are")).isEqualTo("is");
    assertThat(Count.word(0, "is", "are")).isEqualTo("are");
  }
}
