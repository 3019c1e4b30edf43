package loteria.tool.run;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program that this one started, and its log, to which its output is appended and which is read
 * line by line meanwhile. A line longer than {@link #LINE_BYTES_MAX} is cut.
 *
 * <p>Its process may be stopped from any thread; its log has one reader.
 */
final class Child implements AutoCloseable {
  /** How many lines are remembered. */
  static final int LAST_LINES_MAX = 12;

  /** The most bytes of a line that are kept. */
  static final int LINE_BYTES_MAX = 8192;

  private final String name;
  private final Process process;
  private final InputStream log;
  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Deque<String> lastLines = new ArrayDeque<>();

  private Child(String name, Process process, SeekableByteChannel log, Consumer<String> lines) {
    this.name = name;
    this.process = process;
    this.log = new BufferedInputStream(Channels.newInputStream(log));
    this.lines = lines;
  }

  /**
   * Starts a program in a directory.
   *
   * @param name what people call it, {@code agency-1}: its log is {@code agency-1.log}
   * @param lines is handed each line that it logs from now on
   */
  static Child start(String name, List<String> command, Path directory, Consumer<String> lines)
      throws IOException {
    Path file = directory.resolve(name + ".log");
    SeekableByteChannel log =
        Files.newByteChannel(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      log.position(log.size());
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()))
              .start();
      return new Child(name, process, log, lines);
    } catch (IOException failure) {
      log.close();
      throw failure;
    }
  }

  String name() {
    return name;
  }

  Process process() {
    return process;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until it has ended, or {@code millis} have passed; says which. */
  boolean awaitEnd(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Hands over the lines that it completed since the last call; once it has ended also one without
   * its end, as a killed program leaves it.
   */
  void follow() throws IOException {
    boolean ended = !process.isAlive();
    for (int next = log.read(); next >= 0; next = log.read()) {
      if (next == '\n') {
        endLine();
      } else if (line.size() < LINE_BYTES_MAX) {
        line.write(next);
      }
    }
    if (ended && line.size() > 0) {
      endLine();
    }
  }

  private void endLine() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (lastLines.size() == LAST_LINES_MAX) {
      lastLines.removeFirst();
    }
    lastLines.addLast(text);
    lines.accept(text);
  }

  /** The last lines that were read of its log, oldest first. */
  List<String> lastLines() {
    return List.copyOf(lastLines);
  }

  /** Lets go of its log; the process is the {@link Children}'s to stop. */
  @Override
  public void close() throws IOException {
    log.close();
  }
}
