package loteria.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 15, 16, 17, 1000, 65_537})
  void hasEveryNumberOnce(int size) {
    for (long seed = 0; seed < 5; seed++) {
      var permutation = new Permutation(size, seed);
      var seen = new BitSet(size);
      for (int position = 0; position < size; position++) {
        seen.set((int) permutation.at(position));
      }
      assertThat(seen.cardinality()).as("size %d, seed %d", size, seed).isEqualTo(size);
      assertThat(seen.length()).as("size %d, seed %d", size, seed).isEqualTo(size);
    }
  }

  @Test
  void differsFromSeedToSeed() {
    assertThat(new Permutation(1L << 40, 1).at(5)).isNotEqualTo(new Permutation(1L << 40, 2).at(5));
  }

  @Test
  void refusesToShuffleNothing() {
    assertThatThrownBy(() -> new Permutation(0, 1))
        .hasMessageContaining("0")
        .hasMessageContaining("between 1");
  }
}
