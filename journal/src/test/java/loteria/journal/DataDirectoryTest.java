package loteria.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import loteria.testing.JavaProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DataDirectoryTest {

  @Test
  void refusesAnotherProcessUntilItIsReleased(@TempDir Path directory) throws Exception {
    try (DataDirectory held = DataDirectory.take(directory)) {
      assertThat(held).isNotNull();
      assertThat(take(directory))
          .isEqualTo(
              "refused: directory " + directory.toRealPath() + " is in use by another process");
    }
    assertThat(take(directory)).isEqualTo("taken");
  }

  @Test
  void isRefusedWhileAnotherProcessHoldsItAndFreeOnceThatIsKilled(@TempDir Path directory)
      throws Exception {
    try (JavaProgram holder =
        JavaProgram.start(DirectoryProgram.class, "hold", directory.toString())) {
      assertThat(holder.line()).isEqualTo("taken");
      assertThatThrownBy(() -> DataDirectory.take(directory))
          .isInstanceOf(DirectoryLockedException.class)
          .hasMessageContaining("another process");
    }
    DataDirectory.take(directory).close();
  }

  /**
   * The second attempt must not even open the file: POSIX would drop the first one's lock when it
   * closes it.
   */
  @Test
  void staysLockedForOthersAfterThisProcessTriedTwice(@TempDir Path directory) throws Exception {
    try (DataDirectory held = DataDirectory.take(directory)) {
      assertThat(held).isNotNull();
      Path other = Files.createSymbolicLink(directory.resolve("other"), directory);
      for (Path again : new Path[] {directory, directory.resolve("."), other}) {
        assertThatThrownBy(() -> DataDirectory.take(again))
            .isInstanceOf(DirectoryLockedException.class)
            .hasMessageContaining("this process");
      }
      assertThat(take(directory)).startsWith("refused");
    }
  }

  @Test
  void canBeTakenAgainOnceClosed(@TempDir Path directory) throws IOException {
    DataDirectory first = DataDirectory.take(directory);
    first.close();
    DataDirectory second = DataDirectory.take(directory);
    first.close(); // harmless: it is no longer the owner

    assertThatThrownBy(() -> DataDirectory.take(directory))
        .isInstanceOf(DirectoryLockedException.class);
    second.close();
  }

  @Test
  void isMadeForItsOwnerAloneWithThoseAboveIt(@TempDir Path directory) throws IOException {
    Path deep = directory.resolve("a/b/c");

    DataDirectory.take(deep).close();

    for (String made : List.of("a", "a/b", "a/b/c")) {
      assertThat(mode(directory.resolve(made))).isEqualTo("rwx------");
    }
  }

  @Test
  void saysWhyItCannotBeMade(@TempDir Path directory) throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> DataDirectory.take(file)).hasMessage(file + " is not a directory");
    assertThatThrownBy(() -> DataDirectory.take(file.resolve("below")))
        .hasMessage("directory %s/below cannot be made: Not a directory".formatted(file));
  }

  /** Two programs that each lock a file of that name: the journal's own lock keeps one out. */
  @Test
  void staysLockedWhenItsLockIsDeleted(@TempDir Path directory) throws Exception {
    try (DataDirectory held = DataDirectory.take(directory)) {
      Journal journal = Reopened.of(held.open(DataDirectory.JOURNAL)).journal();
      Files.delete(directory.resolve("lock"));

      assertThat(take(directory)).startsWith("refused").contains("another process");
      assertThatThrownBy(held::check).isInstanceOf(IOException.class);
      journal.close();
    }
  }

  @Test
  void staysLockedWhenItIsAskedForALottery(@TempDir Path directory) throws Exception {
    try (DataDirectory held = DataDirectory.take(directory)) {
      assertThat(held.hasLottery()).isFalse();
      Files.delete(directory.resolve("lock"));

      assertThat(take(directory)).startsWith("refused").contains("another process");
    }
    try (DataDirectory held = DataDirectory.take(directory)) {
      Reopened.of(held.open(DataDirectory.JOURNAL)).journal().close();
    }
    try (DataDirectory held = DataDirectory.take(directory)) {
      assertThat(held.hasLottery()).isTrue();
    }
  }

  @Test
  void staysLockedWhileTheJournalIsUsed(@TempDir Path directory) throws Exception {
    try (DataDirectory held = DataDirectory.take(directory);
        Journal journal = Reopened.of(held.open(DataDirectory.JOURNAL)).journal()) {
      journal.append(Reopened.records("a".repeat(60_000)));
      held.open(DataDirectory.BETS_UNFINISHED).close();
      held.rename(DataDirectory.BETS_UNFINISHED, DataDirectory.BETS);
      held.openToRead(DataDirectory.BETS).close();
      held.check();
      Files.delete(directory.resolve("lock"));
      assertThat(take(directory)).startsWith("refused");
      assertThatThrownBy(() -> held.openToRead("lock"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> held.openToRead(DataDirectory.JOURNAL))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lock", "journal"})
  void noticesThatAFileInUseIsGoneOrAnother(String name, @TempDir Path directory)
      throws IOException {
    Path file = directory.resolve(name);
    Path away = directory.resolve("away");
    try (DataDirectory held = DataDirectory.take(directory)) {
      held.check();
      Files.move(file, away);
      assertThatThrownBy(held::check)
          .hasMessage(held + "/" + name + " was deleted or moved away while it was in use");
      Files.copy(away, file);
      assertThatThrownBy(held::check)
          .hasMessage(held + "/" + name + " was replaced while it was in use");
      Files.delete(file);
      Files.createSymbolicLink(file, away);
      assertThatThrownBy(held::check).hasMessageContaining("was replaced");
      Files.delete(file);
      Files.move(away, file);
      held.check();
    }
  }

  @Test
  void noticesThatTheDirectoryIsGoneOrAnother(@TempDir Path above) throws IOException {
    Path directory = above.resolve("data");
    Path away = above.resolve("away");
    try (DataDirectory held = DataDirectory.take(directory)) {
      Files.move(directory, away);
      assertThatThrownBy(held::check).hasMessageContaining("data was deleted or moved away");
      Files.createDirectory(directory);
      assertThatThrownBy(held::check).hasMessageContaining("data was replaced");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lock", "journal", "bets.csv", "bets.csv.unfinished"})
  void refusesWhatIsAlsoElsewhereAndLeavesItAsItIs(String name, @TempDir Path above)
      throws IOException {
    Path directory = Files.createDirectory(above.resolve("data"));
    Path planted = directory.resolve(name);
    Path target = Files.writeString(above.resolve("target"), "of somebody else");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));

    Files.createSymbolicLink(planted, target);
    assertRefused(planted, "it is a symbolic link");
    Files.delete(planted);
    Files.createSymbolicLink(planted, above.resolve("missing"));
    assertRefused(planted, "it is a symbolic link");
    assertThat(above.resolve("missing")).doesNotExist();
    Files.delete(planted);
    Files.createLink(planted, target);
    assertRefused(planted, "it has 2 hard links, so it is also somewhere else");
    Files.delete(planted);
    Files.createDirectory(planted);
    assertRefused(planted, "it is no regular file");

    assertThat(target).hasContent("of somebody else");
    assertThat(mode(target)).isEqualTo("rw-r--r--");
  }

  private static void assertRefused(Path planted, String why) {
    assertThatThrownBy(() -> DataDirectory.take(planted.resolveSibling(".")))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith(planted.getFileName() + " is refused: " + why);
  }

  @Test
  void refusesWhatIsPlantedWhileItIsHeld(@TempDir Path above) throws IOException {
    Path directory = above.resolve("data");
    Path target = Files.writeString(above.resolve("target"), "of somebody else");
    try (DataDirectory held = DataDirectory.take(directory)) {
      Files.createSymbolicLink(directory.resolve(DataDirectory.BETS_UNFINISHED), target);
      assertThatThrownBy(() -> held.open(DataDirectory.BETS_UNFINISHED))
          .hasMessageContaining("it is a symbolic link");
      Files.createSymbolicLink(directory.resolve(DataDirectory.BETS), target);
      assertThatThrownBy(() -> held.openToRead(DataDirectory.BETS))
          .hasMessageContaining("it is a symbolic link");
    }
    assertThat(target).hasContent("of somebody else");
  }

  @Test
  @EnabledIf("isRoot")
  void refusesAFileOfAnotherOwner(@TempDir Path directory) throws IOException {
    Path journal = Files.createFile(directory.resolve("journal"));
    Files.setAttribute(journal, "unix:uid", 12_345);

    assertRefused(journal, "it belongs to user 12345, and this program runs as user 0");
  }

  static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-rw-rw-", "r--------", "rwx------"})
  void keepsEachFileForItsOwnerAlone(String before, @TempDir Path directory) throws Exception {
    List<String> names = List.of("lock", "journal", "bets.csv", "bets.csv.unfinished");
    for (String name : names) {
      Path file = Files.createFile(directory.resolve(name));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(before));
    }
    try (DataDirectory held = DataDirectory.take(directory)) {
      assertThat(held.restricted())
          .extracting(DataDirectory.Restricted::permissions)
          .containsOnly(before)
          .hasSize(4);
      assertThat(take(directory)).as("still locked").startsWith("refused");
    }
    for (String name : names) {
      assertThat(mode(directory.resolve(name))).as(name).isEqualTo("rw-------");
    }
  }

  @Test
  void tellsThatOthersCanWriteInIt(@TempDir Path above) throws IOException {
    Path directory = above.resolve("data");
    try (DataDirectory held = DataDirectory.take(directory)) {
      assertThat(held.openToOthers()).isEmpty();
      assertThat(held.restricted()).isEmpty();
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxr-x"));
      assertThat(held.openToOthers()).contains("rwxrwxr-x");
    }
  }

  @Test
  void neverReplacesAFile(@TempDir Path directory) throws IOException {
    try (DataDirectory held = DataDirectory.take(directory)) {
      held.open(DataDirectory.BETS_UNFINISHED).close();
      Path bets = Files.writeString(directory.resolve("bets.csv"), "of somebody else");
      assertThatThrownBy(() -> held.rename(DataDirectory.BETS_UNFINISHED, DataDirectory.BETS))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(bets).hasContent("of somebody else");
    }
  }

  /** What the exercises' lotteries take on a disk: no zeros. */
  @Test
  void keepsASmallJournalSmallAndALargeOneAhead(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("journal");
    try (DataDirectory held =
            DataDirectory.take(
                directory, new ZerosAhead(Runnable::run, 1 << 20, 1 << 20, 1 << 26));
        Journal journal = Reopened.of(held.open(DataDirectory.JOURNAL)).journal()) {
      while (journal.size() < (1 << 20)) {
        assertThat(Files.size(file)).isEqualTo(journal.size());
        journal.append(Reopened.records("a".repeat(60_000)));
      }
      assertThat(Files.size(file)).isGreaterThanOrEqualTo(journal.size() + (1 << 20));
      journal.trim();
      assertThat(Files.size(file)).isEqualTo(journal.size());
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static String take(Path directory) throws Exception {
    try (JavaProgram program =
        JavaProgram.start(DirectoryProgram.class, "take", directory.toString())) {
      return program.rest().strip();
    }
  }
}
