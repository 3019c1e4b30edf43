package loteria.checks.originals;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A small program of ours that reads as the course's programs do, with the libraries that they use.
 *
 * @param command how it is run; it answers a line for each line that it is given
 */
record Original(List<String> command) {
  private static final Path GO_LIBRARIES = Path.of("/usr/share/gocode");

  /** With Go's viper and time.ParseDuration; the test is skipped if there is no Go or no viper. */
  static Original go(Path folder) throws IOException, InterruptedException {
    assumeTrue(
        isThere("go", "version")
            && Files.exists(GO_LIBRARIES.resolve("src/github.com/spf13/viper")),
        "needs golang-go and golang-github-spf13-viper-dev");
    Path program = folder.resolve("viper_reads");
    ProcessBuilder build =
        new ProcessBuilder(
            "go", "build", "-o", program.toString(), laid("viper_reads.go", folder).toString());
    build.environment().put("GO111MODULE", "off");
    build.environment().put("GOPATH", GO_LIBRARIES.toString());
    assertThat(run(build, "")).as("go build").isEmpty();
    return new Original(List.of(program.toString()));
  }

  /** With Python's configparser, int() and date.fromisoformat; skipped if there is no Python. */
  static Original python(Path folder) throws IOException, InterruptedException {
    assumeTrue(isThere("python3", "--version"), "needs python3");
    return new Original(
        List.of("python3", "-X", "utf8", laid("python_reads.py", folder).toString()));
  }

  /** What it reads of each input: values by name, or nothing if it refuses. */
  List<Optional<Map<String, String>>> answers(List<Input> inputs)
      throws IOException, InterruptedException {
    StringBuilder questions = new StringBuilder();
    inputs.forEach(input -> questions.append(input.question()));
    List<Optional<Map<String, String>>> answers = new ArrayList<>();
    run(new ProcessBuilder(command), questions.toString())
        .lines()
        .forEach(line -> answers.add(answer(line)));
    assertThat(answers).hasSameSizeAs(inputs);
    return answers;
  }

  private static Optional<Map<String, String>> answer(String line) {
    List<String> words = List.of(line.split("\t", -1));
    if (!words.getFirst().equals("read")) {
      return Optional.empty();
    }
    Map<String, String> values = new TreeMap<>();
    for (String word : words.subList(1, words.size())) {
      String[] pair = word.split("=", 2);
      values.put(pair[0], new String(Base64.getDecoder().decode(pair[1]), UTF_8));
    }
    return Optional.of(values);
  }

  private static Path laid(String name, Path folder) throws IOException {
    try (InputStream in = Objects.requireNonNull(Original.class.getResourceAsStream(name), name)) {
      return Files.write(folder.resolve(name), in.readAllBytes());
    }
  }

  private static boolean isThere(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  /** Its output and errors; it ends well within three minutes, though Go compiles viper first. */
  private static String run(ProcessBuilder builder, String input)
      throws IOException, InterruptedException {
    Path asked = Files.createTempFile("asked", ".txt");
    Path said = Files.createTempFile("said", ".txt");
    try {
      Files.writeString(asked, input);
      Process process =
          builder
              .redirectErrorStream(true)
              .redirectInput(asked.toFile())
              .redirectOutput(said.toFile())
              .start();
      boolean ended = process.waitFor(3, TimeUnit.MINUTES);
      process.destroyForcibly();
      String output = Files.readString(said);
      assertThat(ended && process.exitValue() == 0).as(output).isTrue();
      return output;
    } finally {
      Files.delete(asked);
      Files.delete(said);
    }
  }
}
