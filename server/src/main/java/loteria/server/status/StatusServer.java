package loteria.server.status;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The port for those who look after a central: its status, as JSON and as metrics, and the page
 * that shows it. It only reads, and nothing of it can hold the lottery up.
 *
 * <p>One thread and a selector: accept, read a request, answer it, close. Every connection is
 * bounded in time, their number is bounded, and what they hold of large answers is shared ({@link
 * Rendering}).
 *
 * <pre>
 *   reading  --a whole head, or none in time-->  answering  --all written-->  draining  --> closed
 *                                                    |                           a moment for what the
 *                                                    | nothing taken in time     client still sends
 *                                                    +--> closed
 * </pre>
 */
public final class StatusServer implements AutoCloseable {
  /** How many connections are answered at once; the next ones are answered 503. */
  public static final int CONNECTIONS_MAX = 64;

  /** How many connections there are at once, those that are answered 503 included. */
  private static final int OPEN_MAX = 2 * CONNECTIONS_MAX;

  /** How many connections may wait to be accepted. */
  public static final int BACKLOG = 64;

  private static final long SWEEP_MILLIS = 50;
  private static final long ACCEPT_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How much is written at once. */
  private static final int WRITE_BYTES = 1 << 16;

  /** How much is read of what comes after the head, so that the answer is not lost in a reset. */
  private static final int REST_BYTES_MAX = 1 << 16;

  /** How long an open connection has, at the end, to take its answer. */
  private static final long CLOSE_MILLIS = 100;

  /** What the port shows. Its methods are called by one thread. */
  public interface Source {
    /** All that is shown, as it is now. */
    Status status();

    Instant now();

    /** The state alone, which costs less. */
    Status.State state();

    /** How the log is. */
    Status.Log log();

    /** A second has passed: so many whole ones since the server has started. */
    void sample(long seconds);
  }

  /**
   * How long a client may take, in milliseconds.
   *
   * @param request from the connection to the end of the request's head
   * @param unread how long it may take nothing of its answer
   * @param answer how long it may take for all of it
   * @param drain how long it may go on sending after the answer
   */
  public record Deadlines(long request, long unread, long answer, long drain) {
    public static final Deadlines DEFAULT = new Deadlines(5_000, 10_000, 30_000, 1_000);
  }

  private final ServerSocketChannel listener;
  private final Selector selector;
  private final Source source;
  private final Deadlines deadlines;
  private final StatusAnswers answers;
  private final Thread thread = Thread.ofPlatform().name("status").unstarted(this::run);
  private volatile boolean closing;
  private volatile int openConnections;

  // Of the thread alone.
  private long acceptAt;
  private final Set<Exchange> open = new HashSet<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(WRITE_BYTES);

  private StatusServer(
      ServerSocketChannel listener,
      Selector selector,
      Source source,
      Set<String> names,
      Deadlines deadlines) {
    this.listener = listener;
    this.selector = selector;
    this.source = source;
    this.deadlines = deadlines;
    this.answers = new StatusAnswers(source, names);
  }

  /**
   * Serves; all that it needs is loaded by a thread of its own.
   *
   * @param listener is bound, best with {@link #BACKLOG}; it is closed with the server
   * @param names the host names by which it may be asked, besides localhost and addresses
   */
  public static StatusServer start(
      ServerSocketChannel listener, Source source, Set<String> names, Deadlines deadlines)
      throws IOException {
    listener.configureBlocking(false);
    StatusServer server = new StatusServer(listener, Selector.open(), source, names, deadlines);
    server.thread.start();
    return server;
  }

  private void run() {
    try (selector;
        listener) {
      SelectionKey accepting = listener.register(selector, SelectionKey.OP_ACCEPT);
      serve(accepting);
      listener.close();
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
      while (!open.isEmpty() && System.nanoTime() - end < 0) {
        int ignored = selector.select(this::ready, SWEEP_MILLIS);
      }
    } catch (IOException _) {
      // The selector itself failed: the port is closed, and the lottery goes on.
    } finally {
      List.copyOf(open).forEach(Exchange::close);
    }
  }

  private void serve(SelectionKey accepting) throws IOException {
    long start = System.nanoTime();
    long seconds = 0;
    while (!closing) {
      long untilSecond = (seconds + 1) * SECOND_NANOS - (System.nanoTime() - start);
      long wait =
          Math.clamp(
              TimeUnit.NANOSECONDS.toMillis(untilSecond), 1, open.isEmpty() ? 1_000 : SWEEP_MILLIS);
      int ignored = selector.select(this::ready, wait);
      if (accepting.interestOps() == 0 && System.nanoTime() - acceptAt >= 0) {
        accepting.interestOps(SelectionKey.OP_ACCEPT);
      }
      sweep();
      long now = (System.nanoTime() - start) / SECOND_NANOS;
      if (now > seconds) {
        seconds = now;
        source.sample(seconds);
      }
    }
  }

