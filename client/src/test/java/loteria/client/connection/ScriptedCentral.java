package loteria.client.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A central on loopback that plays a script for each connection, one after the other. What goes
 * otherwise than in the script is thrown by {@link #close}.
 */
public final class ScriptedCentral implements AutoCloseable {
  /** What is played on a connection, which is closed after it. */
  @FunctionalInterface
  public interface Script {
    void play(Peer peer) throws Exception;
  }

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final ServerSocket listener;
  private final IntFunction<Script> scripts;
  private final Thread thread = new Thread(this::serve, "scripted-central");
  private volatile @Nullable Socket connected;
  private final AtomicInteger connections = new AtomicInteger();
  private @Nullable Throwable failure;

  private ScriptedCentral(ServerSocket listener, IntFunction<Script> scripts) {
    this.listener = listener;
    this.scripts = scripts;
  }

  /** Plays these scripts; there must be no connection more. */
  public static ScriptedCentral playing(Script... scripts) throws IOException {
    List<Script> each = List.of(scripts);
    return start(connection -> {
      if (connection >= each.size()) {
        throw new AssertionError("a connection after the last script");
      }
      return each.get(connection);
    });
  }

  /** Plays the same for each connection. */
  public static ScriptedCentral repeating(Script script) throws IOException {
    return start(connection -> script);
  }

  private static ScriptedCentral start(IntFunction<Script> scripts) throws IOException {
    ScriptedCentral central =
        new ScriptedCentral(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), scripts);
    central.thread.start();
    return central;
  }

  /** A port of loopback on which nobody listens. */
  public static int unusedPort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      return taken.getLocalPort();
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections there were. */
  public int connections() {
    return connections.get();
  }

  /** From now on nobody can connect. */
  public void stopListening() throws IOException {
    listener.close();
  }

  private void serve() {
    try {
      while (true) {
        try (Socket socket = listener.accept()) {
          connected = socket;
          scripts.apply(connections.getAndIncrement()).play(new Peer(socket));
        }
      }
    } catch (SocketException closed) {
      if (!listener.isClosed()) {
        failure = closed;
      }
    } catch (Throwable wrong) {
      failure = wrong;
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    Socket socket = connected;
    if (socket != null) {
      socket.close();
    }
    try {
      if (!thread.join(LIMIT)) {
        throw new AssertionError("the script still runs after " + LIMIT);
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
    if (failure != null) {
      throw new AssertionError("the script was not played", failure);
    }
  }
}
