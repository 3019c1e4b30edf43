package loteria.runtime.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file says, it is settings that could be written down plainly, or is refused. */
class IniReaderFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "[DEFAULT]\nSERVER_PORT = 12345\nserver_ip: server\n",
            "# c\n; c\n[a]\r\n[DEFAULT]\nx=1\r\ny = = :\n[b]\nX = 2\n",
            " [DEFAULT]\n  x = 1\n  y : ñ 🍀\n",
            "[DEFAULT]\nx = 1\n  2\n",
            "[DEFAULT]\nx = %(y)s\n",
            "[a]\nx\n",
            "[a]\n[a]\n",
            "x = 1\n")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void readsWhatCouldBeWrittenPlainlyOrRefuses(byte[] file) throws Exception {
    new FuzzedSettings("[DEFAULT]\n", IniReader::entries, IniReaderFuzzTest::plainly).read(file);
  }

  private static String plainly(SettingsFile.Entry entry) {
    return entry.key() + "=" + entry.written() + "\n";
  }
}
