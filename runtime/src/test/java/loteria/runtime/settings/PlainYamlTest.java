package loteria.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Random;
import loteria.testing.Root;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlainYamlTest {
  private static final String SOURCE = "file c.yaml";

  /** What lines are made of, good and bad alike. */
  private static final List<String> PIECES =
      List.of(
          "a",
          "b",
          "A",
          "server",
          "1",
          "12345",
          "5s",
          ":",
          ": ",
          ": ",
          ": ",
          " ",
          "  ",
          "    ",
          "\n",
          "\n",
          "\n",
          "\n  ",
          "\n  ",
          "\n    ",
          "\r\n",
          "\r",
          "#",
          " # é",
          "\"",
          "\"x: y\"",
          "'",
          "'z'",
          "''",
          "\\",
          "-",
          "- ",
          "---",
          "...",
          ".",
          "/",
          "~",
          "null",
          "true",
          "[",
          "]",
          "{",
          "}",
          ",",
          "&",
          "*",
          "!",
          "|",
          ">",
          "%",
          "@",
          "?",
          "\t",
          "ñ",
          "\u0085",
          "\u2028",
          "😀");

  @Test
  void readsWhatItReadsJustAsTheLibraryDoes() throws BadSettingException {
    long seed = 20260301;
    Random random = new Random(seed);
    int plain = 0;
    for (int round = 0; round < 200_000; round++) {
      StringBuilder text = new StringBuilder();
      // Half of them begin well, or few would come far.
      if (round % 2 == 0) {
        text.append(
            "a: 1\nb:\n  c: 2\n  d:\n    e: f\n", 0, List.of(0, 5, 8, 15).get(round / 2 % 4));
      }
      for (int pieces = random.nextInt(12); pieces > 0; pieces--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      Map<String, SettingsFile.Entry> entries = PlainYaml.entries(text.toString(), SOURCE);
      if (entries != null) {
        plain += entries.isEmpty() ? 0 : 1;
        // With the same places, and in the same order.
        assertThat(List.copyOf(entries.entrySet()))
            .as("seed %d, round %d, <%s>", seed, round, text)
            .isEqualTo(List.copyOf(YamlReader.entries(text.toString(), SOURCE).entrySet()));
      }
    }
    assertThat(plain).isGreaterThan(5_000);
  }

  @ParameterizedTest
  @MethodSource("loteria.runtime.settings.YamlReaderTest#readings")
  void readsOrLeavesEachFileOfTheLibrarysTest(YamlReaderTest.Reading reading)
      throws BadSettingException {
    Map<String, SettingsFile.Entry> entries = PlainYaml.entries(reading.text(), SOURCE);
    if (entries != null) {
      assertThat(entries).isEqualTo(YamlReader.entries(reading.text(), SOURCE));
    }
  }

  @ParameterizedTest
  @MethodSource("loteria.runtime.settings.YamlReaderTest#refusals")
  void leavesWhatIsWrongToTheLibrary(YamlReaderTest.Refusal refusal) {
    assertThat(PlainYaml.entries(refusal.text(), SOURCE)).isNull();
  }

  @Test
  void readsTheCoursesFile() throws IOException, BadSettingException {
    String text = Files.readString(Root.file("client/config.yaml"));

    assertThat(plain(text)).isEqualTo(YamlReader.entries(text, SOURCE)).hasSize(5);
  }

  @Test
  void readsCommentsBlanksQuotesAndEmptyKeys() {
    String text =
        "# año\n\nlog:\n    level: \"IN FO\" # x\n    # y\nloop:\nData: 'a: \"b\"'\nid: 7   \n\n";

    assertThat(plain(text).values())
        .containsExactly(
            new SettingsFile.Entry("log.level", "IN FO", "file c.yaml line 4"),
            new SettingsFile.Entry("loop", null, "file c.yaml line 6"),
            new SettingsFile.Entry("Data", "a: \"b\"", "file c.yaml line 7"),
            new SettingsFile.Entry("id", "7", "file c.yaml line 8"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: ~", "a: null", "a: [1]", "a: {b: 1}", "a: x y", "a: -1", "a: \"\\n\"", "a: 'it''s'",
        "a: 1\n  b: 2", "a: 1\nA: 2", "  a: 1", "a:\n  b: 1\n c: 2", "a : 1", "a:1", "? a",
            "a: |\n  x",
        "1: 2", "\"a\": 1", "a: 1\n---\n", "a: x#y", "a: server:", "a: \"x\"y", "a: &x 1", "\ta: 1"
      })
  void leavesWhatIsNotPlain(String text) {
    assertThat(PlainYaml.entries(text, SOURCE)).isNull();
  }

  private static Map<String, SettingsFile.Entry> plain(String text) {
    @Nullable Map<String, SettingsFile.Entry> entries = PlainYaml.entries(text, SOURCE);
    assertThat(entries).isNotNull();
    return entries == null ? Map.of() : entries;
  }
}
