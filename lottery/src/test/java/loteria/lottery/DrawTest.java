package loteria.lottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DrawTest {
  @Test
  void drawsTheNumberOfTheCourseUnlessToldOtherwise() {
    assertThat(Draw.NUMBER).isEqualTo(7574);
  }

  @Test
  void isWonByTheNumberAlone() {
    assertThat(Draw.hasWon(bet(1, "1", 7574), 7574)).isTrue();
    assertThat(Draw.hasWon(bet(1, "1", 7573), 7574)).isFalse();
    assertThat(Draw.hasWon(bet(1, "1", 0), 0)).isTrue();
  }

  @Test
  void tellsEachAgencyItsOwnWinnersInTheOrderOfTheSealedFile() {
    Winners winners =
        Draw.hold(
            List.of(
                    bet(1, "30", 7),
                    bet(1, "0010", 7),
                    bet(2, "40", 8),
                    bet(3, "20", 7),
                    bet(1, "20", 7))
                .iterator(),
            7);
    assertThat(winners.number()).isEqualTo(7);
    assertThat(winners.of(1)).containsExactly("30", "0010", "20");
    assertThat(winners.of(2)).isEmpty();
    assertThat(winners.of(3)).containsExactly("20");
    assertThat(winners.of(4)).isEmpty();
    assertThat(winners.total()).isEqualTo(4);
  }

  @Test
  void countsBetsAndNotPersons() {
    Winners winners = Draw.hold(List.of(bet(1, "30", 7), bet(1, "30", 7)).iterator(), 7);
    assertThat(winners.of(1)).containsExactly("30", "30");
  }

  @Test
  void ofNoBetsHasNoWinners() {
    Winners winners = Draw.hold(List.<Bet>of().iterator(), 7);
    assertThat(winners.total()).isZero();
    assertThat(winners.of(1)).isEmpty();
  }

  @Test
  void agreesWithANaiveRecount() {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<Bet> bets = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        String document = Integer.toString(random.nextInt(100));
        bets.add(bet(1 + random.nextInt(4), document, random.nextInt(5)));
      }
      Winners winners = Draw.hold(bets.iterator(), 3);
      for (int agency = 1; agency <= 4; agency++) {
        int asked = agency;
        assertThat(winners.of(agency))
            .as("seed %d, agency %d", seed, agency)
            .isEqualTo(
                bets.stream()
                    .filter(bet -> bet.agency() == asked && bet.number() == 3)
                    .map(Bet::document)
                    .toList());
      }
    }
  }

  @Test
  void winnersCannotBeChanged() {
    Map<Integer, List<String>> documents = new HashMap<>();
    Winners winners = new Winners(7, documents);
    documents.put(1, List.of("30"));
    assertThat(winners.total()).isZero();
    Winners drawn = Draw.hold(List.of(bet(1, "30", 7)).iterator(), 7);
    assertThatThrownBy(() -> drawn.of(1).add("31"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static Bet bet(int agency, String document, int number) {
    return new Bet(agency, "Ana", "Paz", document, LocalDate.EPOCH, number);
  }
}
