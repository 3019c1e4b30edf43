package loteria.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import loteria.lottery.BetRow;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Parameters;

/** {@code loteria check}: whether an agency's files have bets alone, without a central. */
@Command(
    name = "check",
    description = {
      "Checks files of an agency's bets, gzip or not, without a central: names every row that is no"
          + " bet, by its line, field and reason, and counts.",
      "Rows that are there more than once are bets as others are, but may be a mistake: it says how"
          + " many, and where the first one is."
    },
    footer = {
      "",
      "Example: the bets of agency 1",
      "  loteria check .data/agency-1.csv",
      "",
      "Exit codes: 0 every row is a bet, 1 not every one is, or a file cannot be read, 2 wrong"
          + " usage."
    })
final class CheckCommand implements Callable<Integer> {
  /** How many bad rows of a file are named. */
  private static final int NAMED_MAX = 100;

  /** In how many rows of a file others are looked for that are the same: some 24 bytes each. */
  private static final int COMPARED_MAX = 10_000_000;

  private final PrintWriter out;
  private final PrintWriter err;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      showDefaultValue = Help.Visibility.NEVER,
      description = "CSV files as agency-N.csv, of any name.")
  private List<Path> files = List.of();

  CheckCommand(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    boolean good = true;
    for (Path file : files) {
      Report report = new Report(file);
      try {
        CheckedRows.read(file, report);
        report.end();
        good &= report.bad == 0;
      } catch (IOException failed) {
        err.println("loteria check: " + Failures.oneLine(failed));
        good = false;
      }
    }
    return good ? CommandLineOfLoteria.DONE : CommandLineOfLoteria.FAILED;
  }

  /** What is said of a file. */
  private final class Report implements CheckedRows.Visitor {
    private final Path file;
    private final Repetitions repetitions = new Repetitions();
    private long bets;
    private long bad;

    Report(Path file) {
      this.file = file;
    }

    @Override
    public void bet(long line, byte[] row) {
      bets++;
      repetitions.add(line, row);
    }

    @Override
    public void bad(long line, BetRow.Flaw flaw) {
      bad++;
      if (bad <= NAMED_MAX) {
        line("line %d: %s", line, PlainText.of(flaw.toString()));
      }
    }

    void end() {
      if (bad > NAMED_MAX) {
        line("%,d more rows that are no bets", bad - NAMED_MAX);
      }
      repetitions.say();
      line("%,d bets, %,d rows that are no bets", bets, bad);
    }

    private void line(String format, Object... values) {
      out.println(file + ": " + String.format(Locale.ROOT, format, values));
    }

    /**
     * Which rows are there already, by a hash of 64 bits of each: among ten million rows two others
     * have the same once in a hundred thousand files.
     */
    private final class Repetitions {
      private long[] hashes = new long[1024];
      private long[] lines = new long[1024];
      private int count;

      void add(long line, byte[] row) {
        if (count == COMPARED_MAX) {
          return;
        }
        if (count == hashes.length) {
          hashes = Arrays.copyOf(hashes, 2 * count);
          lines = Arrays.copyOf(lines, 2 * count);
        }
        hashes[count] = hash(row);
        lines[count] = line;
        count++;
      }

      /** FNV-1a (Fowler, Noll, Vo), and a last mixing. */
      private static long hash(byte[] row) {
        long hash = 0xcbf29ce484222325L;
        for (byte each : row) {
          hash = (hash ^ each) * 0x100000001b3L;
        }
        return hash ^ hash >>> 32;
      }

      void say() {
        long[] sorted = Arrays.copyOf(hashes, count);
        Arrays.sort(sorted);
        Set<Long> twice = new HashSet<>();
        long repeated = 0;
        for (int i = 1; i < count; i++) {
          if (sorted[i] == sorted[i - 1]) {
            repeated++;
            twice.add(sorted[i]);
          }
        }
        Map<Long, Long> firstLines = new HashMap<>();
        for (int i = 0; i < count; i++) {
          @Nullable Long before =
              twice.contains(hashes[i]) ? firstLines.putIfAbsent(hashes[i], lines[i]) : null;
          if (before != null) {
            line(
                "%,d rows are there already, the first in line %d, which is line %d again: a"
                    + " mistake?",
                repeated, lines[i], before);
            return;
          }
        }
      }
    }
  }
}
