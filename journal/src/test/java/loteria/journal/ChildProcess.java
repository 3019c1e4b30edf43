package loteria.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A second JVM, which does one small thing with a directory and says on one line what came of it.
 */
final class ChildProcess {
  private static final long PATIENCE_SECONDS = 30;
  private static final int FILES_MAX = 100;

  private final Process process;
  private final BufferedReader lines;

  private ChildProcess(List<String> command) throws IOException {
    this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
    this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  static ChildProcess start(String what, String directory) throws IOException {
    return new ChildProcess(java(what, directory));
  }

  /**
   * One that may write no file longer than 8 units, 4096 or 8192 bytes, whichever the shell counts
   * in.
   */
  static ChildProcess startLimited(String what, String directory) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f 8; exec \"$@\"", "sh"));
    command.addAll(java(what, directory));
    return new ChildProcess(command);
  }

  /** One that may have few files open. */
  static ChildProcess startWithFewFiles(String what, String directory) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n 64; exec \"$@\"", "sh"));
    command.addAll(java(what, directory));
    return new ChildProcess(command);
  }

  @Nullable String line() throws IOException {
    return lines.readLine();
  }

  String output() throws IOException, InterruptedException {
    process.getOutputStream().close();
    String output = String.join("\n", lines.lines().toList());
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      kill();
    }
    return output;
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private static List<String> java(String what, String directory) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-ea",
        "-XX:-UsePerfData",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        ChildProcess.class.getName(),
        what,
        directory);
  }

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[1]);
    String said =
        switch (arguments[0]) {
          case "take" -> take(directory);
          case "hold" -> hold(directory);
          case "fill" -> fill(directory);
          case "open" -> open(directory);
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    System.out.println(said);
  }

  private static String take(Path directory) throws IOException {
    try (DataDirectory held = DataDirectory.take(directory)) {
      assert held != null;
      return "taken";
    } catch (DirectoryLockedException locked) {
      return "refused: " + locked.getMessage();
    }
  }

  private static String hold(Path directory) throws IOException {
    try (DataDirectory held = DataDirectory.take(directory)) {
      assert held != null;
      System.out.println("taken");
      int end = System.in.read();
      return "released at " + end;
    }
  }

  private static String fill(Path directory) throws IOException {
    Path file = directory.resolve("journal");
    try (Journal journal = Journal.open(FileStorage.open(file), (position, record) -> {})) {
      for (int record = 0; record < 100; record++) {
        try {
          journal.append(List.of(ByteBuffer.allocate(1000)));
        } catch (StorageFullException full) {
          assert file.toFile().length() == journal.size();
          journal.append(List.of(ByteBuffer.allocate(10)));
          return "full, then went on";
        }
      }
    }
    return "never full";
  }

  private static String open(Path directory) throws IOException {
    Path file = directory.resolve("journal");
    // All classes that it takes are there before there are no descriptors left to read them by.
    String loaded = new StorageFullException(directory.toString()).toString();
    FileStorage.open(file).close();
    List<FileChannel> open = new ArrayList<>();
    try {
      while (open.size() < FILES_MAX) {
        open.add(FileChannel.open(file));
      }
    } catch (FileSystemException _) {
      try {
        FileStorage.open(file).close();
        return "opened without a descriptor in " + loaded;
      } catch (StorageFullException full) {
        for (FileChannel channel : open) {
          channel.close();
        }
        FileStorage.open(file).close();
        return String.valueOf(full.getMessage());
      }
    }
    return "never too many";
  }
}
