package loteria.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryLockTest {

  @Test
  void refusesAnotherProcessUntilItIsReleased(@TempDir Path directory) throws Exception {
    try (DirectoryLock lock = DirectoryLock.take(directory)) {
      assertThat(lock).isNotNull();
      assertThat(take(directory))
          .isEqualTo(
              "refused: directory " + directory.toRealPath() + " is in use by another process");
    }
    assertThat(take(directory)).isEqualTo("taken");
  }

  @Test
  void isRefusedWhileAnotherProcessHoldsItAndFreeOnceThatIsKilled(@TempDir Path directory)
      throws Exception {
    ChildProcess holder = ChildProcess.start("hold", directory.toString());
    try {
      assertThat(holder.line()).isEqualTo("taken");
      assertThatThrownBy(() -> DirectoryLock.take(directory))
          .isInstanceOf(DirectoryLockedException.class)
          .hasMessageContaining("another process");
    } finally {
      holder.kill();
    }
    DirectoryLock.take(directory).close();
  }

  /**
   * The second attempt must not even open the file: POSIX would drop the first one's lock when it
   * closes it.
   */
  @Test
  void staysLockedForOthersAfterThisProcessTriedTwice(@TempDir Path directory) throws Exception {
    try (DirectoryLock lock = DirectoryLock.take(directory)) {
      assertThat(lock).isNotNull();
      Path other = Files.createSymbolicLink(directory.resolve("other"), directory);
      for (Path again : new Path[] {directory, directory.resolve("."), other}) {
        assertThatThrownBy(() -> DirectoryLock.take(again))
            .isInstanceOf(DirectoryLockedException.class)
            .hasMessageContaining("this process");
      }
      assertThat(take(directory)).startsWith("refused");
    }
  }

  @Test
  void canBeTakenAgainOnceClosed(@TempDir Path directory) throws IOException {
    DirectoryLock first = DirectoryLock.take(directory);
    first.close();
    DirectoryLock second = DirectoryLock.take(directory);
    first.close(); // harmless: it is no longer the owner

    assertThatThrownBy(() -> DirectoryLock.take(directory))
        .isInstanceOf(DirectoryLockedException.class);
    second.close();
  }

  @Test
  void needsADirectoryThatIsThere(@TempDir Path directory) throws IOException {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> DirectoryLock.take(missing)).isInstanceOf(NoSuchFileException.class);
    Files.createDirectory(missing);

    DirectoryLock.take(missing).close();
  }

  private static String take(Path directory) throws Exception {
    return ChildProcess.start("take", directory.toString()).output();
  }
}
