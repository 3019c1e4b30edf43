package loteria.bench.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that was started: what it says and when, what it has spent, and the means to end it.
 * Whatever is awaited here has a bound; whoever starts a program closes it, which kills it.
 */
public final class Program implements AutoCloseable {
  /** How long anything may take that is awaited, unless more is said. */
  public static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Said a batch, and of no use here. */
  private static final String CHATTER = "action: apuesta_";

  private static final int POLL_MILLIS = 5;

  private static final Set<String> INHERITED = Set.of("PATH", "HOME", "JAVA25_HOME");

  private final String name;
  private final Process process;
  private final long started;
  private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();
  private volatile boolean ended;

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
  public record Heard(long nanos, String text) {
    /** The number after {@code key: }, which must be there. */
    public long number(String key) {
      String rest = text.substring(text.indexOf(key + ": ") + key.length() + 2);
      return Long.parseLong(rest.split(" ", 2)[0]);
    }
  }

  /** Starts a program whose words are heard as it says them. */
  static Program start(String name, List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().retainAll(INHERITED);
    // Java tells a full disk from a broken one by the system's words: so does the launcher set it.
    builder.environment().put("LC_MESSAGES", "C");
    builder.environment().putAll(environment);
    long started = System.nanoTime();
    Program program = new Program(name, builder.start(), started);
    Thread.ofPlatform().daemon().name(name + " reader").start(program::hear);
    return program;
  }

  private void hear() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        if (!text.contains(CHATTER)) {
          heard.add(new Heard(System.nanoTime(), text));
        }
      }
    } catch (IOException _) {
      // The process is gone.
    } finally {
      ended = true;
    }
  }

  /** The first line with these words, said already or later. */
  public Heard await(String words) throws IOException {
    return await(words, 1, PATIENCE);
  }

  /** The {@code count}-th line with these words, said already or later. */
  public Heard await(String words, int count, Duration patience) throws IOException {
    long start = System.nanoTime();
    while (true) {
      // Asked before the lines are read, of which one may be the last.
      boolean over = ended || System.nanoTime() - start > patience.toNanos();
      List<Heard> found = said(words).limit(count).toList();
      if (found.size() == count) {
        return found.getLast();
      }
      if (over) {
        throw new IOException(
            "%s %s without '%s': %s"
                .formatted(name, ended ? "has ended" : "goes on", words, last()));
      }
      pause(POLL_MILLIS);
    }
  }

  /** Waits a moment. */
  public static void pause(int millis) throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException interrupted) {
      throw new IOException("interrupted", interrupted);
    }
  }

  /** How many lines with these words it has said so far. */
  public long count(String words) {
    return said(words).count();
  }

  private Stream<Heard> said(String words) {
    return heard.stream().filter(line -> line.text().contains(words));
  }

  /** What went wrong with it, by the last failure that it told of. */
  public String complaint() {
    return said("result: fail")
        .reduce((_, later) -> later)
        .map(line -> name + " says '" + line.text() + "'")
        .orElse(name + (ended ? " has ended, " : " tells of no failure, ") + last());
  }

  private String last() {
    return said("")
        .reduce((_, later) -> later)
        .map(line -> "it said last '" + line.text() + "'")
        .orElse("it said nothing");
  }

  /** When it was started, as {@link System#nanoTime()}. */
  public long started() {
    return started;
  }

  /** How long ago that was. */
  public double seconds() {
    return (System.nanoTime() - started) / 1e9;
  }

  /** From its start to the first line with these words, said already or later. */
  public double secondsTo(String words) throws IOException {
    return (await(words).nanos() - started) / 1e9;
  }

  /** What all of them have spent of CPU so far. */
  public static double cpuSeconds(List<Program> programs) throws IOException {
    double seconds = 0;
    for (Program program : programs) {
      seconds += program.usage().cpuSeconds();
    }
    return seconds;
  }

  /** What it has spent so far; only while it lives. */
  public Usage usage() throws IOException {
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
  public void say(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Waits until it has ended; fails if not with 0. */
  public void awaitSuccess(Duration patience) throws IOException {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("%s does not end within %s".formatted(name, patience));
      }
    } catch (InterruptedException interrupted) {
      throw new IOException("interrupted while waiting for " + name, interrupted);
    }
    if (process.exitValue() != 0) {
      throw new IOException("%s exits %d: %s".formatted(name, process.exitValue(), last()));
    }
  }

  /** SIGTERM. */
  public void terminate() {
    process.toHandle().destroy();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Kills it if it is still there, and waits until it is gone. */
  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }
}
