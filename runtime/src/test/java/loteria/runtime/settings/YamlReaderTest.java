package loteria.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlReaderTest {
  record Reading(String text, Map<String, String> values) {}

  static List<Reading> readings() {
    return List.of(
        new Reading("", Map.of()),
        new Reading("# only a comment\n", Map.of()),
        new Reading("---\n", Map.of()),
        new Reading("---\n...\n", Map.of()),
        new Reading("{}", Map.of()),
        new Reading("loop: {}", Map.of()),
        new Reading(
            """
            server:
              address: "server:12345"
            loop:
              amount: 5
              period: "5s"
            log:
              level: DEBUG # why not
            batch: {maxAmount: 64}
            """,
            Map.of(
                "server.address",
                "server:12345",
                "loop.amount",
                "5",
                "loop.period",
                "5s",
                "log.level",
                "DEBUG",
                "batch.maxamount",
                "64")),
        new Reading("a:\r\n  b: 1\r\n", Map.of("a.b", "1")),
        new Reading("log.level: INFO\n", Map.of("log.level", "INFO")),
        new Reading("a: 'it''s'\nb: \"x\\ty\"\nc: ''\n", Map.of("a", "it's", "b", "x\ty", "c", "")),
        new Reading("a:\nb: ~\nc: null\nd: '~'\n", Map.of("a", "-", "b", "-", "c", "-", "d", "~")),
        new Reading("A: {bC: D}\n", Map.of("a.bc", "D")),
        new Reading("a: server:12345\n", Map.of("a", "server:12345")),
        new Reading("1: 2\n", Map.of("1", "2")),
        new Reading("a: ñandú 😀\n", Map.of("a", "ñandú 😀")),
        new Reading("a: |\n  x\n  y\n", Map.of("a", "x\ny\n")),
        new Reading("a: x\n  y\n", Map.of("a", "x y")),
        new Reading("a: {b: {c: {d: {e: {f: {g: {h: 8}}}}}}}", Map.of("a.b.c.d.e.f.g.h", "8")));
  }

  @ParameterizedTest
  @MethodSource("readings")
  void flattensToDottedPaths(Reading reading) throws BadSettingException {
    assertThat(values(reading.text)).isEqualTo(reading.values);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5s",
        "100ms",
        "012",
        "0x10",
        "0o14",
        "1e3",
        "1_000",
        "no",
        "Yes",
        "on",
        "TRUE",
        "1.50",
        ".5",
        "+1",
        "12:30:45",
        "2026-03-01",
        ".inf",
        "<<",
        "=",
        "server:12345"
      })
  void keepsTheTextAsWritten(String written) throws BadSettingException {
    assertThat(values("a: " + written + "\n")).isEqualTo(Map.of("a", written));
    assertThat(values("a: \"" + written + "\"\n")).isEqualTo(Map.of("a", written));
  }

  record Refusal(String text, String where, String problem) {}

  static List<Refusal> refusals() {
    return List.of(
        new Refusal("just words\n", " line 1", "is not a mapping"),
        new Refusal("- 1\n- 2\n", " line 1", "is not a mapping"),
        new Refusal("''\n", " line 1", "is not a mapping"),
        new Refusal("a: 1\nb: [1, 2]\n", " line 2", "gives b a list"),
        new Refusal("a:\n  b:\n  - 1\n", " line 3", "gives a.b a list"),
        new Refusal("a: 1\n---\nb: 2\n", " line 2", "starts a second document"),
        new Refusal("a: &x 1\nb: 2\n", " line 1", "has an anchor, an alias or a tag"),
        new Refusal("b: 2\na: *x\n", " line 2", "has an anchor, an alias or a tag"),
        new Refusal("&x a: 1\n", " line 1", "has an anchor, an alias or a tag"),
        new Refusal("&x {a: 1}\n", " line 1", "has an anchor, an alias or a tag"),
        new Refusal("a: !!int 1\n", " line 1", "has an anchor, an alias or a tag"),
        new Refusal("a: !x {b: 1}\n", " line 1", "has an anchor, an alias or a tag"),
        new Refusal("[1]: 2\n", " line 1", "has a key that is not a word"),
        new Refusal("{a: 1}: 2\n", " line 1", "has a key that is not a word"),
        new Refusal("'': 2\n", " line 1", "has a key that is not a word"),
        new Refusal("? \n: 2\n", " line 1", "has a key that is not a word"),
        new Refusal(
            "a: {b: {c: {d: {e: {f: {g: {h: {i: 9}}}}}}}}",
            " line 1",
            "is nested deeper than 8 levels"),
        new Refusal("a: 1\n\tb: 2\n", " line 2", "is not YAML: "),
        new Refusal("a: 1\nb: \"open\n", " line 3", "is not YAML: "),
        new Refusal("a: {b: 1\n", " line 2", "is not YAML: "),
        new Refusal("a: b: c\n", " line 1", "is not YAML: "),
        new Refusal("a: 1\n b: 2\n", " line 2", "is not YAML: "),
        new Refusal("a: \u0001\n", "", "is not YAML: "),
        new Refusal("a: \"\\u", "", "is not YAML: in an escape: "),
        new Refusal("a: \"\\U00110000\"\n", " line 1", "is not YAML: "));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesInOneLineThatSaysWhere(Refusal refusal) {
    assertThatThrownBy(() -> YamlReader.entries(refusal.text, "file c.yaml"))
        .isInstanceOf(BadSettingException.class)
        .hasMessageStartingWith(
            "configuration file c.yaml" + refusal.where + ": " + refusal.problem)
        .hasMessageEndingWith("; allowed: one YAML document of nested key: value mappings")
        .message()
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:\n  b: 1\n  b: 2\n",
        "a:\n  b: 1\nA:\n  b: 2\n",
        "a: {b: 1}\na.b: 2\n#\n",
        "a:\n  b: 1\na: {b: 2}\n"
      })
  void refusesAPathGivenTwice(String text) {
    assertThatThrownBy(() -> YamlReader.entries(text, "file c.yaml"))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContainingAll("setting ", ".b = \"2\" (file c.yaml line ")
        .hasMessageContaining(") is given twice, first in file c.yaml line ");
  }

  @Test
  void nothingExpands() {
    String text = "a: &a {x: 1}\nb: &b {x: *a, y: *a}\nc: &c {x: *b, y: *b}\n";

    assertThatThrownBy(() -> YamlReader.entries(text, "file c.yaml"))
        .isInstanceOf(BadSettingException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{", "a: {", "{a: ", "- ", "? "})
  void endlessNestingIsRefusedWithoutHarm(String piece) {
    String text = piece.repeat(SettingsFile.FILE_BYTES_MAX / piece.length());

    assertThatThrownBy(() -> YamlReader.entries(text, "file c.yaml"))
        .isInstanceOf(BadSettingException.class);
  }

  @Test
  void eachValueKnowsItsLine() throws BadSettingException {
    Map<String, SettingsFile.Entry> entries =
        YamlReader.entries("# c\na:\n  b: 1\nc: 2\n", "file c.yaml");

    assertThat(entries.values())
        .extracting(SettingsFile.Entry::source)
        .containsExactly("file c.yaml line 3", "file c.yaml line 4");
  }

  private static Map<String, String> values(String text) throws BadSettingException {
    return YamlReader.entries(text, "file c.yaml").entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> Objects.requireNonNullElse(entry.getValue().value(), "-")));
  }
}
