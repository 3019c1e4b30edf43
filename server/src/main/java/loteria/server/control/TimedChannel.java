package loteria.server.control;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import loteria.runtime.Guard;

/**
 * What is said over the control socket, each way bounded in time and in length: when the time has
 * passed the channel is closed, which ends the reading or writing. For one thread, but {@link
 * #close}, which any may call.
 */
final class TimedChannel implements Closeable {
  private static final int BUFFER_BYTES = 4096;

  private final SocketChannel channel;

  TimedChannel(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * Reads a line, or all of several, without checking their text.
   *
   * @param bytesMax how much there may be
   * @param toTheEnd whether to read until the other side has ended, and not only to the first line
   *     end
   */
  String read(int bytesMax, boolean toTheEnd, long millis) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    within(
        millis,
        () -> {
          ByteBuffer some = ByteBuffer.allocate(BUFFER_BYTES);
          boolean more = true;
          while (more && channel.read(some) >= 0) {
            all.write(some.array(), 0, some.position());
            more = toTheEnd || !endsLine(some);
            some.clear();
            if (all.size() > bytesMax) {
              throw new IOException("more than %d bytes".formatted(bytesMax));
            }
          }
        });
    return all.toString(StandardCharsets.UTF_8);
  }

  private static boolean endsLine(ByteBuffer some) {
    return some.position() > 0 && some.get(some.position() - 1) == '\n';
  }

  /** Writes a text. */
  void write(String text, long millis) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    within(
        millis,
        () -> {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  @FunctionalInterface
  private interface Exchange {
    void run() throws IOException;
  }

  private void within(long millis, Exchange exchange) throws IOException {
    try (Guard _ = Guard.closing(channel, millis)) {
      exchange.run();
    } catch (AsynchronousCloseException closed) {
      throw new IOException("not done within %d ms".formatted(millis), closed);
    }
  }

  /** Idempotent. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
