package loteria.server.net;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import loteria.server.ServerLog;
import loteria.server.ledger.Conversation;
import loteria.server.ledger.Deadlines;
import loteria.server.ledger.Output;

/**
 * Answers text line by line, unchanged: the echo server of the first exercises, and how a person
 * with netcat sees that the central is alive. What the peer leaves unended at its end is a line
 * too. A peer that does not read its answers is not read either.
 */
final class Echo implements Conversation {
  /** The longest line, its end included. */
  static final int LINE_BYTES_MAX = 8192;

  private static final byte[] NOTHING = {};

  private final String ip;
  private final Link link;
  private final Deadlines deadlines;
  private final ServerLog log;
  private final Output output = new Output();

  // The beginning of a line whose end has not come.
  private byte[] line = NOTHING;
  private int filled;

  private long dueAt;
  private boolean over;

  Echo(String ip, Link link, Deadlines deadlines, ServerLog log) {
    this.ip = ip;
    this.link = link;
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

  @Override
  public void receive(byte[] bytes, int from, int to, long now) {
    dueAt = now + TimeUnit.MILLISECONDS.toNanos(deadlines.echo());
    for (int start = from; start < to && !over; ) {
      int end = start;
      while (end < to && bytes[end] != '\n') {
        end++;
      }
      boolean ends = end < to;
      int stop = ends ? end + 1 : end;
      if (filled + stop - start > LINE_BYTES_MAX) {
        log.garbage(ip, "a line exceeds %d bytes".formatted(LINE_BYTES_MAX));
        over = true;
      } else if (ends && filled == 0) {
        answer(bytes, start, stop);
      } else {
        keep(bytes, start, stop);
        if (ends) {
          answer(line, 0, filled);
          line = NOTHING;
          filled = 0;
        }
      }
      start = stop;
    }
    if (over && output.isEmpty()) {
      link.close();
    }
  }

  private void keep(byte[] bytes, int from, int to) {
    int count = to - from;
    if (line.length < filled + count) {
      line = Arrays.copyOf(line, Math.min(LINE_BYTES_MAX, 2 * (filled + count)));
    }
    System.arraycopy(bytes, from, line, filled, count);
    filled += count;
  }

  private void answer(byte[] bytes, int from, int to) {
    log.messageReceived(
        ip, new String(bytes, from, to - from, StandardCharsets.UTF_8).stripTrailing());
    output.put(bytes, from, to);
    link.hasOutput();
  }

  @Override
  public boolean ended(long now) {
    if (filled > 0 && !over) {
      answer(line, 0, filled);
      filled = 0;
    }
    over = true;
    return output.isEmpty();
  }

  @Override
  public Output output() {
    return output;
  }

  @Override
  public boolean wantsMore() {
    return output.isEmpty() && !over;
  }

  @Override
  public boolean sent(long now) {
    if (over) {
      link.close();
    }
    return false;
  }

  @Override
  public void stuck() {
    // It is nobody that would be told.
  }

  @Override
  public void tick(long now) {
    if (now - dueAt >= 0 && output.isEmpty()) {
      link.close();
    }
  }

  @Override
  public int unprovenBytes() {
    return line.length + output.length();
  }
}
