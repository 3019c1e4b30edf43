package loteria.checks.simulation.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import loteria.checks.simulation.run.Chance;
import loteria.testing.DiskFile;

/**
 * The central's disk: one directory of files, with all the bad manners that a real one may have.
 * Names are cached as bytes are: until the directory is synced, those that were made or changed
 * last are lost with the power. Any call may fail, or be the program's last. For one thread.
 */
public final class Disk {
  public enum Call {
    READ,
    WRITE,
    SYNC,
    TRUNCATE
  }

  /** The n-th call of a kind from now on fails, counted down, and perhaps all after it. */
  private static final class Trap {
    private final boolean forever;
    private final String message;
    private int left;

    Trap(int n, boolean forever, String message) {
      this.left = n;
      this.forever = forever;
      this.message = message;
    }

    boolean springs() {
      left--;
      return left == 0 || (forever && left < 0);
    }
  }

  public static final String NO_ROOM = "No space left on device";
  public static final String BROKEN = "Input/output error";

  private final Chance chance;
  private final boolean shortTransfers;
  private final Map<Call, Trap> traps = new EnumMap<>(Call.class);
  private final Map<String, DiskFile> durableNames = new TreeMap<>();
  private final List<Consumer<Map<String, DiskFile>>> unsyncedNames = new ArrayList<>();
  private final DiskPath directory;
  private Map<String, DiskFile> names = new TreeMap<>();
  private long room = Long.MAX_VALUE;
  private int callsToDeath = Integer.MAX_VALUE;
  private boolean deathOfTheMachine;
  private boolean struck;
  private final Map<DiskFile, Long> inodes = new HashMap<>();
  private final Map<String, Runnable> watchers = new TreeMap<>();

  public Disk(Chance chance, boolean shortTransfers) {
    this.chance = chance;
    this.shortTransfers = shortTransfers;
    this.directory = DiskFileSystem.of(this).directory();
  }

  /** The directory, for the program to use. */
  public Path directory() {
    return directory;
  }

  /** Lets a call of this kind fail. */
  public void fail(Call call, int n, boolean forever, String message) {
    traps.put(call, new Trap(n, forever, message));
  }

  /** Lets the program die in its n-th call from now on, before, in the middle of or after it. */
  public void dieAtCall(int n, boolean ofTheMachine) {
    callsToDeath = n;
    deathOfTheMachine = ofTheMachine;
  }

  /** Leaves room for so many more bytes. */
  public void limitTo(long bytes) {
    room = used() + bytes;
  }

  public void makeRoom() {
    room = Long.MAX_VALUE;
  }

  /** Whether a call has failed since the last {@link #restart}. */
  public boolean hasStruck() {
    return struck;
  }

  /** Another program begins: faults are over, but not the lack of room. */
  public void restart() {
    relent();
    struck = false;
  }

  /** All faults are over. */
  public void behave() {
    relent();
    makeRoom();
  }

  private void relent() {
    traps.clear();
    callsToDeath = Integer.MAX_VALUE;
  }

  public void losePower() {
    int kept = chance.below(unsyncedNames.size() + 1);
    unsyncedNames.subList(0, kept).forEach(change -> change.accept(durableNames));
    unsyncedNames.clear();
    names = new TreeMap<>(durableNames);
    names.values().forEach(DiskFile::losePower);
  }

  /** What a program would read in a file; nothing if it is not there. */
  public byte[] bytes(String name) {
    DiskFile file = names.get(name);
    return file == null ? new byte[0] : file.bytes();
  }