  private void ready(SelectionKey key) {
    if (key.isValid() && key.attachment() instanceof Exchange exchange) {
      exchange.ready();
    } else if (key.isValid() && key.isAcceptable()) {
      accept(key);
    }
  }

  private void accept(SelectionKey key) {
    try {
      for (SocketChannel channel = listener.accept();
          channel != null;
          channel = listener.accept()) {
        if (open.size() >= OPEN_MAX) {
          channel.close();
        } else {
          add(channel);
        }
      }
    } catch (IOException _) {
      // No descriptor is left, which the agencies' listener says: not at once again.
      key.interestOps(0);
      acceptAt = System.nanoTime() + ACCEPT_RETRY_NANOS;
    }
  }

  private void add(SocketChannel channel) {
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Exchange exchange = new Exchange(channel, channel.register(selector, SelectionKey.OP_READ));
      boolean room = open.size() < CONNECTIONS_MAX;
      open.add(exchange);
      openConnections = open.size();
      if (!room) {
        exchange.answer(answers.full());
      }
    } catch (IOException _) {
      close(channel);
    }
  }

  private void sweep() {
    long now = System.nanoTime();
    for (Exchange exchange : List.copyOf(open)) {
      exchange.tick(now);
    }
    answers.throwAway();
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException _) {
      // Nothing more can be done for it.
    }
  }

  /** The port that is listened on. */
  public int port() {
    return listener.socket().getLocalPort();
  }

  /** How many connections are open. */
  public int openConnections() {
    return openConnections;
  }

  /** Accepts no more; an open connection has a moment to take its answer. Idempotent. */
  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** One connection: a request, its answer, and the end. */
  private final class Exchange {
    private final SocketChannel channel;
    private final SelectionKey key;
    private byte[] head = new byte[HttpRequest.HEAD_BYTES_MAX];
    private int length;
    private @Nullable HttpAnswer answer;
    private int written;
    private boolean draining;
    private int drained;
    private long deadline = in(deadlines.request());
    private long end = deadline;

    Exchange(SocketChannel channel, SelectionKey key) {
      this.channel = channel;
      this.key = key;
      Object ignored = key.attach(this);
    }

    void ready() {
      try {
        if (draining) {
          drain();
        } else if (answer == null) {
          read();
        } else {
          write(answer);
        }
      } catch (IOException | RuntimeException _) {
        // The client is gone; or its answer cannot be made, which must not end the others'.
        close();
      }
    }

    private void read() throws IOException {
      int read = channel.read(buffer.clear().limit(head.length - length));
      if (read < 0) {
        throw new IOException("no whole request");
      }
      buffer.flip().get(head, length, read);
      length += read;
      int headEnd = HttpRequest.end(head, length);
      if (headEnd >= 0) {
        answer(answers.to(HttpRequest.parse(head, headEnd)));
      } else if (length == head.length) {
        answer(answers.tooLarge());
      }
    }

    void answer(HttpAnswer made) throws IOException {
      answer = made;
      head = new byte[0];
      deadline = in(deadlines.unread());
      end = in(deadlines.answer());
      write(made);
    }

    private void write(HttpAnswer made) throws IOException {
      while (written < made.length()) {
        made.copy(written, buffer.clear());
        int taken = channel.write(buffer.flip());
        if (taken == 0) {
          key.interestOps(SelectionKey.OP_WRITE);
          return;
        }
        written += taken;
        deadline = in(deadlines.unread());
      }
      made.release();
      draining = true;
      deadline = in(deadlines.drain());
      end = deadline;
      key.interestOps(SelectionKey.OP_READ);
      SocketChannel ignored = channel.shutdownOutput();
    }

    private void drain() throws IOException {
      int read = channel.read(buffer.clear());
      drained += Math.max(read, 0);
      if (read < 0 || drained > REST_BYTES_MAX) {
        close();
      }
    }

    /** Looks at the time. */
    void tick(long now) {
      if (now - deadline < 0 && now - end < 0) {
        return;
      }
      if (answer != null) {
        close();
        return;
      }
      try {
        answer(answers.tooLate(deadlines.request()));
      } catch (IOException _) {
        close();
      }
    }

    void close() {
      if (!open.remove(this)) {
        return;
      }
      openConnections = open.size();
      if (answer != null && !draining) {
        answer.release();
      }
      key.cancel();
      StatusServer.close(channel);
    }

    private static long in(long millis) {
      return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }
  }
}
