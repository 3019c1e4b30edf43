package loteria.client.bets;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Serial;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import loteria.runtime.GzipInput;
import org.jspecify.annotations.Nullable;

/**
 * What an agency's bets are in, which can be read again from its beginning: a file of any name,
 * compressed by gzip or not, or what comes in on standard input or a pipe. For one thread; one
 * source at a time reads it.
 */
public final class BetsFile implements BetSource.Opener {
  /** The path that stands for standard input. */
  public static final Path STANDARD_INPUT = Path.of("-");

  /** The bets cannot be read: another attempt would find the same. The message is one line. */
  public static final class UnreadableException extends IOException {
    @Serial private static final long serialVersionUID = 1;

    /** {@code reason} goes on from the name: "does not exist". */
    private UnreadableException(String name, String reason, IOException why) {
      super(name + " " + reason, why);
    }
  }

  private final int agency;
  private final File file;
  private final boolean standardInput;
  private final String name;

  /** What came in and cannot be read again, in a file that has no name any more. */
  private @Nullable RandomAccessFile spool;

  private BetsFile(int agency, Path file) {
    this.agency = agency;
    this.file = file.toFile();
    this.standardInput = file.equals(STANDARD_INPUT);
    this.name = standardInput ? "standard input" : file.toString();
  }

  /**
   * The bets of an agency. Standard input, or a pipe, is read to its end here: into a temporary
   * file that only its owner can read, and that is gone with the program, however it ends.
   *
   * @throws UnreadableException if it cannot be read, or the temporary file cannot be written
   */
  public static BetsFile at(int agency, Path file) throws UnreadableException {
    BetsFile bets = new BetsFile(agency, file);
    if (bets.standardInput) {
      bets.spool(new FileInputStream(FileDescriptor.in));
    } else if (bets.file.exists() && !bets.file.isFile() && !bets.file.isDirectory()) {
      bets.spool(bets.bytes());
    }
    return bets;
  }

  private void spool(FileInputStream in) throws UnreadableException {
    try (in) {
      // Made for its owner alone, whatever the umask.
      Path named = Files.createTempFile("loteria-agency-", ".csv");
      RandomAccessFile spooled;
      try {
        spooled = new RandomAccessFile(named.toFile(), "rw");
      } finally {
        Files.delete(named);
      }
      var _ = in.transferTo(Channels.newOutputStream(spooled.getChannel()));
      spool = spooled;
    } catch (IOException failed) {
      String folder = System.getProperty("java.io.tmpdir");
      String reason = "cannot be copied to a temporary file in " + folder + ": ";
      throw new UnreadableException(name, reason + failed.getMessage(), failed);
    }
  }

  @Override
  public BetSource open(boolean careful) throws IOException, BadRowException {
    FileInputStream bytes = bytes();
    try {
      return CsvFile.open(agency, this, bytes, careful);
    } catch (IOException | BadRowException | RuntimeException failed) {
      close(bytes);
      throw failed;
    }
  }

  private FileInputStream bytes() throws UnreadableException {
    try {
      if (spool != null) {
        spool.seek(0);
        return new FileInputStream(spool.getFD());
      }
      return new FileInputStream(file);
    } catch (IOException failed) {
      throw unreadable(failed);
    }
  }

  /** Closes what {@link #open} has opened; standard input can be opened again. */
  void close(FileInputStream bytes) throws IOException {
    if (spool == null) {
      bytes.close();
    }
  }

  /** Its length in bytes; 0 if that is not known. */
  long size() {
    try {
      return spool == null ? file.length() : spool.length();
    } catch (IOException _) {
      // It is of use for the progress alone.
      return 0;
    }
  }

  /** What messages call it. */
  String name() {
    return name;
  }

  /** Whether its name says that it is compressed. */
  boolean isNamedGzip() {
    return name.endsWith(".gz");
  }

  /** Why it cannot be read, in words. */
  UnreadableException unreadable(IOException why) {
    String flaw = GzipInput.flaw(why);
    String reason = "cannot be read: " + why.getMessage();
    if (flaw != null) {
      reason = flaw;
    } else if (file.isDirectory()) {
      reason = "cannot be read: Is a directory";
    } else if (why instanceof FileNotFoundException && !file.exists()) {
      reason = "does not exist";
    } else if (why instanceof FileNotFoundException && !file.canRead()) {
      reason = "may not be read";
    }
    return new UnreadableException(name, reason, why);
  }
}
