package loteria.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

  private Command() {
    builder = new ProcessBuilder(new ArrayList<>());
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
  }

  /** A command of these words, each as its {@code toString} says it. */
  public static Command of(Object... words) {
    return new Command().and(words);
  }

  /** A program in Python, which leaves no bytecode; without python3 the test is skipped. */
  public static Command python(Object... words) {
    Command python = of("python3", "-B").with("PYTHONUTF8", "1");
    try {
      Process _ = new ProcessBuilder("python3", "--version").start();
    } catch (IOException missing) {
      assumeThat(missing).as("python3 is missing").isNull();
    }
    return python.and(words);
  }

  /** The same with more words. */
  public Command and(Object... words) {
    for (Object word : words) {
      builder.command().add(word.toString());
    }
    return this;
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
    try (Started started = start()) {
      return started.outcome();
    }
  }

  /** Has its standard input come from a file; without, nothing is there. */
  public Command reading(Path file) {
    builder.redirectInput(file.toFile());
    return this;
  }

  /** Starts the command. */
  public Started start() {
    try {
      Path output = Files.createTempFile("output", ".txt");
      Path errors = Files.createTempFile("errors", ".txt");
      builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
      return new Started(String.join(" ", builder.command()), builder.start(), output, errors);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + builder.command(), e);
    }
  }

  /** A command that was started; closing it kills it, with all that it started. */
  public static final class Started implements AutoCloseable {
    private final String command;
    private final Process process;
    private final Path output;
    private final Path errors;

    private Started(String command, Process process, Path output, Path errors) {
      this.command = command;
      this.process = process;
      this.output = output;
      this.errors = errors;
    }

    public boolean isAlive() {
      return process.isAlive();
    }

    /** What it has said on its standard output so far. */
    public String said() throws IOException {
      return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    }

    /** What came of it, when it has ended. */
    public Outcome outcome() {
      try {
        if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new AssertionError(command + " took more than " + LIMIT.toMinutes() + " min");
        }
        return new Outcome(
            command, process.exitValue(), Files.readString(output), Files.readString(errors));
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted while running " + command, e);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read what was said by " + command, e);
      }
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      try {
        Files.deleteIfExists(output);
        Files.deleteIfExists(errors);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot delete what was said by " + command, e);
      }
    }
  }
}
