package loteria.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static loteria.journal.Reopened.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import loteria.testing.JavaProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class FileStorageTest {

  @Test
  void keepsAJournalInAFileThatItsOwnerAloneMayRead(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("journal");
    try (Journal journal = Reopened.of(FileStorage.open(file)).journal()) {
      journal.append(records("uno", "dos"));
      journal.append(records("tres"));
    }

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Reopened again = Reopened.of(FileStorage.open(file));
    assertThat(again.texts()).containsExactly("uno", "dos", "tres");
    assertThat(Files.size(file)).isEqualTo(again.journal().size());
    again.journal().close();
  }

  @Test
  void cutsATornTailOffTheFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("journal");
    try (Journal journal = Reopened.of(FileStorage.open(file)).journal()) {
      journal.append(records("uno"));
    }
    Files.writeString(file, "torn", StandardOpenOption.APPEND);

    try (Journal journal = Reopened.of(FileStorage.open(file)).journal()) {
      assertThat(journal.recovery()).isEqualTo(new Recovery(1, 1, 45, 4));
      assertThat(Files.size(file)).isEqualTo(45);
    }
  }

  @Test
  void leavesAForeignFileUntouched(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("journal"), "agencia,nombre,apellido\r\n");

    assertThatThrownBy(() -> Reopened.of(FileStorage.open(file)))
        .isInstanceOf(ForeignFileException.class);

    assertThat(file).hasContent("agencia,nombre,apellido\r\n");
  }

  @Test
  void opensToReadAFileThatIsThereAndNoOther(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("journal");
    assertThatThrownBy(() -> FileStorage.openToRead(file)).isInstanceOf(NoSuchFileException.class);
    Reopened.of(FileStorage.open(file)).journal().close();

    try (ReadableStorage storage = FileStorage.openToRead(file)) {
      assertThat(Journal.inspect(storage, (position, record) -> {}))
          .isEqualTo(new Recovery(0, 0, 16, 0));
      assertThatThrownBy(() -> ((Storage) storage).truncate(0))
          .isInstanceOf(NonWritableChannelException.class);
    }
  }

  @Test
  void saysWhichFileItCannotOpen(@TempDir Path directory) {
    assertThatThrownBy(() -> FileStorage.open(directory))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(directory.toString());
    Path missing = directory.resolve("missing").resolve("journal");
    assertThatThrownBy(() -> FileStorage.open(missing))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("missing");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void tellsAFullDiskFromOneThatIsBroken() throws IOException {
    try (Storage storage = FileStorage.open(Path.of("/dev/full"))) {
      assertThatThrownBy(() -> storage.write(ByteBuffer.wrap("uno".getBytes(UTF_8)), 0))
          .isInstanceOf(StorageFullException.class)
          .hasMessage("no room for 3 bytes at offset 0: No space left on device");
    }
  }

  /** A disk without room for one more name, or a quota; it is made only by who may mount one. */
  @Test
  void takesTheWantOfRoomForAFileForOneThatPasses() {
    Path file = Path.of("bets.csv.unfinished");
    for (String reason : List.of("No space left on device", "Disk quota exceeded")) {
      assertThat(FileStorage.full(file, new FileSystemException("x", null, reason)))
          .isInstanceOf(StorageFullException.class)
          .hasMessage("no room to make bets.csv.unfinished: " + reason);
    }
    for (String reason : new String[] {null, "Input/output error"}) {
      FileSystemException other = new FileSystemException("x", null, reason);
      assertThat(FileStorage.full(file, other)).isSameAs(other);
    }
  }

  @Test
  void takesTheWantOfDescriptorsForOneThatPasses(@TempDir Path directory) throws Exception {
    assertThat(limited("-n 64", "open", directory))
        .isEqualTo(
            "no descriptor to open %s: Too many open files"
                .formatted(directory.resolve("journal")));
  }

  @Test
  void survivesALimitOnTheSizeOfTheFile(@TempDir Path directory) throws Exception {
    // 8 units, 4096 or 8192 bytes, whichever the shell counts in.
    assertThat(limited("-f 8", "fill", directory)).isEqualTo("full, then went on");

    try (Journal journal = Reopened.of(FileStorage.open(directory.resolve("journal"))).journal()) {
      assertThat(journal.recovery().tornBytes()).isZero();
      assertThat(journal.recovery().records()).isGreaterThanOrEqualTo(4);
    }
  }

  private static String limited(String limit, String what, Path directory) throws Exception {
    try (JavaProgram program =
        JavaProgram.startLimited(limit, DirectoryProgram.class, what, directory.toString())) {
      return program.rest().strip();
    }
  }
}
