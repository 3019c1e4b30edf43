package loteria.tool;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import loteria.lottery.Reason;
import loteria.server.SealedBets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code loteria export}: the bets of a lottery that is not sealed, as they would be sealed now.
 */
@Command(
    name = "export",
    description = {
      "Writes the bets that are stored so far, laid as bets.csv is, of a lottery that is not sealed"
          + " yet. Once it is, its bets.csv has them, and this refuses.",
      "Reads alone, also while a central uses the directory."
    },
    footer = {
      "",
      "Example: what is stored so far",
      "  loteria export --to bets-not-sealed.csv datos/today",
      "",
      "Exit codes: 0 written, 1 it could not be, or the bets are sealed, 2 wrong usage."
    })
final class ExportCommand implements Callable<Integer> {
  private final OutputStream out;
  private final PrintWriter err;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "Where to, a new file; without it, to the standard output.")
  private @Nullable Path to;

  @Parameters(paramLabel = "DIR", description = "The data directory.")
  private Path directory = Path.of("");

  ExportCommand(OutputStream out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws UsageException, IOException {
    Path file = to;
    if (file != null && file.endsWith(SealedBets.NAME)) {
      throw new UsageException(
          SealedBets.NAME + " is the name of sealed bets, which these are not");
    }
    try (JournalFile journal = JournalFile.in(directory)) {
      Export export = Export.of(journal, directory);
      if (file == null) {
        export.writeTo(out);
      } else {
        write(export, file);
      }
      Map<Integer, Reason> closed = export.lottery().closed();
      err.println(
          String.format(
              Locale.ROOT,
              "not sealed: %,d bets so far of %,d agencies, of which %,d have finished%s",
              export.lottery().bets(),
              export.lottery().agencies(),
              export.lottery().finished(),
              closed.isEmpty() ? "" : " and %d are closed".formatted(closed.size())));
    }
    return CommandLineOfLoteria.DONE;
  }

  /** Writes a new file, for its owner alone; none is left when it fails. */
  private static void write(Export export, Path file) throws IOException {
    try (OutputStream created =
        Channels.newOutputStream(
            Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------"))))) {
      writeOrDelete(export, created, file);
    } catch (FileAlreadyExistsException taken) {
      throw new IOException(file + ": exists already", taken);
    }
  }

  private static void writeOrDelete(Export export, OutputStream created, Path file)
      throws IOException {
    try {
      export.writeTo(created);
    } catch (IOException | RuntimeException failure) {
      Files.delete(file);
      throw failure;
    }
  }
}
