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
        """;
    assertThat(draw(file, 7574).of(1)).containsExactly("6", "00007");
    assertThat(draw(file, 4).of(1)).containsExactly("8");
    assertThat(draw(file, 74).of(1)).containsExactly("5");
    assertThat(draw(file, 0).total()).isZero();
  }

  @Test
  void tellsEachAgencyItsOwnWinnersInTheOrderOfTheSealedFile() {
    String file =
        row(1, "30", 7) + row(1, "0010", 7) + row(1, "20", 7) + row(2, "40", 8) + row(30, "20", 7);
    Winners winners = draw(file, 7);
    assertThat(winners.number()).isEqualTo(7);
    assertThat(winners.of(1)).containsExactly("30", "0010", "20");
    assertThat(winners.of(2)).isEmpty();
    assertThat(winners.of(30)).containsExactly("20");
    assertThat(winners.of(3)).isEmpty();
    assertThat(winners.total()).isEqualTo(4);
    assertThat(winners.bets()).isEqualTo(5);
  }

  @Test
  void countsBetsAndNotPersons() {
    assertThat(draw(row(1, "30", 7).repeat(2), 7).of(1)).containsExactly("30", "30");
  }

  @Test
  void ofNoBetsHasNoWinners() {
    Winners winners = draw("", 7);
    assertThat(winners.total()).isZero();
    assertThat(winners.of(1)).isEmpty();
    assertThat(winners.share(1)).isEqualTo(Share.NONE);
  }

  @Test
  void saysWhatOfTheFileIsWhose() {
    String first = row(1, "30", 7) + row(1, "31", 8);
    String second = row(2, "30", 7);
    String last = row(65_535, "1", 1).repeat(3);
    Winners winners = draw(first + second + last, 7);
    assertThat(winners.share(1)).isEqualTo(new Share(2, checksum(first)));
    assertThat(winners.share(2)).isEqualTo(new Share(1, checksum(second)));
    assertThat(winners.share(3)).isEqualTo(Share.NONE);
    assertThat(winners.share(65_535)).isEqualTo(new Share(3, checksum(last)));
  }

  private static int checksum(String rows) {
    byte[] bytes = rows.getBytes(StandardCharsets.UTF_8);
    return Checksum.of(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",Ana,Paz,30,2000-01-01,7\r\n",
        "0,Ana,Paz,30,2000-01-01,7\r\n",
        "01,Ana,Paz,30,2000-01-01,7\r\n",
        "65536,Ana,Paz,30,2000-01-01,7\r\n",
        "Ana,Paz,30,2000-01-01,7\r\n",
        "1 ,Ana,Paz,30,2000-01-01,7\r\n",
        "1,Ana,Paz,1,2000-01-01,7\r\n2,Ana,Paz,1,2000-01-01,7\r\n1,Ana,Paz,1,2000-01-01,7\r\n"
      })
  void isNotHeldOverWhatIsNoSealedFile(String file) {
    assertThatThrownBy(() -> draw(file, 7)).isInstanceOf(IllegalArgumentException.class);
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
      Map<Integer, List<String>> expected = new HashMap<>();
      for (int agency = 1; agency <= 4; agency++) {
        List<String> won = new ArrayList<>();
        for (int i = random.nextInt(300); i > 0; i--) {
          String document = Integer.toString(random.nextInt(100));
          int number = random.nextInt(5);
          file.append(row(agency, document, number));
          if (number == 3) {
            won.add(document);
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
      Winners winners = draw.finish();
      for (int agency = 1; agency <= 4; agency++) {
        assertThat(winners.of(agency))
            .as("seed %d, agency %d", seed, agency)
            .isEqualTo(expected.get(agency));
      }
    }
  }

  @Test
  void winnersCannotBeChanged() {
    Map<Integer, List<String>> documents = new HashMap<>();
    Winners winners = new Winners(7, documents, Map.of());
    documents.put(1, List.of("30"));
    assertThat(winners.total()).isZero();
    Winners drawn = draw(row(1, "30", 7), 7);
    assertThatThrownBy(() -> drawn.of(1).add("31"))
        .isInstanceOf(UnsupportedOperationException.class);
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
    return draw.finish();
  }
}
