package loteria.tool;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program that this one started, with its log. Its process may be stopped from any thread, its
 * log has one reader.
 */
final class Child implements AutoCloseable {
  private final String name;
  private final Process process;
  private final LogFollower log;
  private final Consumer<String> lines;

  Child(String name, Process process, LogFollower log, Consumer<String> lines) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.lines = lines;
  }

  /** What people call it: {@code central}, {@code agency-1}. */
  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Its exit code, once it is not {@link #alive()}. */
  int exitCode() {
    return process.exitValue();
  }

  /** Reads what it logged since the last call. */
  void follow() throws IOException {
    if (process.isAlive()) {
      log.poll(lines);
    } else {
      log.drain(lines);
    }
  }

  /** The last lines that were read of its log. */
  List<String> lastLines() {
    return log.lastLines();
  }

  /** Asks it to stop, by SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Ends it at once, by SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  /** Waits until it has ended, or {@code millis} have passed; says which. */
  boolean awaitEnd(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** Lets go of its log; the process is the {@link Children}'s to stop. */
  @Override
  public void close() throws IOException {
    log.close();
  }
}
