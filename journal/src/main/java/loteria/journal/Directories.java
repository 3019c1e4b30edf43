package loteria.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** What a directory needs so that its files outlive a crash. */
public final class Directories {
  private Directories() {}

  /**
   * Makes the names in a directory durable: those of files created, renamed or deleted there before
   * this call. The sync of a file alone does not keep its name (fsync(2), Linux).
   *
   * @throws StorageFullException if there is no descriptor left for it: nothing is known to be
   *     durable, and the same call may succeed once there is one
   */
  public static void sync(Path directory) throws IOException {
    try (FileChannel channel = Descriptors.open(directory, Set.of(StandardOpenOption.READ))) {
      channel.force(true);
    }
  }
}
