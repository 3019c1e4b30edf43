package loteria.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps what a data directory has of people to the owner of the central's process. What the central
 * makes is for him alone from the beginning; this is for what was there before.
 */
final class OwnerOnly {
  private static final List<String> FILES = List.of("journal", SealedBets.NAME, "lock");

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private OwnerOnly() {}

  /**
   * Closes the central's files to all others, and says so; warns of a directory open to writers.
   */
  static void restrict(Path directory, ServerLog log) {
    for (String name : FILES) {
      Path file = directory.resolve(name);
      try {
        Set<PosixFilePermission> found = permissions(file);
        if (!OWNERS.containsAll(found)) {
          Files.setPosixFilePermissions(file, OWNERS);
          log.restricted(file, PosixFilePermissions.toString(found));
        }
      } catch (NoSuchFileException _) {
        // It will be made as it should be.
      } catch (IOException failed) {
        log.notRestricted(file, failed);
      }
    }
    warn(directory, log);
  }

  private static void warn(Path directory, ServerLog log) {
    try {
      Set<PosixFilePermission> found = permissions(directory);
      if (found.contains(PosixFilePermission.GROUP_WRITE)
          || found.contains(PosixFilePermission.OTHERS_WRITE)) {
        log.openDirectory(directory, PosixFilePermissions.toString(found));
      }
    } catch (IOException failed) {
      log.notRestricted(directory, failed);
    }
  }

  private static Set<PosixFilePermission> permissions(Path file) throws IOException {
    return Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
  }
}
