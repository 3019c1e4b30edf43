package loteria.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.List;
import java.util.Set;

/** Opens files, and tells the want of file descriptors, which passes, from any other failure. */
final class Descriptors {
  /**
   * How the JDK says EMFILE and ENFILE: in the C library's words, as {@link FileStorage} has it.
   */
  private static final List<String> NONE_LEFT =
      List.of("Too many open files", "Too many open files in system");

  private Descriptors() {}

  /**
   * As {@link FileChannel#open(Path, Set, FileAttribute...)}.
   *
   * @throws StorageFullException if there is no descriptor left for it
   */
  static FileChannel open(
      Path file, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    try {
      return FileChannel.open(file, options, attributes);
    } catch (FileSystemException failure) {
      String reason = failure.getReason();
      if (reason != null && NONE_LEFT.contains(reason)) {
        throw new StorageFullException(
            "no descriptor to open %s: %s".formatted(file, reason), failure);
      }
      throw failure;
    }
  }
}
