package loteria.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChanceTest {
  @Test
  void isSplitMix64() {
    var chance = new Chance(1234567);
    long[] numbers = LongStream.generate(chance::next).limit(5).toArray();
    assertThat(numbers)
        .containsExactly(
            6457827717110365317L,
            3203168211198807973L,
            Long.parseUnsignedLong("9817491932198370423"),
            4593380528125082431L,
            Long.parseUnsignedLong("16408922859458223821"));
  }

  @Test
  void staysBelowTheBoundAndReachesEveryNumber() {
    var chance = new Chance(1);
    int[] seen = new int[7];
    for (int draw = 0; draw < 7000; draw++) {
      seen[chance.below(7)]++;
    }
    assertThat(Arrays.stream(seen))
        .allSatisfy(count -> assertThat(count).as("seed 1").isBetween(850, 1150));
  }

  @Test
  void givesEveryStreamOfASeedItsOwnNumbers() {
    assertThat(Chance.of(1, 2).next()).isNotEqualTo(Chance.of(1, 3).next());
    assertThat(Chance.of(1, 2).next()).isNotEqualTo(Chance.of(2, 1).next());
  }
}
