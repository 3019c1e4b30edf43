package loteria.runtime.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file says, it is settings that could be written down plainly, or is refused. */
class YamlReaderFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "server:\n  address: \"server:12345\"\nloop:\n  amount: 5\n  period: 5s\n",
            "a: {b: 'it''s', c: \"\\u00f1\\n\\x41\"}\n# c\n? d\n: |\n  e\n  f\n",
            "%YAML 1.2\n---\na: >-\n  b\n\n  c\n...\n",
            "a: &x 1\nb: *x\n",
            "a: !!int 1\n",
            "a: [1, 2]\n",
            "a: 1\na: 2\n",
            "a: \"open\n",
            "%TAG ! tag:x,2000:\n--- !a%20b {a: 1}\n",
            "a: {b: {c: {d: {e: {f: {g: {h: {i: 9}}}}}}}}",
            "")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void readsWhatCouldBeWrittenPlainlyOrRefuses(byte[] file) throws Exception {
    new FuzzedSettings("", YamlReader::entries, YamlReaderFuzzTest::plainly).read(file);
  }

  /** A key by a question mark may be of any length. */
  private static String plainly(SettingsFile.Entry entry) {
    return "? " + quoted(entry.key()) + "\n: " + quoted(entry.written()) + "\n";
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      quoted.append("\\u%04x".formatted((int) text.charAt(i)));
    }
    return quoted.append('"').toString();
  }
}
