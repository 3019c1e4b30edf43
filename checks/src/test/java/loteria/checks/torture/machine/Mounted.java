package loteria.checks.torture.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import loteria.testing.Command;
import loteria.testing.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A file system of its own, on memory or in an image file, mounted at a folder. It is unmounted
 * when this is closed, or when the program is interrupted; the image goes with it. For one thread,
 * but for the interruption.
 */
public final class Mounted implements AutoCloseable {
  private final Path at;
  private final @Nullable Path image;
  private final Thread undo = new Thread(this::undo, "unmount");

  private Mounted(Path at, @Nullable Path image) {
    this.at = at;
    this.image = image;
    Runtime.getRuntime().addShutdownHook(undo);
  }

  /** A new file system in memory, of so many bytes. */
  public static Mounted inMemory(Path at, long bytes) throws IOException {
    Mounted mounted = new Mounted(Files.createDirectories(at), null);
    run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "none", at);
    return mounted;
  }

  /** A new file system of a kind, such as ext4, in an image file. */
  public static Mounted onDisk(Path at, Path image, String kind, long bytes) throws IOException {
    try (var file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(bytes);
    }
    Mounted mounted = new Mounted(Files.createDirectories(at), image);
    run("mkfs." + kind, "-q", image);
    mounted.mountImage();
    return mounted;
  }

  /** Where it is mounted. */
  public Path at() {
    return at;
  }

  /** Changes how it is mounted, such as "ro". */
  public void remount(String options) {
    run("mount", "-o", "remount," + options, at);
  }

  /**
   * Loses what has not reached the disk, as when the power goes; until {@link #mountAgain} it
   * answers nothing but errors.
   */
  public void losePower() {
    run(CProgram.POWERCUT.path(), at);
  }

  /** Mounts it again, as after a restart. Nobody may use it. */
  public void mountAgain() {
    run("umount", at);
    mountImage();
  }

  private void mountImage() {
    run("mount", "-o", "loop", Objects.requireNonNull(image, "not in an image"), at);
  }

  private static void run(Object... command) {
    Outcome ignored = Command.of(command).run().succeeded();
  }

  private void undo() {
    try {
      if (isMounted()) {
        Outcome unmounted = Command.of("umount", at).run();
        if (unmounted.exit() != 0) {
          // Somebody still uses it: it goes when they go.
          Outcome ignored = Command.of("umount", "-l", at).run();
        }
      }
      if (image != null) {
        Files.deleteIfExists(image);
      }
    } catch (IOException e) {
      System.err.printf("cannot unmount %s: %s%n", at, e);
    }
  }

  private boolean isMounted() throws IOException {
    return Files.readString(Path.of("/proc/mounts"), UTF_8).contains(" " + at + " ");
  }

  @Override
  public void close() {
    undo();
    boolean ignored = Runtime.getRuntime().removeShutdownHook(undo);
  }
}
