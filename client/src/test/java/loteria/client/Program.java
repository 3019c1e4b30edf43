package loteria.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program in a JVM of its own, as an operator would run it. */
final class Program implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final BufferedReader output;

  private Program(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts it with an empty environment; what it prints as errors goes to that file. */
  static Program startKeepingErrors(Path errors, Class<?> main, String... arguments)
      throws IOException {
    ProcessBuilder builder = builder(List.of(), Map.of(), main, arguments);
    builder.redirectError(errors.toFile());
    return new Program(builder.start());
  }

  /**
   * Starts it with the class path of the tests.
   *
   * @param options of the JVM; a later -cp holds
   * @param environment all that is in its environment
   */
  static Program start(
      List<String> options, Map<String, String> environment, Class<?> main, String... arguments)
      throws IOException {
    ProcessBuilder builder = builder(options, environment, main, arguments);
    builder.redirectErrorStream(true);
    return new Program(builder.start());
  }

  private static ProcessBuilder builder(
      List<String> options, Map<String, String> environment, Class<?> main, String... arguments) {
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    builder.command().addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-ea"));
    builder.command().addAll(List.of("-cp", System.getProperty("java.class.path")));
    builder.command().addAll(options);
    builder.command().add(main.getName());
    builder.command().addAll(List.of(arguments));
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  /** All that comes in on its standard input. */
  void feed(byte[] bytes) throws IOException {
    try (OutputStream in = process.getOutputStream()) {
      in.write(bytes);
    }
  }

  /** The lines up to the first one that contains the text, that one included. */
  String until(String text) throws IOException {
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
  String rest() throws IOException {
    return output.readAllAsString();
  }

  /** SIGTERM. */
  void terminate() {
    process.toHandle().destroy();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still runs after " + PATIENCE);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
