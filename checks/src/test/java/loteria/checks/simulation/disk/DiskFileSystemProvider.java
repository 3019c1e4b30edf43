package loteria.checks.simulation.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;

/** The calls by names of a {@link DiskFileSystem}, as many as the central makes. */
final class DiskFileSystemProvider extends FileSystemProvider {
  private static final int OWNER = 1000;

  private final Disk disk;

  DiskFileSystemProvider(Disk disk) {
    this.disk = disk;
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    DiskPath name = (DiskPath) path;
    return name.isDirectory()
        ? DiskChannel.ofDirectory(disk)
        : DiskChannel.of(disk, disk.open(name.name(), options.contains(StandardOpenOption.CREATE)));
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    disk.rename(((DiskPath) source).name(), ((DiskPath) target).name());
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    DiskPath name = (DiskPath) path;
    if (!name.isDirectory() && !name.isProgram() && !disk.has(name.name())) {
      throw new NoSuchFileException(path.toString());
    }
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    checkAccess(path);
    DiskPath name = (DiskPath) path;
    return type.cast(new Attributes(name.isDirectory(), disk.key(name.name())));
  }

  /** A regular file, for its owner alone, who is the program's. */
  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    checkAccess(path);
    String name = ((DiskPath) path).name();
    return Map.of("dev", 1, "ino", disk.key(name), "mode", 0100600, "nlink", 1, "uid", OWNER);
  }

  private record Attributes(boolean isDirectory, Object fileKey) implements BasicFileAttributes {
    @Override
    public boolean isRegularFile() {
      return !isDirectory;
    }

    @Override
    public boolean isSymbolicLink() {
      return false;
    }

    @Override
    public boolean isOther() {
      return false;
    }

    @Override
    public long size() {
      throw DiskFileSystem.notAsked();
    }

    @Override
    public FileTime lastModifiedTime() {
      throw DiskFileSystem.notAsked();
    }

    @Override
    public FileTime lastAccessTime() {
      throw DiskFileSystem.notAsked();
    }

    @Override
    public FileTime creationTime() {
      throw DiskFileSystem.notAsked();
    }
  }

  @Override
  public String getScheme() {
    return "disk";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw DiskFileSystem.notAsked();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw DiskFileSystem.notAsked();
  }

  @Override
  public Path getPath(URI uri) {
    throw DiskFileSystem.notAsked();
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) {
    throw DiskFileSystem.notAsked();
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) {
    throw DiskFileSystem.notAsked();
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) {
    throw DiskFileSystem.notAsked();
  }

  @Override
  public void delete(Path path) throws IOException {
    disk.delete(((DiskPath) path).name());
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) {
    throw DiskFileSystem.notAsked();
  }

  @Override
  public boolean isSameFile(Path path, Path other) {
    return path.equals(other);
  }

  @Override
  public boolean isHidden(Path path) {
    return false;
  }

  @Override
  public FileStore getFileStore(Path path) {
    throw DiskFileSystem.notAsked();
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    throw DiskFileSystem.notAsked();
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options) {
    throw DiskFileSystem.notAsked();
  }
}
