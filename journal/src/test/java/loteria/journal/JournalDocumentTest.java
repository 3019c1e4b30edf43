package loteria.journal;

import static loteria.journal.Reopened.group;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import loteria.testing.Root;
import org.junit.jupiter.api.Test;

/** The page from which a stranger writes a reader shows the bytes that this program writes. */
final class JournalDocumentTest {
  private static final Pattern DUMP_LINE =
      Pattern.compile("(?m)^[0-9a-f]{8}  ((?:[0-9a-f]{2} {1,2})+) *\\|");

  @Test
  void writesTheBytesThatThePageShows() throws IOException {
    assertThat(HexFormat.ofDelimiter(" ").formatHex(written()))
        .isEqualTo(HexFormat.ofDelimiter(" ").formatHex(documented()));
  }

  @Test
  void readsTheBytesThatThePageShows() throws IOException {
    Reopened found = Reopened.of(FaultyStorage.holding(documented()));

    assertThat(found.texts()).containsExactly("hola", "mundo", "Lotería");
    assertThat(found.positions()).containsExactly(0x28L, 0x2eL, 0x4dL);
  }

  private static byte[] written() throws IOException {
    return Reopened.bytes(group("hola", "mundo"), group("Lotería"));
  }

  private static byte[] documented() throws IOException {
    String page = Files.readString(Root.file("docs/JOURNAL.md"));
    String digits =
        DUMP_LINE
            .matcher(page)
            .results()
            .map(line -> line.group(1).replace(" ", ""))
            .collect(Collectors.joining());
    return HexFormat.of().parseHex(digits);
  }
}
