package loteria.checks.process.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import loteria.checks.process.Line;
import loteria.checks.process.ProcessTest;
import loteria.checks.process.Running;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What strangers, or the operator's own hand, do to the data directory of a real central. */
final class DataDirectoryTest extends ProcessTest {
  private static final int STORAGE_FAILED = 74;
  private static final int BAD_CONFIGURATION = 78;
  private static final List<String> ROWS =
      List.of("Ana,Paz,30904465,1999-03-17,7574", "Juan,Sol,30904466,1999-03-18,1");

  @BeforeEach
  void prepare() throws IOException {
    programs.lay(List.of(ROWS, ROWS));
  }

  private void draw() {
    Running central = programs.central(1);
    programs.agency(1).assertExits(0);
    central.assertEndsInOrder();
  }

  private static String failure(Running program) {
    return program.lines().stream()
        .filter(Line::fails)
        .map(line -> line.value("error"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(program.toString()));
  }

  @Test
  void aSealedFileThatItsJournalDoesNotKnowIsNeverWrittenOver() throws IOException {
    draw();
    byte[] bets = Files.readAllBytes(programs.bets());
    byte[] journal = Files.readAllBytes(programs.journal());
    List<byte[]> others = List.of(new byte[0], Arrays.copyOf(journal, 16));
    for (byte[] other : others) {
      Files.write(programs.journal(), other);
      Running central = programs.startCentral(1);
      central.assertExits(STORAGE_FAILED);
      assertThat(failure(central)).contains("bets.csv is there, but the journal has not sealed it");
      assertThat(programs.bets()).hasBinaryContent(bets);
    }
    Files.delete(programs.journal());
    programs.startCentral(1).assertExits(STORAGE_FAILED);
    assertThat(programs.bets()).hasBinaryContent(bets);

    Files.write(programs.journal(), journal);
    Running again = programs.central(1);
    again.await("open_control", "success"); // the end of its start
    again.assertEndsInOrder();
    assertThat(programs.bets()).hasBinaryContent(bets);
  }

  @Test
  void aSecondCentralIsKeptOutThoughTheLockIsDeleted() throws IOException {
    Running first = programs.central(2);
    programs.agency(1, "--patience", "1s");
    first.await("finish_agency", "success");
    first.stop(); // or it would notice, halt, and leave the directory to the second
    Files.delete(programs.data().resolve("lock"));

    Running second = programs.startCentral(2, "--server-port", "0");

    second.assertExits(BAD_CONFIGURATION);
    assertThat(failure(second)).contains("in use by another process").doesNotContain("allowed");
    first.resume();
    first.assertExits(STORAGE_FAILED);
    assertThat(failure(first)).contains("lock was ");
    Running next = programs.central(2);
    programs.agency(1);
    programs.agency(2).assertExits(0);
    next.assertEndsInOrder();
  }

  @Test
  void aCentralWhoseJournalIsTakenAwayHaltsBeforeItAcknowledgesMore() throws IOException {
    Running central = programs.central(1);
    Files.move(programs.journal(), folder.resolve("away"));

    Running agency = programs.agency(1, "--patience", "1s");

    central.assertExits(STORAGE_FAILED);
    assertThat(failure(central)).contains("journal was deleted or moved away");
    assertThat(central.lines("apuesta_recibida", "success")).isEmpty();
    assertThat(agency.exitCode()).isNotZero();
    assertThat(agency.lines("apuesta_enviada", "success")).isEmpty();
    assertThat(programs.bets()).doesNotExist();
  }

  @Test
  void aCentralWhoseDirectoryIsReplacedHaltsByItself() throws IOException {
    Running central = programs.central(1);
    central.await("open_control", "success"); // the last thing that it makes there
    Files.move(programs.data(), folder.resolve("away"));
    Files.createDirectory(programs.data());

    central.assertExits(STORAGE_FAILED);
    assertThat(failure(central))
        .containsAnyOf("was replaced while it was in use", "was deleted or moved away");
    assertThat(programs.data()).isEmptyDirectory();
  }

  @Test
  void nothingIsOpenedThroughALinkAndEachFileIsItsOwnersAlone() throws IOException {
    draw();
    Path others = Files.writeString(folder.resolve("others"), "of somebody else");
    Files.setPosixFilePermissions(others, PosixFilePermissions.fromString("rw-r--r--"));
    for (String name : List.of("journal", "bets.csv", "lock", "bets.csv.unfinished")) {
      Path file = programs.data().resolve(name);
      Path away = folder.resolve("away");
      boolean there = Files.exists(file);
      if (there) {
        Files.move(file, away);
      }
      Files.createSymbolicLink(file, others);
      Running central = programs.startCentral(1);
      central.assertExits(BAD_CONFIGURATION);
      assertThat(failure(central)).contains(name + " is refused: it is a symbolic link");
      Files.delete(file);
      if (there) {
        Files.move(away, file);
      }
    }
    assertThat(others).hasContent("of somebody else");
    assertThat(mode(others)).isEqualTo("rw-r--r--");

    Files.setPosixFilePermissions(programs.bets(), PosixFilePermissions.fromString("rw-rw-rw-"));
    Files.setPosixFilePermissions(programs.data(), PosixFilePermissions.fromString("rwxrwxrwx"));
    Running central = programs.central(1);
    assertThat(central.await("restrict_file", "success").value("permissions_before"))
        .isEqualTo("rw-rw-rw-");
    assertThat(central.await("open_directory", "success").value("warning"))
        .contains("take away what is in it, and put in its place what they like");
    assertThat(mode(programs.bets())).isEqualTo("rw-------");
    central.await("open_control", "success");
    central.assertEndsInOrder();
  }

  @Test
  void aDirectoryThatCannotBeMadeSaysWhyAndNotWhatIsAllowed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    Running central = programs.startCentral(1, "--data-directory", file.resolve("x").toString());

    central.assertExits(BAD_CONFIGURATION);
    assertThat(failure(central))
        .contains("cannot be used: directory %s/x cannot be made: Not a directory".formatted(file))
        .doesNotContain("allowed");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
