package loteria.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class IniReaderTest {
  record Reading(String text, Map<String, String> values) {}

  static List<Reading> readings() {
    return List.of(
        new Reading("", Map.of()),
        new Reading("\n  \n# only\n; comments\n", Map.of()),
        new Reading("[DEFAULT]\n", Map.of()),
        new Reading(
            "[DEFAULT]\nSERVER_PORT = 12345\nSERVER_IP = server\nLOGGING_LEVEL = INFO\n",
            Map.of("server_port", "12345", "server_ip", "server", "logging_level", "INFO")),
        new Reading("[DEFAULT]\nKey=v", Map.of("key", "v")),
        new Reading("[DEFAULT]\r\na = 1\r\nb = 2\r\n", Map.of("a", "1", "b", "2")),
        new Reading("[DEFAULT]\ra = 1\rb = 2\r", Map.of("a", "1", "b", "2")),
        new Reading("[DEFAULT]\na: 1\n", Map.of("a", "1")),
        new Reading("[DEFAULT]\na = x:y=z\n", Map.of("a", "x:y=z")),
        new Reading("[DEFAULT]\na : x=y\n", Map.of("a", "x=y")),
        new Reading("[DEFAULT]\na   =\t v w \t\n", Map.of("a", "v w")),
        new Reading("[DEFAULT]\na =\nb:\n", Map.of("a", "", "b", "")),
        new Reading(
            "[DEFAULT]\na = 1 # not a comment ; nor this\n",
            Map.of("a", "1 # not a comment ; nor this")),
        new Reading(
            "[DEFAULT]\n  # indented\n a = 1\n   ; more\n b = 2\nc = 3\n",
            Map.of("a", "1", "b", "2", "c", "3")),
        new Reading("[DEFAULT]\na = 'quoted' \"too\"\n", Map.of("a", "'quoted' \"too\"")),
        new Reading("[DEFAULT]\nÑANDÚ = ñ\n", Map.of("ñandú", "ñ")),
        new Reading("[DEFAULT]\na b = 1\n", Map.of("a b", "1")),
        new Reading("[DEFAULT] what follows is ignored\na = 1\n", Map.of("a", "1")),
        new Reading("[server]\n[DEFAULT]\na = d\n[client]\n", Map.of("a", "d")),
        new Reading("[DEFAULT]\na = 1\n[x]\n[DEFAULT]\n  c = 3\n", Map.of("a", "1", "c", "3")));
  }

  @ParameterizedTest
  @MethodSource("readings")
  void readsAsPythonDoes(Reading reading) throws BadSettingException {
    assertThat(values(reading.text)).isEqualTo(reading.values);
  }

  record Refusal(String text, int line, String problem) {}

  static List<Refusal> refusals() {
    return List.of(
        new Refusal("a = 1\n", 1, "stands before any [section]"),
        new Refusal("\n[DEFAULT]\na\n", 3, "has neither = nor :"),
        new Refusal("[DEFAULT]\n= 1\n", 2, "has no key"),
        new Refusal("[DEFAULT]\n: 1\n", 2, "has no key"),
        new Refusal("[]\n", 1, "is not a [section]"),
        new Refusal("[DEFAULT\n", 1, "is not a [section]"),
        new Refusal("[DEFAULT]\na = 1\n  2\n", 3, "is indented more than the key above it"),
        new Refusal("[DEFAULT]\na = 1\n\n b = 2\n", 4, "is indented more than the key above it"),
        new Refusal("[DEFAULT]\na = 1\n\tb = 2\n", 3, "is indented more than the key above it"),
        new Refusal("[DEFAULT]\na = 1\n [x]\n", 3, "is indented more than the key above it"),
        new Refusal("[x]\n[x]\n", 2, "opens section [x] again"),
        new Refusal("[server]\na = 1\n", 2, "a stands in [server], which is not read"),
        new Refusal("[default]\na = 1\n", 2, "a stands in [default], which is not read"),
        new Refusal(
            "[DEFAULT]\na = 1\n[server]\na = 2\n", 4, "a stands in [server], which is not read"),
        new Refusal("[DEFAULT]\na = 50%\n", 2, "has a % in its value"),
        new Refusal("[DEFAULT]\na = %(b)s\n", 2, "has a % in its value"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWithTheLine(Refusal refusal) {
    assertThatThrownBy(() -> IniReader.entries(refusal.text, "file c.ini"))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("file c.ini line " + refusal.line + ": " + refusal.problem)
        .hasMessageContaining(
            "; allowed: [DEFAULT], key = value lines, and comment lines with # or ;");
  }

  static List<String> duplicates() {
    return List.of(
        "[DEFAULT]\na = 1\nA = 2\n",
        "[DEFAULT]\na = 1\na: 2\n",
        "[DEFAULT]\na = 1\n[DEFAULT]\na = 1\n");
  }

  @ParameterizedTest
  @MethodSource("duplicates")
  void refusesAKeyGivenTwiceWithBothLines(String text) {
    long second = text.strip().lines().count();

    assertThatThrownBy(() -> IniReader.entries(text, "file c.ini"))
        .isInstanceOf(BadSettingException.class)
        .hasMessageMatching(
            "setting [aA] = \"\\d\" \\(file c.ini line "
                + second
                + "\\) is given twice, first in file c.ini line 2");
  }

  @Test
  void eachValueKnowsItsLine() throws BadSettingException {
    Map<String, SettingsFile.Entry> entries =
        IniReader.entries("# c\n[DEFAULT]\n\na = 1\n\nb = 2\n", "file c.ini");

    assertThat(entries.values())
        .extracting(SettingsFile.Entry::source)
        .containsExactlyInAnyOrder("file c.ini line 4", "file c.ini line 6");
  }

  private static Map<String, String> values(String text) throws BadSettingException {
    return IniReader.entries(text, "file c.ini").entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().written()));
  }
}
