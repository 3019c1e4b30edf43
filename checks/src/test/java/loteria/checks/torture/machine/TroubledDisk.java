package loteria.checks.torture.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The environment in which a central finds its data directory on a disk in trouble: disk.c says
 * what there is. Immutable.
 */
public record TroubledDisk(Map<String, String> environment) {
  public TroubledDisk {
    environment = Map.copyOf(environment);
  }

  /** Why there is none on this machine; empty if there is. */
  public static Optional<String> unavailable() {
    return CProgram.unavailable();
  }

  /** A disk without trouble, for a directory that may yet be made. */
  public static TroubledDisk under(Path directory) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("the root is no data directory");
    }
    return new TroubledDisk(
        Map.of(
            "LD_PRELOAD",
            CProgram.DISK.path().toString(),
            "DISK_FOLDER",
            parent.toRealPath().resolve(directory.getFileName()).toString()));
  }

  /** What happens, once. */
  public TroubledDisk with(String trouble) {
    return with("DISK_TROUBLE", trouble);
  }

  /** Each write may take less than it was given. */
  public TroubledDisk withShortWrites(long seed) {
    return with("DISK_SHORT", Long.toString(seed));
  }

  /** A sync does nothing. */
  public TroubledDisk withLyingSyncs() {
    return with("DISK_SYNCS", "lie");
  }

  /** All calls are noted down in this file. */
  public TroubledDisk tracedIn(Path trace) {
    return with("DISK_TRACE", trace.toString());
  }

  private TroubledDisk with(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new TroubledDisk(more);
  }
}
