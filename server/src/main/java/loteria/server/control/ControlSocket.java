package loteria.server.control;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import loteria.server.ServerLog;
import loteria.server.ledger.Ledgers;
import loteria.server.operator.Answer;
import loteria.server.operator.Request;
import org.jspecify.annotations.Nullable;

/**
 * The operator's way to the ledger: a Unix domain socket in the data directory, for its owner
 * alone. One operator after the other says one {@link Request} and hears one {@link Answer}, when
 * it is durable; or asks for the {@link Health} of the central.
 *
 * <p>A thread of its own opens it, so that nobody waits for that, and a central that cannot have it
 * goes on without.
 */
public final class ControlSocket implements AutoCloseable {
  /** How long an operator may take to ask, and to hear. */
  static final long EXCHANGE_MILLIS = 5_000;

  /** How long the ledger may take: a slow disk is slow. */
  static final long LEDGER_MILLIS = 60_000;

  /** How long whoever is just answered has, at the end. */
  private static final Duration CLOSE = Duration.ofMillis(100);

  /** How long to wait when the process has no file descriptor left for an operator. */
  private static final long ACCEPT_RETRY_MILLIS = 100;

  private static final Answer GOING_DOWN = new Answer.Refused("the central is going down");

  private final Path directory;
  private final Consumer<Consumer<Ledgers>> ledger;
  private final ServerLog log;
  private final Thread thread = Thread.ofPlatform().name("control").unstarted(this::run);
  private final CompletableFuture<Answer> goingDown = new CompletableFuture<>();

  // What close() has to close: the thread sets them, and then looks whether it is closed.
  private volatile @Nullable ServerSocketChannel socket;
  private volatile @Nullable TimedChannel operator;
  private volatile boolean closed;

  private ControlSocket(Path directory, Consumer<Consumer<Ledgers>> ledger, ServerLog log) {
    this.directory = directory;
    this.ledger = ledger;
    this.log = log;
  }

  /**
   * Starts the thread, which opens the socket.
   *
   * @param directory the data directory, which the caller holds
   */
  public static ControlSocket start(
      Path directory, Consumer<Consumer<Ledgers>> ledger, ServerLog log) {
    ControlSocket started = new ControlSocket(directory, ledger, log);
    started.thread.start();
    return started;
  }

  private void run() {
    try (ControlPath path = ControlPath.of(directory);
        ServerSocketChannel made = open(path)) {
      log.controlOpened(directory.resolve(ControlPath.NAME));
      serve(made);
      Files.deleteIfExists(path.socket());
      log.controlClosed();
    } catch (IOException | UnsupportedOperationException failed) {
      log.controlFailed(directory.resolve(ControlPath.NAME), failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Makes the socket where only its owner can see it, and gives it its name when it is his alone.
   * What a central that was killed has left is replaced.
   */
  private static ServerSocketChannel open(ControlPath path) throws IOException {
    ServerSocketChannel made = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      Files.deleteIfExists(path.unfinishedSocket());
      Files.deleteIfExists(path.unfinished());
      Files.createDirectory(
          path.unfinished(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      made.bind(UnixDomainSocketAddress.of(path.unfinishedSocket()));
      Files.setPosixFilePermissions(
          path.unfinishedSocket(), PosixFilePermissions.fromString("rw-------"));
      Files.move(path.unfinishedSocket(), path.socket(), StandardCopyOption.ATOMIC_MOVE);
      Files.delete(path.unfinished());
      return made;
    } catch (IOException | RuntimeException failed) {
      made.close();
      throw failed;
    }
  }

  private void serve(ServerSocketChannel made) throws InterruptedException {
    socket = made;
    while (!closed) {
      try (TimedChannel accepted = new TimedChannel(accept(made))) {
        operator = accepted;
        converse(accepted);
      } catch (IOException _) {
        // The operator has left, or the central is going down.
      }
      operator = null;
    }
  }

  private SocketChannel accept(ServerSocketChannel made) throws IOException, InterruptedException {
    while (true) {
      try {
        return made.accept();
      } catch (IOException failed) {
        if (closed) {
          throw failed;
        }
        log.controlFailed(directory.resolve(ControlPath.NAME), failed);
        Thread.sleep(ACCEPT_RETRY_MILLIS);
      }
    }
  }

  private void converse(TimedChannel operator) throws IOException, InterruptedException {
    String line = operator.read(Request.LINE_BYTES_MAX, false, EXCHANGE_MILLIS);
    if (line.equals(Health.QUESTION + '\n')) {
      operator.write(Health.ANSWER, EXCHANGE_MILLIS);
    } else if (line.endsWith("\n")) {
      Answer answer = answer(line.substring(0, line.length() - 1));
      operator.write(AnswerLines.of(answer), EXCHANGE_MILLIS);
    }
  }

  private Answer answer(String line) throws InterruptedException {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    try {
      Request request = Request.parse(line);
      ledger.accept(served -> served.ask(request, answer::complete));
      var _ = CompletableFuture.anyOf(answer, goingDown).get(LEDGER_MILLIS, TimeUnit.MILLISECONDS);
      return answer.getNow(GOING_DOWN);
    } catch (IllegalArgumentException wrong) {
      return new Answer.Refused(String.valueOf(wrong.getMessage()));
    } catch (TimeoutException _) {
      return new Answer.Refused(
          "the ledger took longer than %d s: say it again to be told what became of it"
              .formatted(TimeUnit.MILLISECONDS.toSeconds(LEDGER_MILLIS)));
    } catch (ExecutionException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /**
   * Answers who is being answered, and takes the socket away. To be called when the ledger has
   * ended and before the directory is given back. Idempotent.
   */
  @Override
  public void close() throws IOException {
    goingDown.complete(GOING_DOWN);
    closed = true;
    close(socket);
    try {
      if (!thread.join(CLOSE)) {
        close(operator);
        var _ = thread.join(CLOSE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(@Nullable Closeable held) throws IOException {
    if (held != null) {
      held.close();
    }
  }
}
