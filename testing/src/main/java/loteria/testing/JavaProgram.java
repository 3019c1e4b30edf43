package loteria.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program in a JVM of its own with the class path of the tests, as an operator would run it.
 * Nothing is in its environment but what is given. Closing it kills it. For one thread.
 */
public final class JavaProgram implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final BufferedReader output;

  private JavaProgram(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts it; what it prints as errors comes with its output. */
  public static JavaProgram start(Class<?> main, String... arguments) throws IOException {
    return start(List.of(), Map.of(), main, arguments);
  }

  /**
   * The same.
   *
   * @param options of the JVM; a later -cp holds
   * @param environment all that is in its environment
   */
  public static JavaProgram start(
      List<String> options, Map<String, String> environment, Class<?> main, String... arguments)
      throws IOException {
    ProcessBuilder builder = builder(command(options, main, arguments));
    builder.environment().putAll(environment);
    return new JavaProgram(builder.redirectErrorStream(true).start());
  }

  /** The same, under a limit that the shell sets, such as {@code -n 64}. */
  public static JavaProgram startLimited(String limit, Class<?> main, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", "ulimit " + limit + "; exec \"$@\"", "sh"));
    command.addAll(command(List.of(), main, arguments));
    return new JavaProgram(builder(command).redirectErrorStream(true).start());
  }

  /** Starts it; what it prints as errors goes to that file. */
  public static JavaProgram startKeepingErrors(Path errors, Class<?> main, String... arguments)
      throws IOException {
    ProcessBuilder builder = builder(command(List.of(), main, arguments));
    return new JavaProgram(builder.redirectError(errors.toFile()).start());
  }

  private static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    return builder;
  }

  private static List<String> command(List<String> options, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-ea", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  /** All that comes in on its standard input. */
  public void feed(byte[] bytes) throws IOException {
    try (OutputStream in = process.getOutputStream()) {
      in.write(bytes);
    }
  }

  /** Writes a line to its standard input. */
  public void say(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** The next line that it prints, or null at the end. */
  public @Nullable String line() throws IOException {
    return output.readLine();
  }

  /** The lines up to the first one that contains the text, that one included. */
  public String until(String text) throws IOException {
    StringBuilder lines = new StringBuilder();
    String line = output.readLine();
    while (line != null) {
      lines.append(line).append('\n');
      if (line.contains(text)) {
        return lines.toString();
      }
      line = output.readLine();
    }
    throw new AssertionError("no line with '%s' in:\n%s".formatted(text, lines));
  }

  /** All that it prints from now on; it returns when the program has ended. */
  public String rest() throws IOException {
    return output.readAllAsString();
  }

  /** Sends it a signal, such as TERM. */
  public void signal(String name) {
    Outcome _ = Command.of("kill", "-" + name, process.pid()).run().succeeded();
  }

  /** SIGTERM, if it still runs. The handle, since the process itself would close our streams. */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** Its exit code, when it has ended. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still runs after " + PATIENCE);
    }
    return process.exitValue();
  }

  /** Kills it, and waits until it is gone. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
