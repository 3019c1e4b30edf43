package loteria.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import org.jspecify.annotations.Nullable;

/** Accepts connections, and knows those that are open. */
final class Listener implements AutoCloseable {
  /** How many connections may be open at once. */
  static final int CONNECTIONS_MAX = 16_384;

  /** How long to wait when the process has no file descriptor left for a connection. */
  private static final long ACCEPT_RETRY_MILLIS = 100;

  /** How long an open connection has, at the end, to be told so. */
  private static final long CLOSE_MILLIS = 200;

  private final ServerSocket serverSocket;
  private final @Nullable TlsGate gate;
  private final LedgerThread ledger;
  private final Deadlines deadlines;
  private final ServerLog log;
  private final OpenConnections open;
  private final Thread thread = Thread.ofPlatform().name("listener").unstarted(this::run);

  private Listener(
      ServerSocket serverSocket,
      @Nullable TlsGate gate,
      LedgerThread ledger,
      OpenConnections open,
      Deadlines deadlines,
      ServerLog log) {
    this.serverSocket = serverSocket;
    this.gate = gate;
    this.ledger = ledger;
    this.open = open;
    this.deadlines = deadlines;
    this.log = log;
  }

  /** Binds the address; connections queue, and {@link #start} serves them. */
  static ServerSocket bind(InetSocketAddress address, int backlog) throws IOException {
    ServerSocket serverSocket = new ServerSocket();
    try {
      // A central that was just killed leaves connections in TIME_WAIT.
      serverSocket.setReuseAddress(true);
      serverSocket.bind(address, backlog);
      return serverSocket;
    } catch (IOException | RuntimeException failed) {
      serverSocket.close();
      throw failed;
    }
  }

  /**
   * Serves whoever comes.
   *
   * @param gate by which they have to come in; null if the network is trusted
   */
  static Listener start(
      ServerSocket serverSocket,
      @Nullable TlsGate gate,
      LedgerThread ledger,
      OpenConnections open,
      Deadlines deadlines,
      ServerLog log) {
    Listener listener = new Listener(serverSocket, gate, ledger, open, deadlines, log);
    listener.thread.start();
    return listener;
  }

  private void run() {
    while (!serverSocket.isClosed()) {
      log.accepting();
      try {
        serve(accept());
      } catch (IOException _) {
        // Closed: the central is going down.
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private Socket accept() throws IOException, InterruptedException {
    while (true) {
      try {
        return serverSocket.accept();
      } catch (IOException failed) {
        if (serverSocket.isClosed()) {
          throw failed;
        }
        log.acceptFailed(failed);
        Thread.sleep(ACCEPT_RETRY_MILLIS);
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    boolean logged = log.accepted(socket.getInetAddress().getHostAddress());
    Connection connection = new Connection(socket, logged, gate, ledger, deadlines, log);
    if (open.size() >= CONNECTIONS_MAX) {
      try (connection) {
        Message.Refused busy =
            new Message.Refused(
                Refusal.BUSY, 0, 0, "%d connections are open".formatted(CONNECTIONS_MAX));
        // It fits the empty buffer of a new socket: this does not wait.
        socket.getOutputStream().write(Codec.encode(busy));
      }
      return;
    }
    open.add(connection);
    Thread.ofVirtual()
        .name("connection")
        .start(() -> {
          try {
            connection.run();
          } finally {
            open.remove(connection);
          }
        });
  }

  /** Accepts no more, not even one that is half accepted; the connections stay. Idempotent. */
  @Override
  public void close() throws IOException {
    if (!serverSocket.isClosed()) {
      serverSocket.close();
      log.listenerClosed();
    }
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Closes every connection, after a moment in which those that have heard a last word leave by
   * themselves.
   */
  void closeConnections() throws InterruptedException {
    open.awaitNone(CLOSE_MILLIS);
    open.closeAll();
    open.awaitNone(CLOSE_MILLIS);
  }

  /** The port that is listened on. */
  int port() {
    return serverSocket.getLocalPort();
  }
}
