package loteria.tool.bets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BetsOrderTest {
  private static final OptionalLong BY_CHANCE = OptionalLong.empty();

  @Test
  void givesEachNextAgencyFewerBets() {
    var order = new BetsOrder(1, 5, 80_000, BY_CHANCE, 7574);
    assertThat(IntStream.rangeClosed(1, 5).mapToLong(order::betsOf))
        .containsExactly(28_800L, 22_400L, 16_000L, 9_600L, 3_200L);
  }

  @ParameterizedTest
  @CsvSource({"1,0", "1,7", "3,1", "5,80001", "7,1000003", "9999,123456789", "10000,10000000000"})
  void dealsOutEveryBet(int agencies, long bets) {
    var order = new BetsOrder(1, agencies, bets, BY_CHANCE, 7574);
    long[] sizes = IntStream.rangeClosed(1, agencies).mapToLong(order::betsOf).toArray();
    assertThat(Arrays.stream(sizes)).allMatch(size -> size >= 0);
    assertThat(Arrays.stream(sizes).sum()).isEqualTo(bets);
  }

  @ParameterizedTest
  @CsvSource({
    "5,80000,10",
    "7,1000003,1000003",
    "9999,123456789,7",
    "10000,10000000000,9999999999"
  })
  void dealsOutEveryWinnerAndNoAgencyMoreThanItHasBets(int agencies, long bets, long winners) {
    var order = new BetsOrder(1, agencies, bets, OptionalLong.of(winners), 7574);
    long dealt = 0;
    for (int agency = 1; agency <= agencies; agency++) {
      assertThat(order.winnersOf(agency)).isBetween(0L, order.betsOf(agency));
      dealt += order.winnersOf(agency);
    }
    assertThat(dealt).isEqualTo(winners);
  }

  @ParameterizedTest
  @CsvSource({
    "0,10,7574,agencies of 0",
    "10001,10,7574,agencies of 10001",
    "5,-1,7574,bets of -1",
    "5,10,10000,number of 10000",
    "5,10,-1,number of -1",
    "1,48000001,7574,agency 1 would have 48000001 bets",
  })
  void refusesWhatIsOutOfRange(int agencies, long bets, int number, String message) {
    assertThatThrownBy(() -> new BetsOrder(1, agencies, bets, BY_CHANCE, number))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesMoreWinnersThanBets() {
    assertThatThrownBy(() -> new BetsOrder(1, 5, 10, OptionalLong.of(11), 7574))
        .hasMessage("winners of 11 is not between 0 and 10");
    assertThatThrownBy(() -> new BetsOrder(1, 5, 10, OptionalLong.of(-1), 7574))
        .hasMessageContaining("-1");
  }
}
