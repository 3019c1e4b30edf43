package loteria.checks.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program to run to its end, as a person would at a prompt: bounded in time, its output kept.
 *
 * <p>Git's own variables are taken out of its environment, so that a test which runs inside a git
 * hook does not work on the repository of that hook. Not thread-safe.
 */
public final class Command {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final ProcessBuilder builder;

  private Command(List<String> words) {
    builder = new ProcessBuilder(words);
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
  }

  /** A command of these words, each as its {@code toString} says it. */
  public static Command of(Object... words) {
    List<String> texts = new ArrayList<>();
    for (Object word : words) {
      texts.add(word.toString());
    }
    return new Command(texts);
  }

  /** Runs in {@code folder}. */
  public Command in(Path folder) {
    builder.directory(folder.toFile());
    return this;
  }

  /** Runs with a variable set. */
  public Command with(String variable, Object value) {
    builder.environment().put(variable, value.toString());
    return this;
  }

  /** Runs with a variable unset. */
  public Command without(String variable) {
    builder.environment().remove(variable);
    return this;
  }

  /**
   * Runs the command to its end.
   *
   * @throws AssertionError if it does not end within ten minutes; it is killed then
   */
  public Outcome run() {
    try {
      Path output = Files.createTempFile("output", ".txt");
      Path errors = Files.createTempFile("errors", ".txt");
      try {
        int exit = exitOf(start(output, errors));
        return new Outcome(
            String.join(" ", builder.command()),
            exit,
            Files.readString(output),
            Files.readString(errors));
      } finally {
        Files.delete(output);
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + builder.command(), e);
    }
  }

  /** Starts the command, both its outputs going to the same file; the caller waits for its end. */
  public Process start(Path output) throws IOException {
    builder.redirectErrorStream(true);
    return start(output, output);
  }

  private Process start(Path output, Path errors) throws IOException {
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(output.toFile());
    if (!builder.redirectErrorStream()) {
      builder.redirectError(errors.toFile());
    }
    return builder.start();
  }

  private int exitOf(Process process) {
    try {
      if (process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError(builder.command() + " took more than " + LIMIT.toMinutes() + " min");
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new AssertionError("interrupted while running " + builder.command(), e);
    }
  }
}
