package loteria.runtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One of this module's test programs, in a JVM of its own, as an operator would run it. */
final class ChildProgram implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final BufferedReader output;

  private ChildProgram(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static ChildProgram start(Class<?> program, String... arguments) throws IOException {
    return start(List.of(), program, arguments);
  }

  static ChildProgram start(List<String> options, Class<?> program, String... arguments)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    builder.command().addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-ea"));
    builder.command().addAll(options);
    builder
        .command()
        .addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    builder.command().addAll(List.of(arguments));
    builder.environment().put("LC_ALL", "C");
    builder.redirectErrorStream(true);
    return new ChildProgram(builder.start());
  }

  /** The next line that it prints, or null at the end. */
  String line() throws IOException {
    return output.readLine();
  }

  String rest() throws IOException {
    return output.readAllAsString();
  }

  void say(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    assert code == 0 : code;
  }

  /**
   * SIGTERM, unless it is gone already. The handle, since the process itself would close our
   * streams.
   */
  void terminateIfAlive() {
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
