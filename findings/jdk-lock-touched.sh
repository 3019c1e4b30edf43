#!/usr/bin/env bash
# JDK 25 on Linux: who sets the time of a file that is locked, by Files, loses the lock and is not told.
#
# The Javadoc of FileLock warns that closing a channel may release all locks of the JVM on that file, since POSIX locks belong to the
# process. So one would expect a lock to last while no other channel of the file is opened and closed. But some methods that take a
# path open the file and close it: Files.setLastModifiedTime, setTimes, setPermissions of a view that follows no links, and the list of
# a file's own attributes. Their sisters (File.setLastModified, Files.setPosixFilePermissions) do the same by name, and lose nothing.
# After it another process gets the lock, isValid() still says true, and the JVM cannot lock again: it believes that it holds the lock.
# So a program that shows that it is alive by touching its lock file gives the lock away with the first touch.
# DataDirectory sets the modes of its files before it locks them.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

cat >"$folder/another" <<'END'
import fcntl, sys
try:
    fcntl.lockf(open(sys.argv[1], 'r+'), fcntl.LOCK_EX | fcntl.LOCK_NB)
    print('gets it')
except OSError:
    print('does not')
END
cat >"$folder/Touched.java" <<'END'
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Set;

class Touched {
  static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rw-------");
  static Path file;
  static String another;

  interface Step {
    void run() throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    file = Path.of(arguments[0]);
    another = arguments[1];
    look("nothing", () -> {});
    look("Files.readAttributes", () -> Files.readAttributes(file, "posix:*"));
    look("File.setLastModified", () -> file.toFile().setLastModified(1_000));
    look("Files.setLastModifiedTime", () -> Files.setLastModifiedTime(file, FileTime.fromMillis(1_000)));
    look("setTimes of a view", () -> Files.getFileAttributeView(file, BasicFileAttributeView.class)
        .setTimes(FileTime.fromMillis(1_000), null, null));
    look("Files.setPosixFilePermissions", () -> Files.setPosixFilePermissions(file, OWNERS));
    look("setPermissions without links", () ->
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS).setPermissions(OWNERS));
    look("list of own attributes", () -> Files.getFileAttributeView(file, UserDefinedFileAttributeView.class).list());
  }

  static void look(String name, Step step) throws Exception {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileLock lock = channel.lock();
      step.run();
      var other = new ProcessBuilder("python3", another, file.toString()).redirectErrorStream(true).start();
      String answer = new String(other.getInputStream().readAllBytes()).strip();
      String again;
      try {
        again = "granted: " + channel.tryLock();
      } catch (OverlappingFileLockException held) {
        again = "refused, it is held";
      }
      System.out.printf("%s: valid %s; another process %s; locking again: %s%n", name, lock.isValid(), answer, again);
    }
  }
}
END
run Touched "$folder/lock" "$folder/another" >"$folder/out" 2>&1
seen "$folder/out" <<'END'
nothing: valid true; another process does not; locking again: refused, it is held
Files.readAttributes: valid true; another process does not; locking again: refused, it is held
File.setLastModified: valid true; another process does not; locking again: refused, it is held
Files.setLastModifiedTime: valid true; another process gets it; locking again: refused, it is held
setTimes of a view: valid true; another process gets it; locking again: refused, it is held
Files.setPosixFilePermissions: valid true; another process does not; locking again: refused, it is held
setPermissions without links: valid true; another process gets it; locking again: refused, it is held
list of own attributes: valid true; another process gets it; locking again: refused, it is held
END
