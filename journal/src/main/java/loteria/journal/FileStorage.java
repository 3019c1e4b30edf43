package loteria.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A file on disk, of a POSIX system.
 *
 * <p>An interrupt inside a {@link FileChannel} closes the file for every thread, and a write or
 * sync that was under way counts as failed: no thread that uses it is interrupted before the file
 * may be lost.
 */
public final class FileStorage implements Storage {
  /**
   * How the JDK says ENOSPC, EDQUOT and EFBIG: the C library's text is all that it hands on, so the
   * program has to run with LC_MESSAGES=C (or LC_ALL=C). In another language it counts as any other
   * failure, which is safe.
   */
  private static final List<String> FULL =
      List.of("No space left on device", "Disk quota exceeded", "File too large");

  /** How it says EMFILE and ENFILE, likewise. */
  private static final List<String> NO_DESCRIPTOR =
      List.of("Too many open files", "Too many open files in system");

  private static final Set<OpenOption> TO_WRITE =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);

  private final FileChannel channel;

  private FileStorage(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Opens a file to read and write, and creates it, readable by its owner alone, if it is missing.
   * The name is durable on return: the directory is synced even if the file was there, since a
   * program may have died between the two.
   *
   * @throws StorageFullException if there is no room for it, or no descriptor left
   * @throws IOException if it cannot be opened, or is a symbolic link
   */
  public static FileStorage open(Path file) throws IOException {
    Path directory =
        Objects.requireNonNull(file.toAbsolutePath().getParent(), "the root is no file");
    FileChannel channel =
        openChannel(
            file,
            TO_WRITE,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      syncDirectory(directory);
      return new FileStorage(channel);
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  /**
   * Opens a file that exists, to read alone.
   *
   * @throws FileSystemException naming it if it is none, such as a directory
   */
  public static ReadableStorage openToRead(Path file) throws IOException {
    FileChannel channel = openChannel(file, Set.of(StandardOpenOption.READ));
    try {
      if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
        throw new FileSystemException(file.toString(), null, "it is no regular file");
      }
      return new FileStorage(channel);
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  /**
   * Makes the names in a directory durable: those of files created, renamed or deleted there before
   * this call. The sync of a file alone does not keep its name (fsync(2), Linux).
   *
   * @throws StorageFullException if there is no descriptor left for it: nothing is known to be
   *     durable, and the same call may succeed once there is one
   */
  static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = openChannel(directory, Set.of(StandardOpenOption.READ))) {
      channel.force(true);
    }
  }

  private static FileChannel openChannel(
      Path file, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    try {
      return FileChannel.open(file, options, attributes);
    } catch (FileSystemException failure) {
      throw full(file, failure);
    }
  }

  /** Why a file was not opened, made or renamed: for want of room, if that is so. */
  static IOException full(Path file, FileSystemException failure) {
    String reason = failure.getReason();
    if (reason != null && NO_DESCRIPTOR.contains(reason)) {
      return new StorageFullException(
          "no descriptor to open %s: %s".formatted(file, reason), failure);
    }
    return reason != null && FULL.contains(reason)
        ? new StorageFullException("no room to make %s: %s".formatted(file, reason), failure)
        : failure;
  }

  /**
   * Locks the file against other processes until any descriptor of it is closed in this one; false
   * if another process or another part of this one has it locked.
   */
  boolean tryLock() throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    return channel.read(into, position);
  }

  @Override
  public int write(ByteBuffer from, long position) throws IOException {
    try {
      return channel.write(from, position);
    } catch (IOException failure) {
      String message = failure.getMessage();
      if (message != null && FULL.contains(message)) {
        throw new StorageFullException(
            "no room for %d bytes at offset %d: %s".formatted(from.remaining(), position, message),
            failure);
      }
      throw failure;
    }
  }

  /** Calls fdatasync(2), which makes a changed size durable too, after a truncation as well. */
  @Override
  public void sync() throws IOException {
    channel.force(false);
  }

  @Override
  public void truncate(long size) throws IOException {
    channel.truncate(size);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
