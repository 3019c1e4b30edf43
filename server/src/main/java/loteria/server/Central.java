package loteria.server;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import loteria.runtime.BadSettingException;
import loteria.runtime.Version;
import loteria.server.status.StatusServer;
import loteria.server.status.SyncTimes;
import org.jspecify.annotations.Nullable;

/** The whole central: what it is made of, and in which order it ends. */
final class Central implements AutoCloseable {
  private final Directory directory;
  private final LedgerThread ledger;
  private final Listener listener;
  private final ControlSocket control;
  private final @Nullable StatusServer status;
  private final ServerLog log;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Central(
      Directory directory,
      LedgerThread ledger,
      Listener listener,
      ControlSocket control,
      @Nullable StatusServer status,
      ServerLog log) {
    this.directory = directory;
    this.ledger = ledger;
    this.listener = listener;
    this.control = control;
    this.status = status;
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
    Figures figures = new Figures(settings.agencies());
    OpenConnections connections = new OpenConnections();
    SyncTimes syncs = new SyncTimes();
    ServerSocket serverSocket = settings.bind();
    @Nullable StatusServer status = null;
    try {
      figures.starting();
      StatusSource source =
          new StatusSource(
              Version.ofThisProgram().number(),
              figures,
              connections,
              syncs,
              InstantSource.system());
      Optional<ServerSocket> bound = settings.bindStatus(log);
      if (bound.isPresent()) {
        status =
            StatusServer.start(
                bound.get(), source, settings.statusNames(), StatusServer.Deadlines.DEFAULT);
      }
      Ledger ledger = open(new TimedDirectory(directory, syncs), figures, settings, log);
      figures.started();
      LedgerThread ledgerThread = LedgerThread.start(ledger, log, halt);
      log.listening(serverSocket);
      if (gate == null && !serverSocket.getInetAddress().isLoopbackAddress()) {
        log.trustingTheNetwork(serverSocket);
      }
      Listener listener =
          Listener.start(serverSocket, gate, ledgerThread, connections, deadlines, log);
      ControlSocket control = ControlSocket.start(settings.dataDirectory(), ledgerThread, log);
      return new Central(directory, ledgerThread, listener, control, status, log);
    } catch (BadSettingException | IOException | RuntimeException failed) {
      serverSocket.close();
      if (status != null) {
        status.close();
        log.statusClosed();
      }
      throw failed;
    }
  }

  private static Ledger open(
      Directory directory, Figures figures, CentralSettings settings, ServerLog log)
      throws BadSettingException, IOException {
    try {
      return Ledger.open(directory, figures, settings.number(), settings.window(), log);
    } catch (UnexpectedAgencyException unexpected) {
      throw settings.refuseAgencies(unexpected);
    }
  }

  /** The port that is listened on. */
  int port() {
    return listener.port();
  }

  /**
   * Ends in order (docs/CONCURRENCY.md): nobody new, what was handed over is answered, everybody is
   * told, all is closed and logged; the status says so until then. Idempotent.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      ledger.draining();
      listener.close();
      ledger.close();
      control.close();
      listener.closeConnections();
      if (status != null) {
        status.close();
        log.statusClosed();
      }
      directory.close();
      log.stopped();
    } catch (IOException failed) {
      log.stopFailed(failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
