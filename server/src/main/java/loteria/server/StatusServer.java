package loteria.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The port for those who look after a central: its status, as JSON, as events and as metrics, and
 * the page that shows it. It only reads, and nothing of it can hold the lottery up.
 */
final class StatusServer implements AutoCloseable {
  /** How many connections may be open at once. */
  static final int CONNECTIONS_MAX = 64;

  private static final int BACKLOG = 64;

  /** How long to wait when the process has no file descriptor left for a connection. */
  private static final long ACCEPT_RETRY_MILLIS = 100;

  /** How long an open connection has, at the end, to take what it was told. */
  private static final long CLOSE_MILLIS = 50;

  /**
   * How long a client may take, in milliseconds.
   *
   * @param request from the connection to the end of the request's head
   * @param unread how long it may leave unread what it is told
   * @param drain how long it may go on sending after the answer
   */
  record Deadlines(long request, long unread, long drain) {
    static final Deadlines DEFAULT = new Deadlines(5_000, 10_000, 1_000);
  }

  private final ServerSocket serverSocket;
  private final StatusSource source;
  private final Deadlines deadlines;
  private final ServerLog log;
  private final StatusEvents events;
  private final Thread thread = Thread.ofPlatform().name("status").unstarted(this::run);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();

  // Guarded by lock.
  private final Set<StatusExchange> open = new HashSet<>();

  private StatusServer(
      ServerSocket serverSocket, StatusSource source, Deadlines deadlines, ServerLog log) {
    this.serverSocket = serverSocket;
    this.source = source;
    this.deadlines = deadlines;
    this.log = log;
    this.events = new StatusEvents(source);
  }

  /** Binds the address; connections queue, and {@link #start} serves them. */
  static ServerSocket bind(InetSocketAddress address) throws IOException {
    ServerSocket serverSocket = new ServerSocket();
    try {
      serverSocket.setReuseAddress(true);
      serverSocket.bind(address, BACKLOG);
      return serverSocket;
    } catch (IOException | RuntimeException failed) {
      serverSocket.close();
      throw failed;
    }
  }

  /** Serves; all that it needs is loaded by a thread of its own. */
  static StatusServer start(
      ServerSocket serverSocket, StatusSource source, Deadlines deadlines, ServerLog log) {
    StatusServer server = new StatusServer(serverSocket, source, deadlines, log);
    server.thread.start();
    return server;
  }

  private void run() {
    events.start();
    while (!serverSocket.isClosed()) {
      try {
        serve(serverSocket.accept());
      } catch (IOException _) {
        // Closed, or no descriptor is left, which the agencies' listener says.
        pause();
      }
    }
  }

  private void pause() {
    if (!serverSocket.isClosed()) {
      try {
        Thread.sleep(ACCEPT_RETRY_MILLIS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    StatusExchange exchange = new StatusExchange(socket, source, events, deadlines);
    if (!add(exchange)) {
      exchange.close();
      return;
    }
    Thread.ofVirtual()
        .name("status-exchange")
        .start(() -> {
          try {
            exchange.run();
          } finally {
            remove(exchange);
          }
        });
  }

  private boolean add(StatusExchange exchange) {
    lock.lock();
    try {
      return open.size() < CONNECTIONS_MAX && open.add(exchange);
    } finally {
      lock.unlock();
    }
  }

  private void remove(StatusExchange exchange) {
    lock.lock();
    try {
      open.remove(exchange);
      if (open.isEmpty()) {
        none.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The port that is listened on. */
  int port() {
    return serverSocket.getLocalPort();
  }

  /** How many connections are open. */
  int openConnections() {
    lock.lock();
    try {
      return open.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Accepts no more; who listens to the events is told the last of them and that it is over, and
   * has a moment to take it. Idempotent.
   */
  @Override
  public void close() throws IOException {
    if (serverSocket.isClosed()) {
      return;
    }
    serverSocket.close();
    try {
      thread.join();
      events.close();
      awaitNone();
      closeAll();
      awaitNone();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    log.statusClosed();
  }

  private void awaitNone() throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
      while (!open.isEmpty() && left > 0) {
        left = none.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void closeAll() {
    List<StatusExchange> toClose;
    lock.lock();
    try {
      toClose = List.copyOf(open);
    } finally {
      lock.unlock();
    }
    toClose.forEach(StatusExchange::close);
  }
}
