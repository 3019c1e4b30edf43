package loteria.lottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rows of bets.csv, held against CPython's own csv module where there is one: hard names, and
 * rows that were changed, tens of thousands of each. {@code -Dloteria.seed=N} makes the same again.
 */
class PythonRowsTest {
  private static final int BETS = 20_000;
  private static final int AGENCY = 3; // as in rows.py
  private static final long PYTHON_SECONDS = 120;

  private static final HexFormat HEX = HexFormat.of();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path directory;

  @Test
  void isLaidTakenAndReadBackAsByPython() throws IOException, InterruptedException {
    long seed = Long.getLong("loteria.seed", System.nanoTime() & 0xffff_ffffL);
    System.out.println("PythonRowsTest: -Dloteria.seed=" + seed);
    List<String> vectors = python("make", Long.toString(seed), Integer.toString(BETS));

    BetRow rules = new BetRow(AGENCY);
    List<String> fields = new ArrayList<>();
    ByteArrayOutputStream laid = new ByteArrayOutputStream();
    int accepted = 0;
    int refused = 0;
    for (String vector : vectors) {
      List<String> words = List.of(vector.split(" "));
      byte[] row = HEX.parseHex(words.getLast());
      boolean taken = rules.check(row, 0, row.length) == row.length;
      if (words.getFirst().equals("lay")) {
        fields.add(String.join(" ", words.subList(1, 6)));
        byte[] own =
            Csv.rowOf(AGENCY, words.subList(1, 6).stream().map(PythonRowsTest::text).toList());
        assertThat(own).as("seed %d: %s", seed, vector).isEqualTo(row);
        assertThat(taken).as("seed %d: %s", seed, vector).isTrue();
        assertThat(row.length).isBetween(BetRow.BYTES_MIN, BetRow.BYTES_MAX);
        laid.writeBytes(own);
      } else {
        boolean expected = words.get(1).equals("1");
        String shown = new String(row, StandardCharsets.UTF_8);
        assertThat(taken).as("seed %d: %s: %s", seed, vector, shown).isEqualTo(expected);
        accepted += expected ? 1 : 0;
        refused += expected ? 0 : 1;
        if (!expected && rules.check(row, 0, row.length) < 0) {
          assertThat(rules.flaw(row, 0, row.length).toString()).isNotBlank();
        }
      }
    }
    assertThat(fields).hasSize(BETS);
    assertThat(accepted).as("mutated rows that are one, seed %d", seed).isGreaterThan(BETS / 10);
    assertThat(refused).as("mutated rows that are none, seed %d", seed).isGreaterThan(BETS / 10);

    Path file = Files.write(directory.resolve("bets.csv"), laid.toByteArray());
    assertThat(python("load", file.toString())).as("seed %d", seed).isEqualTo(fields);
  }

  private static String text(String hex) {
    return hex.equals("-") ? "" : new String(HEX.parseHex(hex), StandardCharsets.UTF_8);
  }

  private List<String> python(String... arguments) throws IOException, InterruptedException {
    Path script = directory.resolve("rows.py");
    if (!Files.exists(script)) {
      try (InputStream in = PythonRowsTest.class.getResourceAsStream("rows.py")) {
        Files.copy(Objects.requireNonNull(in, "rows.py"), script);
      }
    }
    Path printed = directory.resolve("printed");
    Path errors = directory.resolve("errors");
    List<String> command = new ArrayList<>(List.of("python3", script.toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(printed.toFile()).redirectError(errors.toFile());
    builder.environment().put("PYTHONUTF8", "1");
    Process python;
    try {
      python = builder.start();
    } catch (IOException absent) {
      assumeTrue(false, "skipped: python3 is missing: " + absent.getMessage());
      throw absent;
    }
    try {
      assertThat(python.waitFor(PYTHON_SECONDS, TimeUnit.SECONDS)).as("python3 in time").isTrue();
    } finally {
      python.destroyForcibly();
    }
    assertThat(python.exitValue()).as("python3 said %s", Files.readString(errors)).isZero();
    return Files.readAllLines(printed);
  }
}
