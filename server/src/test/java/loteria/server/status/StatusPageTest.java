package loteria.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import loteria.lottery.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page knows all that the central can say, and has each of its files. */
class StatusPageTest {
  private static String file(String path) throws IOException {
    return StatusPage.at(path).orElseThrow(() -> new AssertionError(path)).text();
  }

  private static Stream<String> keys(String words, String object) {
    String body =
        Objects.requireNonNull(words.split("\n    " + object + ": \\{", -1)[1])
            .split("\n    }", -1)[0];
    return Pattern.compile("(?m)^      ([A-Za-z_]+):")
        .matcher(body)
        .results()
        .map(MatchResult::group)
        .map(key -> key.strip().replace(":", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/english.js", "/spanish.js"})
  void hasAWordForEachRefusalAndState(String path) throws IOException {
    String words = file(path);
    assertThat(keys(words, "reasons"))
        .containsExactlyInAnyOrderElementsOf(Stream.of(Refusal.values()).map(Enum::name).toList());
    assertThat(keys(words, "states"))
        .containsAll(Stream.of(Status.State.values()).map(Status.State::toString).toList());
  }

  /** A reader's own clock is for what happens on his screen alone. */
  @ParameterizedTest
  @ValueSource(strings = {"/english.js", "/spanish.js"})
  void writesEachTimeOfTheCentralWithItsZone(String path) throws IOException {
    assertThat(file(path))
        .contains("${write.instant(started)}", "${write.instant(time)}")
        .doesNotContain("write.moment");
  }

  @Test
  void hasEachFileThatItsFilesName() throws IOException {
    assertThat(
            Pattern.compile("(?:src|href)=\"([a-z-]+\\.[a-z]+)\"")
                .matcher(file("/"))
                .results()
                .map(it -> it.group(1)))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(file("/" + name)).isNotEmpty());
    assertThat(
            Pattern.compile("from \"\\./([a-z]+\\.js)\"")
                .matcher(file("/page.js"))
                .results()
                .map(it -> it.group(1)))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(file("/" + name)).isNotEmpty());
  }
}
