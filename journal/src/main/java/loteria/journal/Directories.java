package loteria.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a directory needs so that its files outlive a crash. */
public final class Directories {
  private Directories() {}

  /**
   * Makes the names in a directory durable: those of files created, renamed or deleted there before
   * this call. The sync of a file alone does not keep its name (fsync(2), Linux).
   */
  public static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
