package loteria.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Does one small thing with a directory, in a JVM of its own, and says on one line what came of it.
 */
final class DirectoryProgram {
  private static final int FILES_MAX = 100;

  private DirectoryProgram() {}

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
