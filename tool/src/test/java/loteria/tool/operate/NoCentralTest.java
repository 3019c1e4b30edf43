package loteria.tool.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import loteria.tool.Told;
import loteria.tool.inspect.MadeLottery;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands that ask a central on its machine say where there is none. */
class NoCentralTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"close --agency 1 --reason no", "draw --number 7574"})
  void saysThatNoCentralAnswersAndWhatTheJournalSays(String command) throws IOException {
    assertNobody(command, "there is no journal: it is no data directory of a central");
    Path journal = Files.createFile(directory.resolve("journal"));
    // As that of a central which shares its lottery.
    assertNobody(command, "its journal is empty");
    MadeLottery.receiving(directory).lay();
    assertNobody(command, "the journal says that the bets are not sealed");
    MadeLottery.sealed(directory).lay();
    assertNobody(command, "the journal says that the bets are sealed and no draw was held");
    MadeLottery.drawn(directory).lay();
    assertNobody(command, "the journal says that the draw was held, of number 7574");
    Files.delete(journal);
    Files.createDirectory(journal);
    assertNobody(command, "the journal cannot be read: " + journal + ": it is no regular file");
  }

  private void assertNobody(String command, String why) {
    Path control = directory.resolve("control");
    String nobody = "no central answers: %s is not there; %s".formatted(control, why);
    assertFails(command, directory, 69, nobody);
  }

  @ParameterizedTest
  @ValueSource(strings = {"close --agency 1 --reason no", "draw --number 7574"})
  void saysThatThereIsNoDirectory(String command) {
    Path missing = directory.resolve("missing");
    assertFails(command, missing, 1, missing + ": there is no such file or directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"close --agency 1 --reason no", "draw --number 7574"})
  void saysThatAFileIsNoDirectory(String command) throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertFails(command, file, 1, file + ": not a directory");
  }

  private static void assertFails(String command, Path directory, int code, String why) {
    Object[] words = (command + " " + directory).split(" ", -1);
    Told told = Told.byLoteria(words);
    assertThat(told.err()).isEqualTo("loteria %s: %s%n", words[0], why);
    assertThat(told.out()).isEmpty();
    assertThat(told.code()).isEqualTo(code);
  }
}
