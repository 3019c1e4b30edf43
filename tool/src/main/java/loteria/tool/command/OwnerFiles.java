package loteria.tool.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** New files and directories that their owner alone can read. */
public final class OwnerFiles {
  /** What a directory is created with that is its owner's. */
  public static final FileAttribute<?> DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final FileAttribute<?> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private OwnerFiles() {}

  /** Writes what a file is to hold. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a new file; none is left when it fails.
   *
   * @throws IOException also if it exists already
   */
  public static void write(Path file, Content content) throws IOException {
    try (OutputStream out =
        new FileOutput(
            file,
            Channels.newOutputStream(
                Files.newByteChannel(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    FILE)))) {
      try {
        content.writeTo(out);
      } catch (IOException | RuntimeException failure) {
        Files.delete(file);
        throw failure;
      }
    } catch (FileAlreadyExistsException taken) {
      throw new IOException(
          file + (Files.isDirectory(file) ? ": is a directory" : ": exists already"), taken);
    }
  }
}
