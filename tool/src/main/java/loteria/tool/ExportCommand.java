package loteria.tool;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import loteria.journal.DataDirectory;
import loteria.lottery.Lottery;
import loteria.protocol.Message;
import loteria.protocol.Rows;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code loteria export}: the bets of a lottery that is not sealed, as they would be sealed now: 8
 * bytes of memory a batch.
 */
@Command(
    name = "export",
    description = {
      "Writes the bets that are stored so far, laid as bets.csv is, of a lottery that is not sealed"
          + " yet. Once it is, its bets.csv has them, and this refuses.",
      "Read-only; safe while a central is running."
    },
    footer = {
      "",
      "Example: what is stored so far",
      "  loteria export --to bets-not-sealed.csv datos/today",
      "",
      "With --kafka they are those of the log that several centrals share.",
      "",
      "Exit codes: 0 written, 1 it could not be, or the bets are sealed, 2 wrong usage, 69 no"
          + " broker answers."
    })
final class ExportCommand implements Callable<Integer> {
  private final OutputStream out;
  private final PrintWriter err;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "Where to, a new file; without it, to the standard output.")
  private @Nullable Path to;

  @Mixin private final Brokers brokers = new Brokers();

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "The data directory; or else --kafka.")
  private @Nullable Path directory;

  ExportCommand(OutputStream out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws UsageException, IOException {
    Path file = to;
    if (file != null && file.endsWith(DataDirectory.BETS)) {
      throw new UsageException(
          DataDirectory.BETS + " is the name of sealed bets, which these are not");
    }
    try (Source source = Source.open("DIR", directory, brokers);
        JournalFile journal = JournalFile.in(source.directory())) {
      Bets bets = Bets.of(journal, source);
      if (file == null) {
        bets.writeTo(out);
      } else {
        OwnerFiles.write(file, bets::writeTo);
      }
      Replay lottery = bets.lottery;
      int closed = lottery.lottery().closed().size();
      err.println(
          String.format(
              Locale.ROOT,
              "not sealed: %,d bets so far of %,d agencies, of which %,d have finished%s",
              lottery.lottery().bets(),
              bets.highest,
              lottery.finished(),
              closed == 0 ? "" : " and %d are closed".formatted(closed)));
    }
    return CommandLineOfLoteria.DONE;
  }

  /** Where each agency's batches are. */
  private static final class Bets {
    private final JournalFile journal;
    private final Replay lottery = new Replay(OptionalInt.of(Lottery.AGENCIES_MAX), 0);
    private final long[][] positions = new long[Lottery.AGENCIES_MAX + 1][];
    private final int[] batches = new int[Lottery.AGENCIES_MAX + 1];
    private int highest;

    private Bets(JournalFile journal) {
      this.journal = journal;
    }

    /** Reads a journal, which stays the caller's and is read again by {@link #writeTo}. */
    static Bets of(JournalFile journal, Source source) throws IOException {
      Bets bets = new Bets(journal);
      journal.read(entry -> {
        if (entry.content() instanceof Message.Sealed) {
          throw new IOException(
              source.isCopy()
                  ? source + ": the bets are sealed: loteria kafka save writes them to a directory"
                  : "the bets are sealed: they are in "
                      + source.directory().resolve(DataDirectory.BETS));
        }
        bets.take(entry);
      });
      return bets;
    }

    private void take(JournalFile.Entry entry) throws IOException {
      if (entry.message() instanceof Message.Announced) {
        return;
      }
      lottery.take(entry);
      switch (entry.message()) {
        case Message.Batch batch -> add(batch.agency(), entry.offset());
        case Message.Finish finish -> highest = Math.max(highest, finish.agency());
        case Message.Closed closed -> highest = Math.max(highest, closed.agency());
        case Message.Announced _, Message.Sealed _, Message.Drawn _ -> {}
      }
    }

    private void add(int agency, long position) {
      highest = Math.max(highest, agency);
      long[] known = positions[agency] == null ? new long[4] : positions[agency];
      positions[agency] =
          batches[agency] == known.length ? Arrays.copyOf(known, 2 * known.length) : known;
      positions[agency][batches[agency]++] = position;
    }

    void writeTo(OutputStream stream) throws IOException {
      for (int agency = 1; agency <= highest; agency++) {
        for (int i = 0; i < batches[agency]; i++) {
          ByteBuffer record = journal.at(positions[agency][i]);
          byte[] rows = new byte[Rows.BYTES_MAX];
          ByteBuffer found = Rows.kept(record).orElseThrow().rows();
          int length = found.remaining();
          found.get(rows, 0, length);
          stream.write(rows, 0, length);
        }
      }
      stream.flush();
    }
  }
}
