package loteria.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Answers text line by line, unchanged: the echo server of the first exercises, and how a person
 * with netcat sees that the central is alive. What the peer leaves unended at its end is a line
 * too.
 */
final class Echo {
  /** The longest line, its end included. */
  static final int LINE_BYTES_MAX = 8192;

  /** How long to wait while the log is not read fast enough. */
  private static final long LOG_WAIT_MILLIS = 20;

  private final String ip;
  private final TimedInput in;
  private final OutputStream out;
  private final Deadlines deadlines;
  private final ServerLog log;
  private final byte[] line = new byte[LINE_BYTES_MAX];
  private int filled;

  Echo(String ip, TimedInput in, OutputStream out, Deadlines deadlines, ServerLog log) {
    this.ip = ip;
    this.in = in;
    this.out = out;
    this.deadlines = deadlines;
    this.log = log;
  }

  /**
   * Whether a text can start with this byte: printable, a blank, or the first of a character in
   * UTF-8.
   */
  static boolean startsText(byte first) {
    int unsigned = Byte.toUnsignedInt(first);
    return (unsigned >= 0x20 && unsigned < 0x7f)
        || (unsigned >= 0x09 && unsigned <= 0x0d)
        || (unsigned >= 0xc2 && unsigned <= 0xf4);
  }

  /**
   * Answers what has arrived and what follows it, until the peer has no more or writes a line that
   * is too long.
   */
  void run(byte[] arrived, int length) throws IOException {
    byte[] chunk = arrived;
    int read = length;
    while (read >= 0) {
      for (int i = 0; i < read; i++) {
        if (filled == line.length) {
          log.garbage(ip, "a line exceeds %d bytes".formatted(LINE_BYTES_MAX));
          return;
        }
        line[filled++] = chunk[i];
        if (chunk[i] == '\n') {
          answer();
        }
      }
      while (log.isCrowded()) {
        try {
          Thread.sleep(LOG_WAIT_MILLIS);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          return;
        }
      }
      read = in.read(chunk, 0, chunk.length, TimedInput.in(deadlines.echo()));
    }
    if (filled > 0) {
      answer();
    }
  }

  private void answer() throws IOException {
    log.messageReceived(ip, new String(line, 0, filled, StandardCharsets.UTF_8).stripTrailing());
    out.write(line, 0, filled);
    filled = 0;
  }
}