  /** The files that hold anything. */
  public List<String> names() {
    return names.entrySet().stream()
        .filter(file -> file.getValue().size() > 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Turns over a bit of a file that is there. */
  public void flip(String name, int offset, int bit) {
    DiskFile file = names.get(name);
    if (file != null) {
      file.flip(offset, bit);
    }
  }

  /** Has something done whenever a program opens a file. */
  public void onOpen(String name, Runnable watcher) {
    watchers.put(name, watcher);
  }

  // What follows are the calls of the program.

  public boolean has(String name) {
    return names.containsKey(name);
  }

  DiskFile open(String name, boolean create) throws IOException {
    watchers.getOrDefault(name, () -> {}).run();
    live(() -> {});
    DiskFile file = names.get(name);
    if (file != null) {
      return file;
    }
    if (!create) {
      throw new NoSuchFileException(name);
    }
    DiskFile made = new DiskFile(chance.generator());
    inodes.put(made, inodes.size() + 1L);
    change(all -> all.put(name, made));
    return made;
  }

  /** What tells a file that is there from any other; the same for the directory. */
  long key(String name) {
    return inodes.getOrDefault(names.get(name), 0L);
  }

  void delete(String name) throws IOException {
    Consumer<Map<String, DiskFile>> deletion = all -> all.remove(name);
    live(() -> change(deletion));
    if (!has(name)) {
      throw new NoSuchFileException(name);
    }
    change(deletion);
  }

  /** As Java's move(): never over a file that is there. */
  void rename(String from, String to) throws IOException {
    if (has(to)) {
      throw new FileAlreadyExistsException(to);
    }

    Consumer<Map<String, DiskFile>> renaming =
        all -> {
          DiskFile file = all.remove(from);
          if (file != null) {
            all.put(to, file);
          }
        };
    live(() -> change(renaming));
    if (!has(from)) {
      throw new NoSuchFileException(from);
    }
    change(renaming);
  }

  private void change(Consumer<Map<String, DiskFile>> change) {
    change.accept(names);
    unsyncedNames.add(change);
  }

  void syncNames() throws IOException {
    begin(Call.SYNC, () -> {});
    unsyncedNames.forEach(change -> change.accept(durableNames));
    unsyncedNames.clear();
  }

  int read(DiskFile file, ByteBuffer into, long position) throws IOException {
    begin(Call.READ, () -> {});
    int there = (int) Math.min(into.remaining(), file.size() - position);
    if (there <= 0) {
      return into.hasRemaining() ? -1 : 0;
    }
    int read = some(there);
    file.read(into, (int) position, read);
    return read;
  }

  int write(DiskFile file, ByteBuffer from, long position) throws IOException {
    int at = (int) position;
    begin(Call.WRITE, () -> file.write(from, at, chance.below(from.remaining() + 1)));
    long free = Math.max(0, file.size() - position) + Math.max(0, room - used());
    int taken = (int) Math.min(some(from.remaining()), free);
    if (taken <= 0) {
      struck = true;
      throw new IOException(NO_ROOM);
    }
    file.write(from, at, taken);
    return taken;
  }

  void sync(DiskFile file) throws IOException {
    try {
      begin(
          Call.SYNC,
          () -> {
            if (chance.oneIn(2)) {
              file.sync();
            }
          });
    } catch (IOException failure) {
      file.forgetDirty();
      throw failure;
    }
    file.sync();
  }

  void truncate(DiskFile file, long size) throws IOException {
    begin(
        Call.TRUNCATE,
        () -> {
          if (chance.oneIn(2)) {
            file.truncate((int) size);
          }
        });
    file.truncate((int) size);
  }

  private long used() {
    return names.values().stream().mapToLong(DiskFile::size).sum();
  }

  private int some(int bytes) {
    return shortTransfers && bytes > 0 && chance.oneIn(2) ? 1 + chance.below(bytes) : bytes;
  }

  private void begin(Call call, Runnable partly) throws IOException {
    live(partly);
    Trap trap = traps.get(call);
    if (trap != null && trap.springs()) {
      struck = true;
      throw new IOException(trap.message);
    }
  }

  private void live(Runnable partly) {
    if (callsToDeath <= 0) {
      throw new Death(deathOfTheMachine);
    }
    callsToDeath--;
    if (callsToDeath == 0) {
      if (chance.oneIn(2)) {
        partly.run();
      }
      throw new Death(deathOfTheMachine);
    }
  }
}
