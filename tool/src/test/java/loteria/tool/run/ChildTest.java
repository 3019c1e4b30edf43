package loteria.tool.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the log of a program is followed, which is written here in its place. */
class ChildTest {
  @TempDir private Path directory;

  private final List<String> lines = new ArrayList<>();
  private Child child;

  @BeforeEach
  void start() throws IOException {
    append("of an earlier run\n");
    child = Child.start("central", List.of("sleep", "60"), directory, lines::add);
  }

  @AfterEach
  void end() throws Exception {
    kill();
    child.close();
  }

  @Test
  void handsOverEachLineWhenItIsComplete() throws Exception {
    for (byte next : "one\ndos ñ\n".getBytes(StandardCharsets.UTF_8)) {
      append(new byte[] {next});
      child.follow();
    }
    assertThat(lines).containsExactly("one", "dos ñ");
  }

  @Test
  void startsWhereTheLogEndedBefore() throws Exception {
    append("new\n");
    child.follow();
    assertThat(lines).containsExactly("new");
  }

  @Test
  void handsOverALineWithoutItsEndWhenTheProgramHasEnded() throws Exception {
    append("one\ntw");
    child.follow();
    assertThat(lines).containsExactly("one");
    kill();
    child.follow();
    assertThat(lines).containsExactly("one", "tw");
  }

  @Test
  void cutsALineThatIsTooLong() throws Exception {
    append("x".repeat(100_000) + "\nnext\n");
    child.follow();
    assertThat(lines).containsExactly("x".repeat(Child.LINE_BYTES_MAX), "next");
  }

  @Test
  void remembersOnlyTheLastLines() throws Exception {
    for (int line = 1; line <= 50; line++) {
      append(line + "\n");
    }
    child.follow();
    assertThat(child.lastLines()).hasSize(Child.LAST_LINES_MAX).startsWith("39").endsWith("50");
  }

  private void kill() throws InterruptedException {
    child.process().destroyForcibly();
    assertThat(child.awaitEnd(10_000)).isTrue();
  }

  private void append(String text) throws IOException {
    append(text.getBytes(StandardCharsets.UTF_8));
  }

  private void append(byte[] bytes) throws IOException {
    Files.write(
        directory.resolve("central.log"),
        bytes,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
