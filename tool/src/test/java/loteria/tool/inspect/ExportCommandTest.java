package loteria.tool.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import loteria.tool.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
  private static final String RECEIVED =
      """
      1,Ana,Paz,11,1990-02-28,7574
      1,Bruno,Paz,0012,1990-02-28,1
      1,Darío,Paz,13,1990-02-28,7573
      1,Ana,Paz,11,1990-02-28,7574
      3,"Carla ""La, Mora""\",Paz,31,1990-02-28,75
      3,Élida,Paz,32,1990-02-28,7574
      """
          .replace("\n", "\r\n");

  @TempDir private Path directory;

  @Test
  void writesTheBetsAgencyByAgencyAndSaysThatTheyAreNotSealed() {
    MadeLottery.receiving(directory).lay();
    Told told = Told.byLoteria("export", directory);
    assertThat(told.out()).isEqualTo(RECEIVED);
    assertThat(told.err().lines())
        .containsExactly("not sealed: 6 bets so far of 2 agencies, of which 0 have finished");
    assertThat(told.code()).isZero();
  }

  @Test
  void writesANewFileForItsOwnerAlone() throws IOException {
    MadeLottery.finished(directory).lay();
    Path file = directory.resolve("bets-not-sealed.csv");
    Told told = Told.byLoteria("export", "--to", file, directory);
    assertThat(told.code()).isZero();
    assertThat(told.out()).isEmpty();
    assertThat(told.err()).contains("not sealed: 6 bets so far of 3 agencies, of which 3 have");
    assertThat(Files.readString(file)).isEqualTo(RECEIVED);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");

    Told again = Told.byLoteria("export", "--to", file, directory);
    assertThat(again.err()).isEqualTo("loteria export: %s: exists already%n".formatted(file));
    assertThat(again.code()).isEqualTo(1);
    assertThat(Files.readString(file)).isEqualTo(RECEIVED);
  }

  @Test
  void saysThatAFolderIsNoFile() throws IOException {
    MadeLottery.receiving(directory).lay();
    Path folder = Files.createDirectory(directory.resolve("folder"));
    Told told = Told.byLoteria("export", "--to", folder, directory);
    assertThat(told.err()).isEqualTo("loteria export: %s: is a directory%n", folder);
    assertThat(told.code()).isEqualTo(1);
  }

  @Test
  void writesTheBetsOfAClosedAgencyToo() {
    MadeLottery made = MadeLottery.receiving(directory);
    made.entries.add(made.close(3));
    made.lay();
    Told told = Told.byLoteria("export", directory);
    assertThat(told.out()).isEqualTo(RECEIVED);
    assertThat(told.err()).contains("of which 0 have finished and 1 is closed");
  }

  @Test
  void writesWhatASealWouldHave() throws IOException {
    MadeLottery made = MadeLottery.sealed(directory);
    made.entries.removeLast();
    made.lay();
    assertThat(Told.byLoteria("export", directory).out())
        .isEqualTo(Files.readString(made.sealedFile()));
  }

  @Test
  void writesNothingOfALotteryThatHasNothing() {
    MadeLottery.fresh(directory).lay();
    Told told = Told.byLoteria("export", directory);
    assertThat(told.out()).isEmpty();
    assertThat(told.code()).isZero();
  }

  @Test
  void refusesASealedLottery() {
    MadeLottery made = MadeLottery.sealed(directory).lay();
    Told told = Told.byLoteria("export", "--to", directory.resolve("copy.csv"), directory);
    assertThat(told.err())
        .isEqualTo(
            "loteria export: the bets are sealed: they are in %s%n".formatted(made.sealedFile()));
    assertThat(told.code()).isEqualTo(1);
    assertThat(directory.resolve("copy.csv")).doesNotExist();
  }

  @Test
  void saysThatASealedFileIsNotThere() throws IOException {
    MadeLottery made = MadeLottery.sealed(directory).lay();
    Files.delete(made.sealedFile());
    assertThat(Told.byLoteria("export", directory).err())
        .isEqualTo(
            "loteria export: the bets are sealed, and %s is not there: a central that starts writes"
                + " it again%n",
            made.sealedFile());
  }

  @Test
  void refusesTheNameOfTheSealedBets() {
    MadeLottery.receiving(directory).lay();
    Told told = Told.byLoteria("export", "--to", directory.resolve("bets.csv"), directory);
    assertThat(told.err()).contains("bets.csv is the name of sealed bets", "--help");
    assertThat(told.code()).isEqualTo(2);
    assertThat(directory.resolve("bets.csv")).doesNotExist();
  }

  @Test
  void refusesAJournalThatNoCentralWrote() {
    MadeLottery made = MadeLottery.receiving(directory);
    made.entries.remove(0);
    made.lay();
    Told told = Told.byLoteria("export", directory);
    assertThat(told.out()).isEmpty();
    assertThat(told.err())
        .startsWith("loteria export: journal: at offset %d: agency 1".formatted(made.offsetOf(1)));
    assertThat(told.code()).isEqualTo(1);
  }
}
