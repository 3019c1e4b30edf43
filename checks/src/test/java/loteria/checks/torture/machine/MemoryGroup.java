package loteria.checks.torture.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A control group that bounds the memory of a process; whoever takes more is killed by the kernel.
 * It is gone when it is closed, and everybody in it has to be gone before.
 */
public final class MemoryGroup implements AutoCloseable {
  private static final Path SECOND = Path.of("/sys/fs/cgroup");
  private static final Path FIRST = SECOND.resolve("memory");

  private final Path folder;
  private final String limit;

  private MemoryGroup(Path folder, String limit) {
    this.folder = folder;
    this.limit = limit;
  }

  /** Why there is none; empty if one can be made. */
  public static Optional<String> unavailable() {
    return hasFirst() || hasSecond()
        ? Optional.empty()
        : Optional.of("no control group for memory may be made");
  }

  /** Version 1 has a folder a controller, in which everybody may be limited. */
  private static boolean hasFirst() {
    return Files.isWritable(FIRST.resolve("memory.limit_in_bytes")) && Files.isWritable(FIRST);
  }

  private static boolean hasSecond() {
    try {
      Path inherited = SECOND.resolve("cgroup.subtree_control");
      return Files.isWritable(inherited) && Files.readString(inherited).contains("memory");
    } catch (IOException _) {
      return false;
    }
  }

  public static MemoryGroup named(String name) throws IOException {
    return hasFirst()
        ? new MemoryGroup(Files.createDirectory(FIRST.resolve(name)), "memory.limit_in_bytes")
        : new MemoryGroup(Files.createDirectory(SECOND.resolve(name)), "memory.max");
  }

  /** Bounds what a process takes from now on. */
  public void hold(long pid, long bytesMax) throws IOException {
    Files.writeString(folder.resolve(limit), Long.toString(bytesMax));
    Files.writeString(folder.resolve("cgroup.procs"), Long.toString(pid));
  }

  @Override
  public void close() throws IOException {
    Files.delete(folder);
  }
}
