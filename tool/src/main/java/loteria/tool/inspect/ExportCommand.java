package loteria.tool.inspect;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.LongStream;
import loteria.journal.DataDirectory;
import loteria.lottery.Count;
import loteria.lottery.Lottery;
import loteria.protocol.Message;
import loteria.protocol.Rows;
import loteria.runtime.ExitCode;
import loteria.tool.command.OwnerFiles;
import loteria.tool.command.ToolCommand;
import loteria.tool.command.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
public final class ExportCommand extends ToolCommand {
  private final OutputStream bytes;

  /** The offsets of each agency's batches. */
  private final Map<Integer, LongStream.Builder> batches = new TreeMap<>();

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "Where to, a new file; without it, to the standard output.")
  private @Nullable Path to;

  @Mixin private final Source.Named named = new Source.Named();

  /** What writes bets to the standard output, as they are. */
  public ExportCommand(OutputStream bytes) {
    this.bytes = bytes;
  }

  @Override
  public Integer call() throws UsageException, IOException {
    Path file = to;
    if (file != null && file.endsWith(DataDirectory.BETS)) {
      throw new UsageException(
          DataDirectory.BETS + " is the name of sealed bets, which these are not");
    }
    try (Source source = named.open();
        JournalFile journal = JournalFile.in(source.directory())) {
      warn(source.undecided());
      Replay lottery = new Replay(OptionalInt.of(Lottery.AGENCIES_MAX), 0);
      journal.read(entry -> take(entry, lottery, source));
      if (file == null) {
        write(journal, bytes);
      } else {
        OwnerFiles.write(file, out -> write(journal, out));
      }
      int closed = lottery.lottery().closed().size();
      err()
          .printf(
              "not sealed: %s so far of %s, of which %,d %s finished%s%n",
              Count.grouped(lottery.lottery().bets(), "bet"),
              Count.grouped(batches.size(), "agency"),
              lottery.finished(),
              Count.word(lottery.finished(), "has", "have"),
              closed == 0
                  ? ""
                  : " and %d %s closed".formatted(closed, Count.word(closed, "is", "are")));
    }
    return ExitCode.DONE;
  }

  private void take(JournalFile.Entry entry, Replay lottery, Source source) throws IOException {
    if (entry.content() instanceof Message.Sealed) {
      if (source.saved().isPresent()) {
        throw new IOException(
            source + ": the bets are sealed: loteria kafka save writes them to a directory");
      }
      Path sealed = source.directory().resolve(DataDirectory.BETS);
      throw new IOException(
          Files.exists(sealed)
              ? "the bets are sealed: they are in " + sealed
              : "the bets are sealed, and %s is not there: a central that starts writes it again"
                  .formatted(sealed));
    }
    if (entry.message() instanceof Message.Announced) {
      return;
    }
    lottery.take(entry);
    LongStream.Builder offsets = batches.computeIfAbsent(entry.agency(), _ -> LongStream.builder());
    if (entry.content() instanceof Message.Batch) {
      offsets.add(entry.offset());
    }
  }

  private void write(JournalFile journal, OutputStream out) throws IOException {
    WritableByteChannel channel = Channels.newChannel(out);
    for (LongStream.Builder offsets : batches.values()) {
      for (long offset : offsets.build().toArray()) {
        channel.write(Rows.kept(journal.at(offset)).orElseThrow().rows());
      }
    }
    out.flush();
  }
}
