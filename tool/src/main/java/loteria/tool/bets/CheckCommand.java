package loteria.tool.bets;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import loteria.client.bets.BadRowException;
import loteria.client.bets.CarefulRows;
import loteria.client.bets.Encoding;
import loteria.lottery.Count;
import loteria.runtime.ExitCode;
import loteria.runtime.Failures;
import loteria.runtime.GzipInput;
import loteria.tool.command.ToolCommand;
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
      "Example: of what another program writes",
      "  gpg --decrypt agency-1.csv.gpg | loteria check -",
      "",
      "Exit codes: 0 every row is a bet, 1 not every one is, or a file cannot be read, 2 wrong"
          + " usage."
    })
public final class CheckCommand extends ToolCommand {
  /** How many bad rows of a file are named. */
  private static final int NAMED_MAX = 100;

  /** In how many rows of a file others are looked for that are the same: some 24 bytes each. */
  private static final int COMPARED_MAX = 10_000_000;

  private static final Path STANDARD_INPUT = Path.of("-");
  private static final int BUFFER_BYTES = 1 << 16;

  /** Any agency's: a row of a file does not say whose it is. */
  private static final int AGENCY = 1;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      showDefaultValue = Help.Visibility.NEVER,
      description = "CSV files as agency-N.csv, of any name; - is the standard input.")
  private List<Path> files = List.of();

  private final InputStream standardInput;
  private final int comparedMax;

  /** One that reads this if it is asked to check {@code -}. */
  public CheckCommand(InputStream standardInput) {
    this(standardInput, COMPARED_MAX);
  }

  CheckCommand(InputStream standardInput, int comparedMax) {
    this.standardInput = standardInput;
    this.comparedMax = comparedMax;
  }

  @Override
  public Integer call() {
    boolean good = true;
    for (Path file : files) {
      Report report = new Report(name(file));
      try {
        read(file, report);
        report.end();
        good &= report.bad == 0;
      } catch (IOException failed) {
        complain(Failures.oneLine(failed));
        good = false;
      }
    }
    return good ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static String name(Path file) {
    return file.equals(STANDARD_INPUT) ? "standard input" : file.toString();
  }

  private InputStream open(Path file) throws IOException {
    return file.equals(STANDARD_INPUT) ? standardInput : Files.newInputStream(file);
  }

  /** Reads a file to its end, gzip or not. */
  private void read(Path file, Report report) throws IOException {
    try (InputStream bytes = new BufferedInputStream(open(file), BUFFER_BYTES)) {
      byte[] start = start(bytes);
      boolean gzip = start.length > 1 && start[0] == 0x1f && start[1] == (byte) 0x8b;
      InputStream text =
          gzip || file.toString().endsWith(".gz")
              ? new BufferedInputStream(new GzipInput(bytes, BUFFER_BYTES))
              : bytes;
      String flaw = Encoding.flaw(start(text));
      if (flaw != null) {
        report.bad(1, flaw);
      } else {
        read(
            CarefulRows.of(
                AGENCY, name(file), new InputStreamReader(text, StandardCharsets.ISO_8859_1)),
            report);
      }
    } catch (UncheckedIOException failed) {
      throw unreadable(file, Objects.requireNonNull(failed.getCause(), "it has one"));
    } catch (IOException failed) {
      throw unreadable(file, failed);
    }
  }

  private static void read(CarefulRows rows, Report report) {
    while (true) {
      try {
        byte[] row = rows.next();
        if (row == null) {
          return;
        }
        report.bet(rows.line() - 1, row);
      } catch (BadRowException bad) {
        report.bad(bad.line(), bad.flaw());
      }
    }
  }

  private static IOException unreadable(Path file, IOException why) {
    if (why instanceof FileSystemException named) {
      return named;
    }
    String flaw = GzipInput.flaw(why);
    return new IOException(name(file) + ": " + (flaw != null ? flaw : why.getMessage()), why);
  }

  private static byte[] start(InputStream bytes) throws IOException {
    bytes.mark(Encoding.BYTES);
    byte[] start = bytes.readNBytes(Encoding.BYTES);
    bytes.reset();
    return start;
  }

  /** What is said of a file. */
  private final class Report {
    private final String file;
    private final Repetitions repetitions = new Repetitions();
    private long bets;
    private long bad;

    Report(String file) {
      this.file = file;
    }

    void bet(long line, byte[] row) {
      bets++;
      repetitions.add(line, row);
    }

    void bad(long line, String flaw) {
      bad++;
      if (bad <= NAMED_MAX) {
        line("line %d: %s", line, flaw);
      }
    }

    void end() {
      if (bad > NAMED_MAX) {
        line("%,d more %s", bad - NAMED_MAX, rowsThatAreNoBets(bad - NAMED_MAX));
      }
      repetitions.say();
      if (bets > comparedMax) {
        line("only the first %s were compared with each other", Count.grouped(comparedMax, "bet"));
      }
      line("%s, %,d %s", Count.grouped(bets, "bet"), bad, rowsThatAreNoBets(bad));
    }

    private static String rowsThatAreNoBets(long rows) {
      return Count.word(rows, "row that is no bet", "rows that are no bets");
    }

    private void line(String format, Object... values) {
      CheckCommand.this.line("%s: %s", file, format.formatted(values));
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
        if (count == comparedMax) {
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
        int repeated = 0;
        for (int i = 1; i < count; i++) {
          if (sorted[i] == sorted[i - 1]) {
            repeated++;
          }
        }
        if (repeated > 0) {
          int again = firstRepetition(sorted);
          int before = 0;
          while (hashes[before] != hashes[again]) {
            before++;
          }
          line(
              "%s %s there already, the first in line %d, which is line %d again: a mistake?",
              Count.grouped(repeated, "row"),
              Count.word(repeated, "is", "are"),
              lines[again],
              lines[before]);
        }
      }

      /** The first row whose hash an earlier one has; there is one. */
      private int firstRepetition(long[] sorted) {
        BitSet seen = new BitSet(count);
        int row = -1;
        int place;
        do {
          row++;
          place = Arrays.binarySearch(sorted, hashes[row]);
          while (place > 0 && sorted[place - 1] == hashes[row]) {
            place--;
          }
          seen.flip(place);
        } while (seen.get(place));
        return row;
      }
    }
  }
}
