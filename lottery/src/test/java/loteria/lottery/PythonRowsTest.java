package loteria.lottery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import loteria.testing.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rows of bets.csv, held against CPython's own csv module where there is one: hard names, and
 * rows that were changed, tens of thousands of each. {@code -Dloteria.seed=N} makes the same again.
 */
class PythonRowsTest {
  private static final int BETS = 20_000;
  private static final int AGENCY = 3; // as in rows.py

  private static final HexFormat HEX = HexFormat.of();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path directory;

  @Test
  void isLaidTakenAndReadBackAsByPython() throws IOException {
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

  private List<String> python(String... arguments) throws IOException {
    Path script = directory.resolve("rows.py");
    if (!Files.exists(script)) {
      try (InputStream in = PythonRowsTest.class.getResourceAsStream("rows.py")) {
        Files.copy(Objects.requireNonNull(in, "rows.py"), script);
      }
    }
    Object[] words = Stream.concat(Stream.of(script), Stream.of(arguments)).toArray();
    return Command.python(words).run().succeeded().output().lines().toList();
  }
}
