package loteria.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * A process that was started: what it says and when, what it has spent, and the means to end it.
 * Whatever is awaited here has a bound; whoever starts a program closes it, which kills it.
 */
final class Program implements AutoCloseable {
  /** How long anything may take that is awaited, unless more is said. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Said a batch, and of no use here. */
  private static final String CHATTER = "action: apuesta_";

  private static final String[] INHERITED = {"PATH", "HOME", "JAVA25_HOME"};

  private final String name;
  private final Process process;
  private final long started;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final List<Heard> heard = new ArrayList<>();
  private boolean ended;

  private Program(String name, Process process, long started) {
    this.name = name;
    this.process = process;
    this.started = started;
  }

  /**
   * A line that a program said.
   *
   * @param nanos when it was read, as {@link System#nanoTime()}
   */
  record Heard(long nanos, String text) {
    /** The number after {@code key: }, which must be there. */
    long number(String key) {
      String rest = text.substring(text.indexOf(key + ": ") + key.length() + 2);
      return Long.parseLong(rest.split(" ", 2)[0]);
    }
  }

  /** Starts a program whose words are heard as it says them. */
  static Program start(String name, List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> inherited = Map.copyOf(builder.environment());
    builder.environment().clear();
    for (String key : INHERITED) {
      Optional.ofNullable(inherited.get(key)).ifPresent(v -> builder.environment().put(key, v));
    }
    // Java tells a full disk from a broken one by the system's words: so does the launcher set it.
    builder.environment().put("LC_MESSAGES", "C");
    builder.environment().putAll(environment);
    long started = System.nanoTime();
    Program program = new Program(name, builder.start(), started);
    Thread.ofPlatform().daemon().name(name + " reader").start(program::hear);
    return program;
  }

  private void hear() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), 1 << 16)) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        if (!text.contains(CHATTER)) {
          note(new Heard(System.nanoTime(), text));
        }
      }
    } catch (IOException _) {
      // The process is gone.
    } finally {
      change(() -> ended = true);
    }
  }

  private void note(Heard line) {
    change(() -> heard.add(line));
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The first line with these words, said already or later. */
  Heard await(String words) throws IOException {
    return await(words, 1, PATIENCE);
  }

  /** The {@code count}-th line with these words, said already or later. */
  Heard await(String words, int count, Duration patience) throws IOException {
    Predicate<Heard> says = line -> line.text().contains(words);
    long left = patience.toNanos();
    lock.lock();
    try {
      while (true) {
        List<Heard> found = heard.stream().filter(says).limit(count).toList();
        if (found.size() == count) {
          return found.getLast();
        }
        if (left <= 0 || ended) {
          throw new IOException(
              "%s %s without '%s': %s"
                  .formatted(name, ended ? "has ended" : "goes on", words, last()));
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      throw new IOException("interrupted while waiting for " + name, interrupted);
    } finally {
      lock.unlock();
    }
  }

  /** What went wrong with it, by the last failure that it told of. */
  String complaint() {
    lock.lock();
    try {
      return heard.stream()
          .filter(line -> line.text().contains("result: fail"))
          .reduce((_, later) -> later)
          .map(line -> name + " says '" + line.text() + "'")
          .orElse(name + (ended ? " has ended, " : " tells of no failure, ") + last());
    } finally {
      lock.unlock();
    }
  }

  private String last() {
    return heard.isEmpty() ? "it said nothing" : "it said last '" + heard.getLast().text() + "'";
  }

  /** When it was started, as {@link System#nanoTime()}. */
  long started() {
    return started;
  }

  /** What it has spent so far; only while it lives. */
  Usage usage() throws IOException {
    try {
      return Usage.of(process.pid());
    } catch (NoSuchFileException gone) {
      throw new IOException(name + " has ended", gone);
    }
  }

  /** The words of its command line as it is now: a launcher's are those of what it launched. */
  List<String> commandLine() throws IOException {
    String words = Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    return List.of(words.split("\0"));
  }

  /** Says a line on its standard input. */
  void say(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Waits until it has ended; fails if not with 0. */
  void awaitSuccess(Duration patience) throws IOException {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("%s does not end within %s".formatted(name, patience));
      }
    } catch (InterruptedException interrupted) {
      throw new IOException("interrupted while waiting for " + name, interrupted);
    }
    if (process.exitValue() != 0) {
      lock.lock();
      try {
        throw new IOException("%s exits %d: %s".formatted(name, process.exitValue(), last()));
      } finally {
        lock.unlock();
      }
    }
  }

  /** SIGTERM. */
  void terminate() {
    process.toHandle().destroy();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Kills it if it is still there, and waits until it is gone. */
  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }
}
