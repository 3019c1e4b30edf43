package loteria.tool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads a log while another program appends to it, line by line, and remembers the last few.
 *
 * <p>It starts at the end that the log has when it is opened. A line longer than {@link
 * #LINE_BYTES_MAX} is cut. Not thread-safe.
 */
final class LogFollower implements AutoCloseable {
  /** How many lines are remembered. */
  static final int LAST_LINES_MAX = 12;

  /** The most bytes of a line that are kept. */
  static final int LINE_BYTES_MAX = 8192;

  private static final int BLOCK_BYTES = 1 << 16;

  private final SeekableByteChannel channel;
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Deque<String> lastLines = new ArrayDeque<>();

  private LogFollower(SeekableByteChannel channel) {
    this.channel = channel;
  }

  /** Follows {@code log}, which is made if it is missing, from its present end. */
  static LogFollower open(Path log) throws IOException {
    SeekableByteChannel channel =
        Files.newByteChannel(
            log, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    channel.position(channel.size());
    return new LogFollower(channel);
  }

  /** Hands over every line that was completed since the last call. */
  void poll(Consumer<String> lines) throws IOException {
    while (channel.read(block.clear()) > 0) {
      block.flip();
      while (block.hasRemaining()) {
        byte next = block.get();
        if (next == '\n') {
          hand(lines);
        } else if (line.size() < LINE_BYTES_MAX) {
          line.write(next);
        }
      }
    }
  }

  /**
   * The last call: hands over what is left, also a line without its end, as a killed program leaves
   * it.
   */
  void drain(Consumer<String> lines) throws IOException {
    poll(lines);
    if (line.size() > 0) {
      hand(lines);
    }
  }

  /** The last lines handed over, oldest first. */
  List<String> lastLines() {
    return List.copyOf(lastLines);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void hand(Consumer<String> lines) {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (lastLines.size() == LAST_LINES_MAX) {
      lastLines.removeFirst();
    }
    lastLines.addLast(text);
    lines.accept(text);
  }
}
