package loteria.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to be the only program that uses a directory: a POSIX lock on the file {@code lock} in
 * it, which ends with the process however that ends. The file itself stays; deleting it would let
 * two programs lock two different files.
 *
 * <p>Any thread may take one; one thread closes it.
 */
public final class DirectoryLock implements AutoCloseable {
  private static final String FILE = "lock";

  /**
   * The directories that this process holds. POSIX drops all of a process's locks on a file as soon
   * as it closes any descriptor of it, so a second attempt must be refused before it opens the
   * file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Takes a directory that exists.
   *
   * @throws DirectoryLockedException at once, if it is taken
   */
  public static DirectoryLock take(Path directory) throws IOException {
    Path real = directory.toRealPath();
    if (!HELD.add(real)) {
      throw new DirectoryLockedException(real, "this process already");
    }
    FileChannel channel = null;
    try {
      channel = open(real.resolve(FILE));
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new DirectoryLockedException(real, "another process");
      }
      return new DirectoryLock(real, channel);
    } catch (IOException | RuntimeException failure) {
      release(real, channel);
      throw failure;
    }
  }

  /** Gives the directory back. A second call does nothing. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      release(directory, channel);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /**
   * Closes before it forgets: the other way round, a new owner could lose its lock to this close.
   */
  private static void release(Path directory, @Nullable FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      HELD.remove(directory);
    }
  }
}
