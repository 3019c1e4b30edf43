package loteria.tool.bets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BetsGeneratorTest {
  private static final OptionalLong BY_CHANCE = OptionalLong.empty();

  /**
   * Of {@code generate --agencies 3 --bets 1000 --winners 10}. It changes only when generated data
   * shall change.
   */
  private static final String GOLDEN_SHA256 =
      "a1fafd43b19c3be6ba7993aca90394c424ac1bccf979d3a89217792bb4d520c2";

  @Test
  void givesTheSameBytesForever() throws Exception {
    var generator = new BetsGenerator(new BetsOrder(1, 3, 1000, OptionalLong.of(10), 7574));
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int agency = 1; agency <= 3; agency++) {
      digest.update(bytes(generator, agency));
    }
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(GOLDEN_SHA256);
  }

  @Test
  void writesEachAgencyTheSameWhicheverComesFirst() throws Exception {
    var order = new BetsOrder(9, 4, 500, BY_CHANCE, 7574);
    var one = new BetsGenerator(order);
    byte[] fourth = bytes(one, 4);
    assertThat(bytes(one, 1)).isNotEqualTo(fourth);
    assertThat(bytes(new BetsGenerator(order), 4)).isEqualTo(fourth);
  }

  @Test
  void makesOtherBetsOfAnotherSeed() throws Exception {
    assertThat(bytes(new BetsGenerator(new BetsOrder(1, 1, 10, BY_CHANCE, 7574)), 1))
        .isNotEqualTo(bytes(new BetsGenerator(new BetsOrder(2, 1, 10, BY_CHANCE, 7574)), 1));
  }

  @Test
  void fillsEveryFieldOfEveryRow() throws Exception {
    var generator = new BetsGenerator(new BetsOrder(3, 5, 5_000, BY_CHANCE, 7574));
    for (int agency = 1; agency <= 5; agency++) {
      for (String row : rows(generator, agency)) {
        List<String> fields = List.of(row.split(",", -1));
        assertThat(fields).as("seed 3: %s", row).hasSize(5);
        assertThat(fields.get(0)).as("seed 3: %s", row).matches("[\\p{L}'. -]{2,64}");
        assertThat(fields.get(1)).as("seed 3: %s", row).matches("[\\p{L}'. -]{2,65}");
        assertThat(fields.get(2)).as("seed 3: %s", row).matches("[1-9][0-9]{6,7}");
        assertThat(LocalDate.parse(fields.get(3)))
            .as("seed 3: %s", row)
            .isBetween("1925-01-01", "2008-12-31");
        assertThat(fields.get(4)).as("seed 3: %s", row).matches("0|[1-9][0-9]{0,3}");
      }
    }
  }

  @Test
  void namesPeopleAsTheyAreNamed() throws Exception {
    var generator = new BetsGenerator(new BetsOrder(1, 1, 80_000, BY_CHANCE, 7574));
    String all = String.join("\n", rows(generator, 1));
    assertThat(all)
        .contains("María José,", "ñ", "ü", "O'Higgins,", "de la Fuente,", "García Núñez,");
  }

  @Test
  void neverGivesADocumentTwiceInAnAgency() throws Exception {
    var generator = new BetsGenerator(new BetsOrder(5, 1, 200_000, BY_CHANCE, 7574));
    List<String> documents = rows(generator, 1).stream().map(row -> row.split(",", -1)[2]).toList();
    assertThat(new HashSet<>(documents)).as("seed 5").hasSize(documents.size());
  }

  @Test
  void givesTheOlderTheLowerDocuments() throws Exception {
    var generator = new BetsGenerator(new BetsOrder(5, 1, 5_000, BY_CHANCE, 7574));
    for (String row : rows(generator, 1)) {
      String[] fields = row.split(",", -1);
      int year = LocalDate.parse(fields[3]).getYear();
      int document = Integer.parseInt(fields[2]);
      if (document < 7_800_000) {
        assertThat(year).as("seed 5: %s", row).isLessThan(1950);
      } else if (document > 42_300_000) {
        assertThat(year).as("seed 5: %s", row).isGreaterThan(1986);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 10, 4999, 5000})
  void makesExactlyTheWinnersAskedFor(long winners) throws Exception {
    var generator = new BetsGenerator(new BetsOrder(7, 5, 5000, OptionalLong.of(winners), 123));
    long rows = 0;
    long told = 0;
    for (int agency = 1; agency <= 5; agency++) {
      var file = generator.write(agency, new ByteArrayOutputStream());
      told += file.winners();
      rows += rows(generator, agency).stream().filter(row -> row.endsWith(",123")).count();
    }
    assertThat(rows).as("seed 7").isEqualTo(winners);
    assertThat(told).as("seed 7").isEqualTo(winners);
  }

  @Test
  void spreadsTheWinnersOverTheAgenciesByTheirSize() throws Exception {
    var order = new BetsOrder(7, 5, 50_000, OptionalLong.of(5_000), 7574);
    var generator = new BetsGenerator(order);
    for (int agency = 1; agency <= 5; agency++) {
      var file = generator.write(agency, new ByteArrayOutputStream());
      assertThat(file.winners())
          .as("seed 7, agency %d", agency)
          .isBetween(file.bets() * 8 / 100, file.bets() * 12 / 100);
    }
  }

  @Test
  void betsOnEveryNumberAlike() throws Exception {
    var generator = new BetsGenerator(new BetsOrder(1, 1, 100_000, BY_CHANCE, 7574));
    int[] tenths = new int[10];
    for (String row : rows(generator, 1)) {
      tenths[Integer.parseInt(row.substring(row.lastIndexOf(',') + 1)) / 1000]++;
    }
    assertThat(Arrays.stream(tenths))
        .allSatisfy(count -> assertThat(count).as("seed 1").isBetween(9_500, 10_500));
  }

  @Test
  void tellsWhatItWrote() throws Exception {
    var generator = new BetsGenerator(new BetsOrder(1, 2, 1_000, BY_CHANCE, 7574));
    var out = new ByteArrayOutputStream();
    BetsGenerator.Written file = generator.write(2, out);
    assertThat(file.agency()).isEqualTo(2);
    assertThat(file.bets()).isEqualTo(250);
    assertThat(file.bytes()).isEqualTo(out.size());
  }

  @Test
  void writesAnEmptyFileForAnAgencyWithoutBets() throws Exception {
    var generator = new BetsGenerator(new BetsOrder(1, 5, 0, OptionalLong.of(0), 7574));
    assertThat(bytes(generator, 3)).isEmpty();
  }

  @Test
  void refusesAnAgencyThatIsNotThere() {
    var generator = new BetsGenerator(new BetsOrder(1, 5, 10, BY_CHANCE, 7574));
    assertThatThrownBy(() -> generator.write(6, new ByteArrayOutputStream()))
        .hasMessageContaining("between 1 and 5");
  }

  private static byte[] bytes(BetsGenerator generator, int agency) throws IOException {
    var out = new ByteArrayOutputStream();
    generator.write(agency, out);
    return out.toByteArray();
  }

  /** The rows, decoded strictly; each must end with CR LF. */
  private static List<String> rows(BetsGenerator generator, int agency) throws IOException {
    var out = new ByteArrayOutputStream();
    long bets = generator.write(agency, out).bets();
    String text =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(out.toByteArray())).toString();
    List<String> rows = new ArrayList<>();
    int from = 0;
    for (int end = text.indexOf("\r\n"); end >= 0; end = text.indexOf("\r\n", from)) {
      rows.add(text.substring(from, end));
      from = end + 2;
    }
    assertThat(from).as("the last row ends with CR LF").isEqualTo(text.length());
    assertThat(rows).hasSize(Math.toIntExact(bets));
    return rows;
  }
}
