package loteria.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTest {
  @TempDir private Path directory;

  private final List<String> lines = new ArrayList<>();

  @Test
  void handsOverEachLineWhenItIsComplete() throws Exception {
    try (LogFollower follower = LogFollower.open(log())) {
      byte[] text = "one\ndos ñ\n".getBytes(StandardCharsets.UTF_8);
      for (byte next : text) {
        append(new byte[] {next});
        follower.poll(lines::add);
      }
      assertThat(lines).containsExactly("one", "dos ñ");
    }
  }

  @Test
  void startsWhereTheLogEndedBefore() throws Exception {
    append("of an earlier run\n".getBytes(StandardCharsets.UTF_8));
    try (LogFollower follower = LogFollower.open(log())) {
      append("new\n".getBytes(StandardCharsets.UTF_8));
      follower.poll(lines::add);
      assertThat(lines).containsExactly("new");
    }
  }

  @Test
  void handsOverALineWithoutItsEndAtTheEnd() throws Exception {
    try (LogFollower follower = LogFollower.open(log())) {
      append("one\ntw".getBytes(StandardCharsets.UTF_8));
      follower.drain(lines::add);
      assertThat(lines).containsExactly("one", "tw");
    }
  }

  @Test
  void cutsALineThatIsTooLong() throws Exception {
    try (LogFollower follower = LogFollower.open(log())) {
      append(("x".repeat(100_000) + "\nnext\n").getBytes(StandardCharsets.UTF_8));
      follower.poll(lines::add);
      assertThat(lines).containsExactly("x".repeat(LogFollower.LINE_BYTES_MAX), "next");
    }
  }

  @Test
  void remembersOnlyTheLastLines() throws Exception {
    try (LogFollower follower = LogFollower.open(log())) {
      for (int line = 1; line <= 50; line++) {
        append((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
      follower.poll(lines::add);
      assertThat(follower.lastLines())
          .hasSize(LogFollower.LAST_LINES_MAX)
          .startsWith("39")
          .endsWith("50");
    }
  }

  private Path log() {
    return directory.resolve("central.log");
  }

  private void append(byte[] bytes) throws IOException {
    Files.write(log(), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
