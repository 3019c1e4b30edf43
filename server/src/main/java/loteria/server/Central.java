package loteria.server;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicBoolean;
import loteria.runtime.BadSettingException;
import org.jspecify.annotations.Nullable;

/** The whole central: what it is made of, and in which order it ends. */
final class Central implements AutoCloseable {
  private final Directory directory;
  private final LedgerThread ledger;
  private final Listener listener;
  private final ControlSocket control;
  private final ServerLog log;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Central(
      Directory directory,
      LedgerThread ledger,
      Listener listener,
      ControlSocket control,
      ServerLog log) {
    this.directory = directory;
    this.ledger = ledger;
    this.listener = listener;
    this.control = control;
    this.log = log;
  }

  /**
   * Takes the directory, binds the address, recovers what the journal says, and serves.
   *
   * @throws BadSettingException if a setting asks for what cannot be had
   * @throws IOException if the journal cannot be gone on with; it says why
   */
  static Central start(CentralSettings settings, ServerLog log, LedgerThread.Halt halt)
      throws BadSettingException, IOException {
    return start(settings, Deadlines.DEFAULT, log, halt);
  }

  /** As {@link #start(CentralSettings, ServerLog, LedgerThread.Halt)}, with other deadlines. */
  static Central start(
      CentralSettings settings, Deadlines deadlines, ServerLog log, LedgerThread.Halt halt)
      throws BadSettingException, IOException {
    Directory directory = settings.takeDirectory();
    OwnerOnly.restrict(settings.dataDirectory(), log);
    try {
      return start(directory, settings, deadlines, log, halt);
    } catch (BadSettingException | IOException | RuntimeException failed) {
      directory.close();
      throw failed;
    }
  }

  private static Central start(
      Directory directory,
      CentralSettings settings,
      Deadlines deadlines,
      ServerLog log,
      LedgerThread.Halt halt)
      throws BadSettingException, IOException {
    @Nullable TlsGate gate = settings.gate(log);
    ServerSocket serverSocket = settings.bind();
    try {
      Ledger ledger =
          Ledger.open(directory, settings.agencies(), settings.number(), settings.window(), log);
      LedgerThread ledgerThread = LedgerThread.start(ledger, log, halt);
      log.listening(serverSocket);
      if (gate == null && !serverSocket.getInetAddress().isLoopbackAddress()) {
        log.trustingTheNetwork(serverSocket);
      }
      Listener listener = Listener.start(serverSocket, gate, ledgerThread, deadlines, log);
      ControlSocket control = ControlSocket.start(settings.dataDirectory(), ledgerThread, log);
      return new Central(directory, ledgerThread, listener, control, log);
    } catch (UnexpectedAgencyException unexpected) {
      serverSocket.close();
      throw settings.refuseAgencies(unexpected);
    } catch (IOException | RuntimeException failed) {
      serverSocket.close();
      throw failed;
    }
  }

  /** The port that is listened on. */
  int port() {
    return listener.port();
  }

  /**
   * Ends in order (docs/CONCURRENCY.md): nobody new, what was handed over is answered, everybody is
   * told, all is closed and logged. Idempotent.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      listener.close();
      ledger.close();
      control.close();
      listener.closeConnections();
      directory.close();
      log.stopped();
    } catch (IOException failed) {
      log.stopFailed(failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
