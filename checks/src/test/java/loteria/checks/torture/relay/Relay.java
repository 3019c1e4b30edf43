package loteria.checks.torture.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import loteria.checks.torture.evidence.Promises;

/**
 * Stands between agencies and a central, hears what is promised, and does its mischief. While there
 * is no central it closes whoever comes.
 */
public final class Relay implements AutoCloseable {
  private static final int BACKLOG = 128;

  private final ServerSocket server;
  private final int centralPort;
  private final Promises promises;
  private final Mischiefs mischiefs;
  private final Queue<RelayedConnection> connections = new ConcurrentLinkedQueue<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("relay").unstarted(this::run);

  private Relay(ServerSocket server, int centralPort, Promises promises, Mischiefs mischiefs) {
    this.server = server;
    this.centralPort = centralPort;
    this.promises = promises;
    this.mischiefs = mischiefs;
  }

  public static Relay before(int centralPort, Promises promises, Mischiefs mischiefs)
      throws IOException {
    ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Relay relay = new Relay(server, centralPort, promises, mischiefs);
    relay.thread.start();
    return relay;
  }

  public int port() {
    return server.getLocalPort();
  }

  private void run() {
    while (!server.isClosed()) {
      try {
        connect(server.accept());
      } catch (IOException _) {
        // Closed: the round is over.
      }
    }
  }

  private void connect(Socket agency) throws IOException {
    try {
      Socket central = new Socket(InetAddress.getLoopbackAddress(), centralPort);
      RelayedConnection connection = new RelayedConnection(agency, central, promises);
      connections.add(connection);
      connection.start(
          mischiefs.on(Way.Direction.TO_CENTRAL), mischiefs.on(Way.Direction.TO_AGENCY));
    } catch (IOException _) {
      agency.close();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
    connections.forEach(RelayedConnection::close);
  }
}
