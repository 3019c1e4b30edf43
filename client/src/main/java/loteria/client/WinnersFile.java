package loteria.client;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import loteria.client.upload.WinnerDocuments;
import loteria.runtime.Failures;
import org.jspecify.annotations.Nullable;

/**
 * The documents of an agency's winning bets, one a line, in the order of the bets: a file that only
 * its owner can read, and that is there whole or not at all; or standard output. Until {@link #end}
 * they are in a temporary file, however many there are. For one thread.
 */
final class WinnersFile implements WinnerDocuments, AutoCloseable {
  /** The path that stands for standard output. */
  static final Path STANDARD_OUTPUT = Path.of("-");

  /** The documents cannot be written. The message is one line. */
  static final class UnwritableException extends IOException {
    @Serial private static final long serialVersionUID = 1;

    private UnwritableException(Path file, IOException why) {
      super(file + " cannot be written: " + Failures.reason(why), why);
    }
  }

  /** What they are written to before they are whole. */
  private record Temporary(Path path, FileOutputStream descriptor, OutputStream out) {}

  private final Path file;
  private @Nullable Temporary temporary;

  /** A file at that path, which replaces a file that is there; or standard output. */
  WinnersFile(Path file) {
    this.file = file;
  }

  /** Why there can be no file at that path; null if there can. */
  static @Nullable String problem(Path file) {
    if (file.equals(STANDARD_OUTPUT)) {
      return null;
    }
    if (Files.isDirectory(file)) {
      return "is a directory";
    }
    // A device, a pipe or a link would be replaced by the file, and not written to.
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return "is not a regular file: it would be replaced";
    }
    Path folder = folder(file);
    if (!Files.isDirectory(folder)) {
      return "cannot be written: there is no directory " + folder;
    }
    return Files.isWritable(folder) ? null : "cannot be written: " + folder + " is read-only";
  }

  private static Path folder(Path file) {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    return folder == null ? absolute : folder;
  }

  @Override
  public void begin() throws UnwritableException {
    close();
    try {
      // Made for its owner alone, whatever the umask.
      Path made =
          file.equals(STANDARD_OUTPUT)
              ? Files.createTempFile("loteria-winners-", ".txt")
              : Files.createTempFile(folder(file), ".winners-", ".tmp");
      FileOutputStream descriptor = new FileOutputStream(made.toFile());
      temporary = new Temporary(made, descriptor, new BufferedOutputStream(descriptor));
    } catch (IOException failed) {
      throw new UnwritableException(file, failed);
    }
  }

  @Override
  public void add(List<String> documents) throws UnwritableException {
    OutputStream out = begun().out;
    try {
      for (String document : documents) {
        out.write(document.getBytes(StandardCharsets.US_ASCII));
        out.write('\n');
      }
    } catch (IOException failed) {
      throw new UnwritableException(file, failed);
    }
  }

  private Temporary begun() {
    if (temporary == null) {
      throw new AssertionError("not begun");
    }
    return temporary;
  }

  /** Has all of them where they should be, durably if the folder can be synced. */
  void end() throws UnwritableException {
    Temporary whole = begun();
    try {
      whole.out.flush();
      whole.descriptor.getFD().sync();
      whole.out.close();
      if (file.equals(STANDARD_OUTPUT)) {
        try (OutputStream standard = new FileOutputStream(FileDescriptor.out)) {
          Files.copy(whole.path, standard);
        }
      } else {
        Files.move(
            whole.path, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder();
      }
    } catch (IOException failed) {
      throw new UnwritableException(file, failed);
    } finally {
      close();
    }
  }

  /** The sync of a file alone does not keep its name (fsync(2), Linux). */
  private void syncFolder() {
    try (FileChannel folder = FileChannel.open(folder(file), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException _) {
      // It may not be read, or its file system syncs no folder: the file is there all the same.
    }
  }

  /** Removes what is not whole. Idempotent. */
  @Override
  public void close() {
    try {
      if (temporary != null) {
        boolean ignored = Files.deleteIfExists(temporary.path);
        temporary.out.close();
      }
    } catch (IOException _) {
      // It is not of use to anybody, and holds no more than its owner may read.
    }
    temporary = null;
  }
}
