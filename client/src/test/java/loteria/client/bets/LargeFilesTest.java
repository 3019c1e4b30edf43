package loteria.client.bets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import loteria.testing.JavaProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are larger than the memory of the program that reads them. */
final class LargeFilesTest {
  private static final int HEAP_MEGABYTES = 12;
  private static final int ROWS = 300_000;
  private static final String ROW = "Santiago Lionel,Lorca Gutiérrez,30904465,1999-03-17,7574\n";

  @TempDir private Path directory;

  @Test
  void areNotHeldWhole() throws Exception {
    Path rows = file("rows.csv", "");
    Path unclosed = file("unclosed.csv", ROW + "\"");
    assertThat(Files.size(rows)).isGreaterThan(HEAP_MEGABYTES * 1_400_000L);

    try (JavaProgram program =
        JavaProgram.start(
            List.of("-Xmx" + HEAP_MEGABYTES + "m"),
            Map.of(),
            CountingProgram.class,
            rows.toString(),
            unclosed.toString())) {
      assertThat(program.rest()).isEqualTo(ROWS + " bets\nline 2\n");
      assertThat(program.exitCode()).isZero();
    }
  }

  private Path file(String name, String start) throws IOException {
    Path file = directory.resolve(name);
    byte[] thousandRows = ROW.repeat(1_000).getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(start.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < ROWS / 1_000; i++) {
        out.write(thousandRows);
      }
    }
    return file;
  }
}
