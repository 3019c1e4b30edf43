package loteria.server;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import loteria.journal.Directories;
import loteria.journal.DirectoryLock;
import loteria.journal.FileStorage;
import loteria.journal.Storage;

/** A data directory of the file system, held by one process at a time. */
public final class FileDirectory implements Directory {
  private final Path path;
  private final DirectoryLock lock;

  private FileDirectory(Path path, DirectoryLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Takes the directory, which is made (for its owner alone) if it is not there.
   *
   * @throws IOException saying what is wrong with it: not writable, a file, held by another process
   */
  public static FileDirectory take(Path path) throws IOException {
    make(path.toAbsolutePath());
    if (!Files.isWritable(path)) {
      throw new IOException("directory %s is not writable".formatted(path));
    }
    return new FileDirectory(path, DirectoryLock.take(path));
  }

  private static void make(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    Path parent = path.getParent();
    if (parent != null && !Files.exists(parent)) {
      make(parent);
    }
    try {
      Files.createDirectory(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException exists) {
      throw new IOException("%s is not a directory".formatted(path), exists);
    }
    if (parent != null) {
      Directories.sync(parent);
    }
  }

  @Override
  public Storage open(String name) throws IOException {
    return FileStorage.open(path.resolve(name));
  }

  @Override
  public boolean has(String name) {
    return Files.exists(path.resolve(name));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(path.resolve(from), path.resolve(to), ATOMIC_MOVE, REPLACE_EXISTING);
    Directories.sync(path);
  }

  @Override
  public String toString() {
    return path.toString();
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
