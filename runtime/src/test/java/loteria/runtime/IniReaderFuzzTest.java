package loteria.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file says, it is settings that could be written down plainly, or is refused. */
class IniReaderFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "[DEFAULT]\nSERVER_PORT = 12345\nserver_ip: server\n",
            "# c\n; c\n[a]\r\nx=1\r\n[b]\ny = = :\n[DEFAULT]\nX = 2\n",
            " [a]\n  x = 1\n  y : ñ 🍀\n",
            "[a]\nx = 1\n  2\n",
            "[a]\nx = %(y)s\n",
            "[a]\nx\n",
            "[a]\n[a]\n",
            "x = 1\n")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void readsWhatCouldBeWrittenPlainlyOrRefuses(byte[] file) throws Exception {
    new FuzzedSettings("[plain]\n", IniReader::entries, IniReaderFuzzTest::plainly).read(file);
  }

  private static String plainly(FileEntry entry) {
    return entry.key() + "=" + entry.value() + "\n";
  }
}
