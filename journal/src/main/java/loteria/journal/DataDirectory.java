package loteria.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The one directory that a central keeps its data in, and all that is to be known of it: what its
 * files are called, who may read them, that nobody else uses it, and that it is still there.
 *
 * <ul>
 *   <li>It is made, readable by its owner alone, with those above it that are missing.
 *   <li>It is held by one program at a time: a POSIX lock on the file {@code lock} and one on the
 *       journal itself, so that deleting {@code lock} lets nobody in. They end with the process
 *       however that ends, and also when the process closes <em>any</em> descriptor of the file: so
 *       nothing in it may open one of the two otherwise while the directory is held.
 *   <li>Its files have the mode 0600, whatever they had before. A file that is a symbolic link, has
 *       a second hard link, is no regular file or belongs to somebody else is refused: through such
 *       a one a stranger could have the central read, cut or give away what is elsewhere.
 * </ul>
 */
public final class DataDirectory implements Directory {
  public static final String JOURNAL = "journal";

  /** The sealed bets. */
  public static final String BETS = "bets.csv";

  /** The sealed bets, while they are written. */
  public static final String BETS_UNFINISHED = "bets.csv.unfinished";

  private static final String LOCK = "lock";
  private static final List<String> ALL = List.of(LOCK, JOURNAL, BETS, BETS_UNFINISHED);

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /** The directories that this process holds: a second attempt must not even open their files. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final ZerosAhead ahead;
  private final List<Restricted> restricted = new ArrayList<>();
  private final Map<Path, Node> open = new LinkedHashMap<>(); // what is in use, by its name
  private @Nullable FileStorage lock;
  private @Nullable FileStorage journal;
  private boolean journalGiven;
  private boolean closed;

  /**
   * A file that was open to others than its owner, or not open to its owner, and is 0600 now.
   *
   * @param permissions what it had before, as {@code rw-r--r--}
   */
  public record Restricted(Path file, String permissions) {}

  private DataDirectory(Path path, ZerosAhead ahead) {
    this.path = path;
    this.ahead = ahead;
  }

  /**
   * Takes a directory, which is made if it is not there.
   *
   * @throws DirectoryLockedException at once, if it is taken
   * @throws IOException saying what is wrong with it or with a file in it
   */
  public static DataDirectory take(Path path) throws IOException {
    return take(path, ZerosAhead.DEFAULT);
  }

