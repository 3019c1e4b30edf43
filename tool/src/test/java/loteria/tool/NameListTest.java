package loteria.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameListTest {
  @Test
  void drawsTheFirstNamesMostOften() {
    List<String> names = IntStream.range(0, 100).mapToObj(rank -> "name" + rank).toList();
    NameList list = NameList.of(names);
    var chance = new Chance(1);
    Map<String, Integer> drawn = new HashMap<>();
    for (int draw = 0; draw < 100_000; draw++) {
      drawn.merge(new String(list.draw(chance), StandardCharsets.UTF_8), 1, Integer::sum);
    }
    assertThat(drawn).as("seed 1").hasSize(100);
    assertThat(drawn.get("name0")).as("seed 1").isGreaterThan(5 * drawn.getOrDefault("name99", 0));
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
    assertThatThrownBy(() -> NameList.of(List.of("Ana", name)))
        .isInstanceOf(IllegalStateException.class);
  }
}
