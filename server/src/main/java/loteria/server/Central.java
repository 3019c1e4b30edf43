package loteria.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import loteria.journal.DataDirectory;
import loteria.runtime.BadSettingException;
import loteria.runtime.Version;
import loteria.server.control.ControlSocket;
import loteria.server.ledger.Deadlines;
import loteria.server.ledger.Ledger;
import loteria.server.ledger.UnexpectedAgencyException;
import loteria.server.net.Loop;
import loteria.server.net.TlsGate;
import org.jspecify.annotations.Nullable;

/** The whole central: what it is made of, and in which order it ends. */
final class Central implements AutoCloseable {
  private final DataDirectory directory;
  private final Loop loop;
  private final ControlSocket control;
  private final @Nullable StatusServer status;
  private final Figures figures;
  private final int port;
  private final ServerLog log;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Central(
      DataDirectory directory,
      Loop loop,
      ControlSocket control,
      @Nullable StatusServer status,
      Figures figures,
      int port,
      ServerLog log) {
    this.directory = directory;
    this.loop = loop;
    this.control = control;
    this.status = status;
    this.figures = figures;
    this.port = port;
    this.log = log;
  }

  /**
   * Takes the directory, binds the address, recovers what the journal says, and serves.
   *
   * @throws BadSettingException if a setting asks for what cannot be had
   * @throws IOException if the journal cannot be gone on with; it says why
   */
  static Central start(CentralSettings settings, ServerLog log, Loop.Halt halt)
      throws BadSettingException, IOException {
    return start(settings, Deadlines.DEFAULT, log, halt);
  }

  /** As {@link #start(CentralSettings, ServerLog, Loop.Halt)}, with other deadlines. */
  static Central start(CentralSettings settings, Deadlines deadlines, ServerLog log, Loop.Halt halt)
      throws BadSettingException, IOException {
    DataDirectory directory = settings.takeDirectory();
    try {
      directory.restricted().forEach(log::restricted);
      directory.openToOthers().ifPresent(mode -> log.openDirectory(directory, mode));
      return start(directory, settings, deadlines, log, halt);
    } catch (BadSettingException | IOException | RuntimeException failed) {
      directory.close();
      throw failed;
    }
  }

  private static Central start(
      DataDirectory directory,
      CentralSettings settings,
      Deadlines deadlines,
      ServerLog log,
      Loop.Halt halt)
      throws BadSettingException, IOException {
    @Nullable TlsGate gate = settings.gate(log);
    Figures figures = new Figures(settings.agencies());
    SyncTimes syncs = new SyncTimes();
    ServerSocketChannel listener = settings.bind();
    @Nullable StatusServer status = null;
    @Nullable Loop loop = null;
    try {
      figures.starting();
      StatusSource source =
          new StatusSource(
              Version.ofThisProgram().number(), figures, syncs, InstantSource.system());
      status =
          settings
              .bindStatus(log)
              .map(bound -> StatusServer.start(bound, source, StatusServer.Deadlines.DEFAULT, log))
              .orElse(null);
      loop = Loop.over(listener, gate, directory, deadlines, figures, syncs, log, halt);
      Ledger ledger = open(directory, figures, settings, loop, log);
      figures.started();
      InetSocketAddress address = settings.address(loop.port());
      log.listening(address);
      if (gate == null && !address.getAddress().isLoopbackAddress()) {
        log.trustingTheNetwork(address);
      }
      loop.start(ledger);
      ControlSocket control = ControlSocket.start(settings.dataDirectory(), loop::ask, log);
      return new Central(directory, loop, control, status, figures, address.getPort(), log);
    } catch (BadSettingException | IOException | RuntimeException failed) {
      listener.close();
      if (loop != null) {
        loop.close();
      }
      if (status != null) {
        status.close();
      }
      throw failed;
    }
  }

  private static Ledger open(
      DataDirectory directory, Figures figures, CentralSettings settings, Loop loop, ServerLog log)
      throws BadSettingException, IOException {
    try {
      return Ledger.open(
          directory,
          figures,
          new Ledger.Settings(
              settings.number(), settings.window(), loop, InstantSource.system(), System::nanoTime),
          log);
    } catch (UnexpectedAgencyException unexpected) {
      throw settings.refuseAgencies(unexpected);
    }
  }

  /** The port that is listened on. */
  int port() {
    return port;
  }

  /**
   * Ends in order (docs/CONCURRENCY.md): nobody new, what was decided is stored and answered,
   * everybody is told, all is closed and logged; the status says so until then. Idempotent.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      figures.draining();
      loop.close();
      control.close();
      if (status != null) {
        status.close();
      }
      directory.close();
      log.stopped();
    } catch (IOException failed) {
      log.stopFailed(failed);
    }
  }
}
