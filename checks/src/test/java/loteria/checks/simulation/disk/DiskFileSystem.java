package loteria.checks.simulation.disk;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;

/** A {@link Disk} as Java's programs see one, so that the central uses it by its own code. */
final class DiskFileSystem extends FileSystem {
  private static final Path DIRECTORY = Path.of("/datos");

  private final DiskFileSystemProvider provider;

  private DiskFileSystem(Disk disk) {
    provider = new DiskFileSystemProvider(disk);
  }

  static DiskFileSystem of(Disk disk) {
    return new DiskFileSystem(disk);
  }

  /** For the calls that the central has no need of. */
  static UnsupportedOperationException notAsked() {
    return new UnsupportedOperationException("the central does not ask a disk for this");
  }

  DiskPath directory() {
    return new DiskPath(this, DIRECTORY);
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public Path getPath(String first, String... more) {
    return new DiskPath(this, Path.of(first, more));
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of(getPath("/"));
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of("basic", "posix");
  }

  @Override
  public void close() {
    throw notAsked();
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    throw notAsked();
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw notAsked();
  }

  @Override
  public WatchService newWatchService() {
    throw notAsked();
  }
}
