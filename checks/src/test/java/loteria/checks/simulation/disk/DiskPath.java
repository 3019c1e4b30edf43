package loteria.checks.simulation.disk;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/**
 * A name on a {@link Disk}.
 *
 * @param path the same name as the host would have it, which knows how names are put together
 */
record DiskPath(DiskFileSystem fileSystem, Path path) implements Path {

  /** The name alone. */
  String name() {
    return String.valueOf(path.getFileName());
  }

  /** Where Linux shows the program to itself. */
  boolean isProgram() {
    return path.startsWith("/proc");
  }

  boolean isDirectory() {
    return equals(fileSystem.directory());
  }

  private DiskPath of(Path other) {
    return new DiskPath(fileSystem, other);
  }

  private static Path host(Path other) {
    return other instanceof DiskPath disk ? disk.path : other;
  }

  @Override
  public FileSystem getFileSystem() {
    return fileSystem;
  }

  @Override
  public boolean isAbsolute() {
    return path.isAbsolute();
  }

  @Override
  public Path getRoot() {
    return of(Path.of("/"));
  }

  @Override
  public Path getFileName() {
    return of(Path.of(name()));
  }

  @Override
  public Path getParent() {
    Path parent = path.getParent();
    return of(parent == null ? Path.of("/") : parent);
  }

  @Override
  public int getNameCount() {
    return path.getNameCount();
  }

  @Override
  public Path getName(int index) {
    return of(path.getName(index));
  }

  @Override
  public Path subpath(int begin, int end) {
    return of(path.subpath(begin, end));
  }

  @Override
  public boolean startsWith(Path other) {
    return path.startsWith(host(other));
  }

  @Override
  public boolean endsWith(Path other) {
    return path.endsWith(host(other));
  }

  @Override
  public Path normalize() {
    return of(path.normalize());
  }

  @Override
  public Path resolve(Path other) {
    return of(path.resolve(host(other)));
  }

  @Override
  public Path relativize(Path other) {
    return of(path.relativize(host(other)));
  }

  @Override
  public Path toAbsolutePath() {
    return this;
  }

  @Override
  public Path toRealPath(LinkOption... options) {
    return this;
  }

  @Override
  public int compareTo(Path other) {
    return path.compareTo(host(other));
  }

  @Override
  public String toString() {
    return path.toString();
  }

  @Override
  public URI toUri() {
    throw DiskFileSystem.notAsked();
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw DiskFileSystem.notAsked();
  }
}