  /** As {@link #take(Path)}, with other zeros ahead of the journal. */
  public static DataDirectory take(Path path, ZerosAhead ahead) throws IOException {
    make(path.toAbsolutePath());
    Path real = path.toRealPath();
    if (!Files.isWritable(real)) {
      throw new IOException("directory %s is not writable".formatted(path));
    }
    if (!HELD.add(real)) {
      throw new DirectoryLockedException(real, "this process already");
    }
    DataDirectory taken = new DataDirectory(real, ahead);
    try {
      taken.takeFiles();
      return taken;
    } catch (IOException | RuntimeException failure) {
      taken.close();
      throw failure;
    }
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
    } catch (FileSystemException failed) {
      throw new IOException(
          "directory %s cannot be made: %s".formatted(path, reason(failed)), failed);
    }
    if (parent != null) {
      FileStorage.syncDirectory(parent);
    }
  }

  private static String reason(FileSystemException failed) {
    @Nullable String reason = failed.getReason();
    if (reason != null) {
      return reason;
    }
    return switch (failed) {
      case AccessDeniedException _ -> "Permission denied";
      case NoSuchFileException _ -> "No such file or directory";
      default -> String.valueOf(failed);
    };
  }

  private void takeFiles() throws IOException {
    // Before the locks: to change a mode opens the file and closes it, which would end its lock.
    for (String name : ALL) {
      restrict(path.resolve(name));
    }
    open.put(path, Node.of(path).orElseThrow(() -> new NoSuchFileException(path.toString())));
    lock = takeFile(LOCK);
    journal = takeFile(JOURNAL);
  }

  private FileStorage takeFile(String name) throws IOException {
    Path file = path.resolve(name);
    Optional<Node> before = Node.of(file);
    FileStorage opened = FileStorage.open(file);
    try {
      Node found = vet(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
      if (before.isPresent() && !before.get().isSameFile(found)) {
        throw new IOException("%s was replaced while it was opened".formatted(file));
      }
      if (!opened.tryLock()) {
        throw new DirectoryLockedException(path, "another process");
      }
      open.put(file, found);
      return opened;
    } catch (IOException | RuntimeException failure) {
      opened.close();
      throw failure;
    }
  }

  /** The files that had other permissions than they have now. */
  public List<Restricted> restricted() {
    return List.copyOf(restricted);
  }

  /**
   * The permissions of the directory, if others than its owner can write in it: they can take away
   * what is in it, or put something else there.
   */
  public Optional<String> openToOthers() throws IOException {
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(path);
    return found.contains(PosixFilePermission.GROUP_WRITE)
            || found.contains(PosixFilePermission.OTHERS_WRITE)
        ? Optional.of(PosixFilePermissions.toString(found))
        : Optional.empty();
  }

  /**
   * As {@link Directory#open}; the journal with zeros ahead, and once.
   *
   * @throws IOException if the file is not for this program alone
   */
  @Override
  public Storage open(String name) throws IOException {
    if (name.equals(JOURNAL)) {
      return journal();
    }
    Path file = path.resolve(name);
    restrict(file);
    return FileStorage.open(file);
  }

  private Storage journal() throws IOException {
    if (journal == null || journalGiven || closed) {
      throw new IllegalStateException("the journal is opened once");
    }
    FileStorage zeros = FileStorage.open(path.resolve(JOURNAL));
    journalGiven = true; // from here on whoever has it closes it
    return ZeroedStorage.of(journal, zeros, ahead);
  }

  /** Whether there is anything in the journal, which is not opened for that: it stays locked. */
  public boolean hasLottery() throws IOException {
    if (journal == null) {
      throw new IllegalStateException("not taken");
    }
    return journal.size() > 0;
  }

  @Override
  public ReadableStorage openToRead(String name) throws IOException {
    if (name.equals(JOURNAL) || name.equals(LOCK)) {
      throw new IllegalArgumentException(name + ": closing it would end its lock");
    }
    Path file = path.resolve(name);
    restrict(file);
    return FileStorage.openToRead(file);
  }

  @Override
  public boolean has(String name) {
    return Files.exists(path.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    try {
      Files.move(path.resolve(from), path.resolve(to)); // replaces nothing
    } catch (FileSystemException failure) {
      throw FileStorage.full(path.resolve(to), failure);
    }
    FileStorage.syncDirectory(path);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.delete(path.resolve(name));
  }

  @Override
  public void check() throws IOException {
    for (Map.Entry<Path, Node> used : open.entrySet()) {
      Optional<Node> now = Node.of(used.getKey());
      if (now.isEmpty()) {
        throw new IOException(
            "%s was deleted or moved away while it was in use".formatted(used.getKey()));
      }
      if (!now.get().isSameFile(used.getValue())) {
        throw new IOException("%s was replaced while it was in use".formatted(used.getKey()));
      }
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }

  /**
   * Gives the directory back; whoever opened the journal closes that. A second call does nothing.
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    // Closed before it is forgotten: the other way round, a new owner could lose its locks to it.
    try {
      if (journal != null && !journalGiven) {
        journal.close();
      }
    } finally {
      try {
        if (lock != null) {
          lock.close();
        }
      } finally {
        HELD.remove(path);
      }
    }
  }

  /** Refuses a file that is not for this program alone, and makes it 0600. */
  private void restrict(Path file) throws IOException {
    Optional<Node> found = vet(file);
    if (found.isEmpty() || found.get().permissions() == Node.OWNERS_PERMISSIONS) {
      return;
    }
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    String before = PosixFilePermissions.toString(view.readAttributes().permissions());
    view.setPermissions(OWNERS);
    restricted.add(new Restricted(file, before));
  }

  /** What a file is, if it is there and may be used. */
  private static Optional<Node> vet(Path file) throws IOException {
    Optional<Node> found = Node.of(file);
    if (found.isPresent()) {
      @Nullable String flaw = found.get().flaw(ownUser(file));
      if (flaw != null) {
        throw new IOException("%s is refused: %s".formatted(file, flaw));
      }
    }
    return found;
  }

  /** The number of the user that this process runs as. */
  private static int ownUser(Path anywhere) throws IOException {
    Path self = anywhere.getFileSystem().getPath("/proc/self");
    // Without /proc: whoever owns the directory.
    Path mine = Files.exists(self) ? self : anywhere.resolveSibling(".");
    return (Integer) Files.getAttribute(mine, "unix:uid");
  }

  /** What stat(2) says of a name, not of what a link there points at. */
  private record Node(long device, long inode, int mode, int links, int owner) {
    static final int OWNERS_PERMISSIONS = 0600;
    private static final int PERMISSIONS = 07777;
    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int SYMBOLIC_LINK = 0120000;

    static Optional<Node> of(Path file) throws IOException {
      Map<String, Object> found;
      try {
        found =
            Files.readAttributes(file, "unix:dev,ino,mode,nlink,uid", LinkOption.NOFOLLOW_LINKS);
      } catch (NoSuchFileException _) {
        return Optional.empty();
      }
      return Optional.of(
          new Node(
              number(found, "dev").longValue(),
              number(found, "ino").longValue(),
              number(found, "mode").intValue(),
              number(found, "nlink").intValue(),
              number(found, "uid").intValue()));
    }

    private static Number number(Map<String, Object> found, String name) {
      if (found.get(name) instanceof Number number) {
        return number;
      }
      throw new AssertionError("unix:" + name);
    }

    int permissions() {
      return mode & PERMISSIONS;
    }

    boolean isSameFile(Node other) {
      return device == other.device && inode == other.inode;
    }

    /** Why the file may not be used; null if it may. */
    @Nullable String flaw(int ownUser) {
      if ((mode & TYPE) == SYMBOLIC_LINK) {
        return "it is a symbolic link";
      }
      if ((mode & TYPE) != REGULAR) {
        return "it is no regular file";
      }
      if (links > 1) {
        return "it has %d hard links, so it is also somewhere else".formatted(links);
      }
      if (owner != ownUser) {
        return "it belongs to user %d, and this program runs as user %d".formatted(owner, ownUser);
      }
      return null;
    }
  }
}
