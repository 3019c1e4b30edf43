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
import loteria.testing.Command;
import loteria.testing.Outcome;

/**
 * A small program of ours that reads as the course's programs do, with the libraries that they use.
 *
 * @param command how it is run; it answers a line for each line that it is given
 */
record Original(Command command) {
  private static final Path GO_LIBRARIES = Path.of("/usr/share/gocode");

  /** With Go's viper and time.ParseDuration; the test is skipped if there is no Go or no viper. */
  static Original go(Path folder) throws IOException {
    assumeTrue(
        Command.of("sh", "-c", "go version").run().exit() == 0
            && Files.exists(GO_LIBRARIES.resolve("src/github.com/spf13/viper")),
        "needs golang-go and golang-github-spf13-viper-dev");
    Path program = folder.resolve("viper_reads");
    Outcome built =
        Command.of("go", "build", "-o", program, laid("viper_reads.go", folder))
            .with("GO111MODULE", "off")
            .with("GOPATH", GO_LIBRARIES)
            .run()
            .succeeded();
    assertThat(built.output() + built.errors()).as("go build").isEmpty();
    return new Original(Command.of(program));
  }

  /** With Python's configparser, int() and date.fromisoformat; skipped if there is no Python. */
  static Original python(Path folder) throws IOException {
    return new Original(Command.python(laid("python_reads.py", folder)));
  }

  /** What it reads of each input: values by name, or nothing if it refuses. */
  List<Optional<Map<String, String>>> answers(List<Input> inputs) throws IOException {
    StringBuilder questions = new StringBuilder();
    inputs.forEach(input -> questions.append(input.question()));
    List<Optional<Map<String, String>>> answers = new ArrayList<>();
    Path asked = Files.createTempFile("asked", ".txt");
    try {
      Files.writeString(asked, questions);
      Outcome said = command.reading(asked).run().succeeded();
      assertThat(said.errors()).isEmpty();
      said.output().lines().forEach(line -> answers.add(answer(line)));
    } finally {
      Files.delete(asked);
    }
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
}
