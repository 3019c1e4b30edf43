package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import loteria.lottery.Bet;
import loteria.lottery.InvalidBetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedBetTest {
  private static final String ROW = "Ana María,Núñez,00123456,1999-03-17,7574";

  private static Bet bet(EncodedBet encoded) {
    Bets.Collector collector = new Bets.Collector(1);
    assertThat(collector.add(encoded)).isTrue();
    BetCursor cursor = collector.take().cursor();
    assertThat(cursor.next()).isTrue();
    return cursor.bet(1);
  }

  private static int set(EncodedBet encoded, String rows) {
    byte[] bytes = rows.getBytes(StandardCharsets.UTF_8);
    return encoded.setPlainRow(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void isSetToAPlainRow(String end) {
    EncodedBet encoded = new EncodedBet();

    int next = set(encoded, ROW + end + ROW + end);

    assertThat(next).isEqualTo((ROW + end).getBytes(StandardCharsets.UTF_8).length);
    assertThat(bet(encoded))
        .isEqualTo(new Bet(1, "Ana María", "Núñez", "00123456", LocalDate.of(1999, 3, 17), 7574));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ana,Núñez,1,1999-03-17,7574", // no line end
        "Ana,Núñez,1,1999-03-17,7574\r",
        "Ana,Núñez,1,1999-03-17,7574 \n",
        "Ana,Núñez,1,1999-03-17,07\n",
        "Ana,Núñez,1,1999-03-17,10000\n",
        "Ana,Núñez,1,1999-03-17,-1\n",
        "Ana,Núñez,1,1999-03-17,\n",
        "Ana,Núñez,1,1999-02-29,1\n",
        "Ana,Núñez,1,1999-3-17,1\n",
        "Ana,Núñez,1,1999-03-1a,1\n",
        "Ana,Núñez,,1999-03-17,1\n",
        "Ana,Núñez,12a,1999-03-17,1\n",
        ",Núñez,1,1999-03-17,1\n",
        "\"Ana\",Núñez,1,1999-03-17,1\n",
        "Ana,Nú\tñez,1,1999-03-17,1\n",
        "Ana,Nú\nñez,1,1999-03-17,1\n",
        "Ana,Núñez,1,1999-03-17,1,\n",
        "Ana,Núñez,1,1999-03-17\n",
        "\n",
        ""
      })
  void isNotSetToAnythingElse(String row) {
    EncodedBet encoded = new EncodedBet();
    assertThat(set(encoded, ROW + "\n")).isPositive();

    assertThat(set(encoded, row)).isNegative();
    assertThat(encoded.length()).isZero();
  }

  @Test
  void theLongestRowIsPlain() {
    String name = "n".repeat(Bet.NAME_BYTES_MAX);
    String row = name + "," + name + "," + "9".repeat(20) + ",9999-12-31,9999\r\n";

    assertThat(row).hasSize(EncodedBet.PLAIN_ROW_BYTES_MAX);
    assertThat(set(new EncodedBet(), row)).isEqualTo(row.length());
    assertThat(set(new EncodedBet(), "n" + row)).isNegative();
  }

  /** Nothing is taken that a parser of text would not take, and nothing is taken for another. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void isWhatAParserOfTextMakesOfTheRow(long seed) {
    Random random = new Random(seed);
    byte[] alphabet = ",\"\r\n 0179-aZñ\t".getBytes(StandardCharsets.UTF_8);
    int plain = 0;
    for (int round = 0; round < 50_000; round++) {
      byte[] row = (ROW + "\n").getBytes(StandardCharsets.UTF_8);
      for (int change = random.nextInt(3); change > 0; change--) {
        row[random.nextInt(row.length)] = alphabet[random.nextInt(alphabet.length)];
      }
      EncodedBet encoded = new EncodedBet();
      int next = encoded.setPlainRow(row, 0, row.length);
      if (next > 0) {
        plain++;
        String taken = new String(row, 0, next, StandardCharsets.UTF_8).stripTrailing();
        assertThat(bet(encoded)).as("seed %d, row '%s'", seed, taken).isEqualTo(parsed(taken));
      }
    }
    assertThat(plain).as("plain rows, seed %d", seed).isBetween(10_000, 49_000);
  }

  private static Bet parsed(String row) {
    List<String> fields = List.of(row.split(",", -1));
    assertThat(fields).as(row).hasSize(5);
    try {
      return Bet.parse(
          1, fields.get(0), fields.get(1), fields.get(2), fields.get(3), fields.get(4));
    } catch (InvalidBetException invalid) {
      throw new AssertionError(row, invalid);
    }
  }
}
