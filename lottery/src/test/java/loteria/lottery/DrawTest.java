package loteria.lottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawTest {
  @Test
  void drawsTheNumberOfTheCourseUnlessToldOtherwise() {
    assertThat(Draw.NUMBER).isEqualTo(7574);
  }

  @Test
  void isWonByTheNumberAlone() {
    String file =
        """
        1,7,7574,7574,2000-01-01,757\r
        1,a,",7574",5,2000-01-01,74\r
        1,Ana,de 7574,6,2000-01-01,7574\r
        1,Ana,,00007,2000-01-01,7574\r
        1,Ana,"Paz, de la",8,2000-01-01,4\r
        1,a,",7574",5,2000-01-01,17\r
        """;
    assertThat(documents(file, 7574)).containsExactly("6", "00007");
    assertThat(documents(file, 4)).containsExactly("8");
    assertThat(documents(file, 74)).containsExactly("5");
    assertThat(documents(file, 7)).isEmpty();
    assertThat(documents(file, 0)).isEmpty();
  }

  @Test
  void countsTheWinnersOfEachAgency() {
    String file =
        row(1, "30", 7) + row(1, "0010", 7) + row(1, "20", 7) + row(2, "40", 8) + row(30, "20", 7);
    Winners winners = draw(file, 7);
    assertThat(winners.number()).isEqualTo(7);
    assertThat(winners.of(1)).isEqualTo(3);
    assertThat(winners.of(2)).isZero();
    assertThat(winners.of(30)).isEqualTo(1);
    assertThat(winners.of(3)).isZero();
    assertThat(winners.byAgency()).containsOnlyKeys(1, 30);
    assertThat(winners.total()).isEqualTo(4);
    assertThat(winners.bets()).isEqualTo(5);
    assertThat(documents(file, 7)).containsExactly("30", "0010", "20", "20");
  }

  @Test
  void countsBetsAndNotPersons() {
    assertThat(draw(row(1, "30", 7).repeat(2), 7).of(1)).isEqualTo(2);
  }

  @Test
  void ofNoBetsHasNoWinners() {
    Winners winners = draw("", 7);
    assertThat(winners.total()).isZero();
    assertThat(winners.bets()).isZero();
    assertThat(winners.of(1)).isZero();
  }

  @Test
  void countsTheAgenciesFromTheFirstToTheLast() {
    String file = row(1, "30", 7) + row(2, "30", 7) + row(65_535, "1", 7).repeat(3);
    assertThat(draw(file, 7).byAgency()).isEqualTo(Map.of(1, 1L, 2, 1L, 65_535, 3L));
  }

  @Test
  void ofTwoPartsIsThatOfTheWhole() {
    String head = row(1, "30", 7) + row(1, "31", 8);
    String tail = row(1, "32", 7) + row(2, "30", 7);
    Draw first = new Draw(7);
    byte[] rows = bytes(head + tail);
    first.take(rows, 0, bytes(head).length);
    Draw second = new Draw(7);
    second.take(rows, bytes(head).length, rows.length);
    first.add(second);
    assertThat(first.winners()).isEqualTo(draw(head + tail, 7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",Ana,Paz,30,2000-01-01,7\r\n",
        "0,Ana,Paz,30,2000-01-01,7\r\n",
        "01,Ana,Paz,30,2000-01-01,7\r\n",
        "65536,Ana,Paz,30,2000-01-01,7\r\n",
        "Ana,Paz,30,2000-01-01,7\r\n",
        "1 ,Ana,Paz,30,2000-01-01,7\r\n"
      })
  void isNotHeldOverARowOfNoAgency(String row) {
    assertThatThrownBy(() -> draw(row(1, "30", 7) + row, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a row begins with no agency");
  }

  /** The order of the file is for its hash to tell: parts of it are drawn from in any order. */
  @Test
  void addsUpAnAgencyWhoseRowsAreApart() {
    String file = row(1, "1", 7) + row(2, "1", 7) + row(1, "1", 7);
    assertThat(draw(file, 7).byAgency()).isEqualTo(Map.of(1, 2L, 2, 1L));
  }

  @Test
  void takesNoRowBeforeItIsWhole() {
    byte[] rows = bytes(row(1, "30", 7));
    for (int to = 0; to < rows.length; to++) {
      assertThat(new Draw(7).take(rows, 0, to)).isZero();
    }
    assertThat(new Draw(7).take(rows, 0, rows.length)).isEqualTo(rows.length);
  }

  @Test
  void agreesWithANaiveRecountHoweverTheFileIsCut() {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      StringBuilder file = new StringBuilder();
      Map<Integer, Long> expected = new HashMap<>();
      for (int agency = 1; agency <= 4; agency++) {
        long won = 0;
        for (int i = random.nextInt(300); i > 0; i--) {
          String document = Integer.toString(random.nextInt(100));
          int number = random.nextInt(5);
          file.append(row(agency, document, number));
          if (number == 3) {
            won++;
          }
        }
        expected.put(agency, won);
      }
      Draw draw = new Draw(3);
      byte[] rows = bytes(file.toString());
      int from = 0;
      int to = 0;
      while (to < rows.length) {
        to = Math.min(rows.length, to + 1 + random.nextInt(200));
        from = draw.take(rows, from, to);
      }
      Winners winners = draw.winners();
      for (int agency = 1; agency <= 4; agency++) {
        assertThat(winners.of(agency))
            .as("seed %d, agency %d", seed, agency)
            .isEqualTo(expected.get(agency));
      }
    }
  }

  @Test
  void winnersCannotBeChanged() {
    Map<Integer, Long> counts = new HashMap<>();
    Winners winners = new Winners(7, 1, counts);
    counts.put(1, 1L);
    assertThat(winners.total()).isZero();
    Winners drawn = draw(row(1, "30", 7), 7);
    assertThatThrownBy(() -> drawn.byAgency().put(1, 2L))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  /** The documents of the winning rows, as a walk over them finds them. */
  private static List<String> documents(String file, int number) {
    Draw draw = new Draw(number);
    byte[] rows = bytes(file);
    List<String> documents = new ArrayList<>();
    int next;
    for (int row = 0; (next = Draw.after(rows, row, rows.length)) >= 0; row = next) {
      if (draw.wins(rows, next)) {
        assertThat(BetRow.number(rows, next)).isEqualTo(number);
        documents.add(BetRow.document(rows, next));
      }
    }
    assertThat(documents).hasSize((int) draw(file, number).total());
    return documents;
  }

  private static String row(int agency, String document, int number) {
    return agency + ",Ana,Paz," + document + ",2000-01-01," + number + "\r\n";
  }

  private static byte[] bytes(String file) {
    return file.getBytes(StandardCharsets.UTF_8);
  }

  private static Winners draw(String file, int number) {
    byte[] rows = bytes(file);
    Draw draw = new Draw(number);
    assertThat(draw.take(rows, 0, rows.length)).isEqualTo(rows.length);
    return draw.winners();
  }
}
