package loteria.tool.bets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and documents of invented people. */
class PeopleTest {
  @Test
  void namesTheFirstOfAListMostOften() {
    List<String> names = IntStream.range(0, 100).mapToObj(rank -> "name" + rank).toList();
    Map<String, Long> slots =
        Arrays.stream(People.slots(names))
            .collect(
                Collectors.groupingBy(
                    name -> new String(name, StandardCharsets.UTF_8), Collectors.counting()));
    assertThat(slots).hasSize(100);
    assertThat(slots.getOrDefault("name0", 0L)).isGreaterThan(5 * slots.getOrDefault("name99", 0L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " Ana",
        "Ana ",
        "Pérez, Ana",
        "Ana \"Anita\"",
        "Ana\tMaría",
        "an extremely long name of a person"
      })
  void refusesANameThatWouldNotFitARow(String name) {
    assertThatThrownBy(() -> People.slots(List.of("Ana", name)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void givesEachDocumentOnce() {
    Documents documents = new Documents(new SplittableRandom(1));
    BitSet seen = new BitSet();
    for (int bet = 0; bet < Documents.COUNT; bet++) {
      seen.set(documents.of(bet) - 1_000_000);
    }
    assertThat(seen.cardinality()).isEqualTo(Documents.COUNT);
    assertThat(seen.length()).isEqualTo(Documents.COUNT);
  }

  @Test
  void givesTheDocumentsInAnotherOrderToAnotherAgency() {
    assertThat(new Documents(new SplittableRandom(1)).of(5))
        .isNotEqualTo(new Documents(new SplittableRandom(2)).of(5));
  }
}
