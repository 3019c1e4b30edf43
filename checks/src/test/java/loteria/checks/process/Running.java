package loteria.checks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import loteria.testing.Command;
import loteria.testing.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A program of ours that was started: what it has said so far, and the means to end it.
 *
 * <p>Its log comes through a pipe: a program that says much waits until it is read here, so that
 * none gets far ahead of a {@link #killAt}.
 */
public final class Running implements AutoCloseable {
  /** How long anything may take that is awaited here: a bound for a busy machine, not a measure. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** A second, and room for a busy machine. */
  private static final long END_MILLIS_MAX = 4000;

  private final String name;
  private final Line.Layout layout;
  private final Process process;
  private final List<Thread> readers = new ArrayList<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final List<Line> lines = new ArrayList<>();
  private final List<String> strays = new ArrayList<>();
  private int openOutputs = 2;
  private @Nullable Predicate<List<Line>> killWhen;
  private ProcessHandle victim;

  private Running(String name, Line.Layout layout, Process process) {
    this.name = name;
    this.layout = layout;
    this.process = process;
    this.victim = process.toHandle();
  }

  public static Running start(String name, Line.Layout layout, ProcessBuilder builder) {
    try {
      Running running = new Running(name, layout, builder.start());
      running.read(running.process.getInputStream(), running::heard);
      running.read(running.process.getErrorStream(), running::strayed);
      return running;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
  }

  private interface Hearer {
    void hear(String text);
  }

  private void read(InputStream in, Hearer hearer) {
    readers.add(
        Thread.ofPlatform()
            .daemon()
            .name(name + " reader")
            .start(() -> {
              try (BufferedReader reader =
                  new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                  hearer.hear(text);
                }
              } catch (IOException _) {
                // The process is gone.
              } finally {
                changed(() -> openOutputs--);
              }
            }));
  }

  private void changed(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void heard(String text) {
    changed(() -> {
      Line.of(layout, text).ifPresentOrElse(lines::add, () -> strays.add(text));
      if (killWhen != null && killWhen.test(lines)) {
        killWhen = null;
        victim.destroyForcibly();
      }
    });
  }

  private void strayed(String text) {
    changed(() -> strays.add(text));
  }

  /** All that it has said so far. */
  public List<Line> lines() {
    lock.lock();
    try {
      return List.copyOf(lines);
    } finally {
      lock.unlock();
    }
  }

  public List<Line> lines(String action, String result) {
    return lines().stream().filter(line -> line.says(action, result)).toList();
  }

  /** The only line that says this. */
  public Line only(String action, String result) {
    return only(line -> line.says(action, result));
  }

  /** The only line that tells of a failure. */
  public Line onlyFailure() {
    return only(Line::fails);
  }

  private Line only(Predicate<Line> what) {
    List<Line> found = lines().stream().filter(what).toList();
    assertThat(found).as(toString()).hasSize(1);
    return found.getFirst();
  }

  /** What it has said on either output that is no log line. */
  public List<String> strays() {
    lock.lock();
    try {
      return List.copyOf(strays);
    } finally {
      lock.unlock();
    }
  }

  /** The first line that says this, now or later. */
  public Line await(String action, String result) {
    return await(action, result, 1);
  }

  /** The {@code count}-th line that says this, now or later. */
  public Line await(String action, String result, int count) {
    awaitThat(
        "%d times %s %s".formatted(count, action, result),
        said -> count(said, action, result) >= count);
    return lines(action, result).get(count - 1);
  }

  /** Waits until what it has said fulfils the condition; fails if it ends without. */
  public void awaitThat(String what, Predicate<List<Line>> condition) {
    lock.lock();
    try {
      long left = PATIENCE.toNanos();
      while (!condition.test(lines)) {
        if (left <= 0 || openOutputs == 0) {
          throw new AssertionError("%s: no %s in%n%s".formatted(name, what, this));
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for " + what, e);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it has said this or has ended: whether it has said it. */
  public boolean awaitOrEnd(String action, String result) {
    lock.lock();
    try {
      long left = PATIENCE.toNanos();
      while (count(lines, action, result) == 0 && openOutputs > 0) {
        if (left <= 0) {
          throw new AssertionError(
              "%s neither says %s nor ends:%n%s".formatted(name, action, this));
        }
        left = changed.awaitNanos(left);
      }
      return count(lines, action, result) > 0;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for " + action, e);
    } finally {
      lock.unlock();
    }
  }

  public static int count(List<Line> said, String action, String result) {
    return (int) said.stream().filter(line -> line.says(action, result)).count();
  }

  /** Has {@code whom} killed with -9 the moment that this one says the line so often. */
  public void killAt(String action, String result, int count, Running whom) {
    changed(() -> {
      victim = whom.process.toHandle();
      killWhen = said -> count(said, action, result) >= count;
      if (killWhen.test(lines)) {
        killWhen = null;
        victim.destroyForcibly();
      }
    });
  }

  /** SIGTERM. */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** SIGCONT: it goes on after a {@link #stop}. */
  public void resume() {
    Outcome ignored = Command.of("sh", "-c", "kill -CONT " + pid()).run().succeeded();
  }

  /** SIGSTOP, and waits until it stands still; {@link #kill} still ends it. */
  public void stop() {
    Outcome ignored =
        Command.of(
                "sh",
                "-c",
                "kill -STOP %1$d && until grep -q '^State:.T' /proc/%1$d/status; do sleep 0.01; done"
                    .formatted(pid()))
            .run()
            .succeeded();
  }

  /** SIGKILL, and waits until it is gone. */
  public void kill() {
    process.toHandle().destroyForcibly();
    int ignored = exitCode();
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its exit code, when it has ended and all that it said was read. */
  public int exitCode() {
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("%s does not end:%n%s".formatted(name, this));
      }
      for (Thread reader : readers) {
        reader.join();
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for the end of " + name, e);
    }
  }

  /**
   * SIGTERM: it ends in order and in time, which it says in its last line. How long it took is
   * printed, for the bound here leaves room for a busy machine.
   */
  public void assertEndsInOrder() {
    long since = System.nanoTime();
    terminate();
    assertExits(0);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    System.out.printf("%s ended %d ms after SIGTERM%n", name, millis);
    assertThat(millis).as("ms to the end of %s", this).isLessThanOrEqualTo(END_MILLIS_MAX);
    assertThat(lines().getLast().says("shutdown", "success")).as("last line of %s", this).isTrue();
  }

  public void assertExits(int code) {
    assertThat(exitCode()).as("exit code of %s", this).isEqualTo(code);
  }

  /** Nobody told of a failure. */
  public void assertNothingFailed() {
    assertThat(lines()).as(name).noneMatch(Line::fails);
  }

  /** Kills it if it is still there. */
  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    int ignored = exitCode();
  }

  /** All that it has said, to be read by whom a test has failed. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name);
    List<Line> said = lines();
    if (said.size() > 60) {
      said = said.subList(said.size() - 60, said.size());
      text.append("\n  …");
    }
    said.forEach(
        line -> text.append("\n  ").append(line.level()).append(' ').append(line.message()));
    strays().forEach(stray -> text.append("\n  stray: ").append(stray));
    return text.append('\n').toString();
  }
}
