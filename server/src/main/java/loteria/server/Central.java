package loteria.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import loteria.journal.DataDirectory;
import loteria.kafka.options.KafkaOptions;
import loteria.lottery.Winners;
import loteria.runtime.Failures;
import loteria.runtime.Version;
import loteria.runtime.settings.BadSettingException;
import loteria.runtime.settings.HostPort;
import loteria.runtime.settings.Setting;
import loteria.server.control.ControlSocket;
import loteria.server.ledger.ContradictionException;
import loteria.server.ledger.Deadlines;
import loteria.server.ledger.Ledger;
import loteria.server.ledger.Ledgers;
import loteria.server.net.Loop;
import loteria.server.net.TlsGate;
import loteria.server.status.Status;
import loteria.server.status.StatusServer;
import loteria.server.status.SyncTimes;
import org.jspecify.annotations.Nullable;

/**
 * The whole central: what it is made of, and in which order it ends.
 *
 * <p>It is opened first and serves then, so that a signal at any moment after it has said that it
 * listens finds something to close. {@link #close} is for any thread.
 */
final class Central implements AutoCloseable {
  private final CentralSettings settings;
  private final DataDirectory directory;
  private final Loop loop;
  private final Ledgers ledgers;
  private final @Nullable SharedCentral shared;
  private final @Nullable StatusServer status;
  private final Figures figures;
  private final int port;
  private final ServerLog log;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private @Nullable ControlSocket control;
  private boolean closed;

  private Central(
      CentralSettings settings,
      DataDirectory directory,
      Loop loop,
      Ledgers ledgers,
      @Nullable SharedCentral shared,
      @Nullable StatusServer status,
      Figures figures,
      int port,
      ServerLog log) {
    this.settings = settings;
    this.directory = directory;
    this.loop = loop;
    this.ledgers = ledgers;
    this.shared = shared;
    this.status = status;
    this.figures = figures;
    this.port = port;
    this.log = log;
  }

  /**
   * Reads the files that the settings name, as a start does, and takes and binds nothing.
   *
   * @throws BadSettingException if a start would refuse one of them
   */
  static void check(CentralSettings settings, ServerLog log) throws BadSettingException {
    AgencyNames _ = settings.names();
    if (settings.tlsFiles().isPresent()) {
      TlsGate.open(settings, log).close();
    }
    if (settings.isShared()) {
      KafkaOptions _ = settings.kafka(settings.peer());
      SharedCentral.requireClient(settings);
    }
  }

  /**
   * Takes the directory, binds the address, and recovers what the journal says.
   *
   * @throws BadSettingException if a setting asks for what cannot be had
   * @throws IOException if the journal cannot be gone on with; it says why
   */
  static Central open(CentralSettings settings, ServerLog log, Loop.Halt halt)
      throws BadSettingException, IOException {
    return open(settings, Deadlines.DEFAULT, log, halt);
  }

  /** As {@link #open(CentralSettings, ServerLog, Loop.Halt)}, with other deadlines. */
  static Central open(CentralSettings settings, Deadlines deadlines, ServerLog log, Loop.Halt halt)
      throws BadSettingException, IOException {
    DataDirectory directory = takeDirectory(settings);
    try {
      directory.restricted().forEach(log::restricted);
      directory.openToOthers().ifPresent(mode -> log.openDirectory(directory, mode));
      return open(directory, settings, deadlines, log, halt);
    } catch (BadSettingException | IOException | RuntimeException failed) {
      directory.close();
      throw failed;
    }
  }

  private static Central open(
      DataDirectory directory,
      CentralSettings settings,
      Deadlines deadlines,
      ServerLog withoutNames,
      Loop.Halt halt)
      throws BadSettingException, IOException {
    AgencyNames names = settings.names();
    ServerLog log = withoutNames.with(names);
    @Nullable TlsGate gate = settings.tlsFiles().isEmpty() ? null : TlsGate.open(settings, log);
    Figures figures = new Figures(settings.agencies());
    SyncTimes syncs = new SyncTimes();
    ServerSocketChannel listener = bind(settings);
    @Nullable StatusServer status = null;
    @Nullable Loop loop = null;
    @Nullable SharedCentral shared = null;
    AtomicReference<@Nullable SharedCentral> shown = new AtomicReference<>();
    try {
      figures.starting();
      StatusSource source =
          new StatusSource(
              Version.ofThisProgram().number(),
              names,
              figures,
              syncs,
              log::status,
              () -> status(shown.get()),
              InstantSource.system());
      Optional<ServerSocketChannel> bound = bindStatus(settings, log);
      if (bound.isPresent()) {
        status =
            StatusServer.start(
                bound.get(),
                source,
                settings.value(CentralSettings.STATUS_NAMES),
                StatusServer.Deadlines.DEFAULT);
      }
      loop =
          new Loop(
              listener, gate, directory, deadlines, Loop.Bounds.DEFAULT, figures, syncs, log, halt);
      Ledgers ledgers;
      if (settings.isShared()) {
        shared =
            SharedCentral.open(
                settings,
                servePeers(settings, loop),
                directory,
                figures,
                rules(settings, loop),
                log,
                halt);
        shown.set(shared);
        ledgers = shared.lottery();
      } else {
        ledgers = open(directory, figures, settings, loop, log);
      }
      if (shared == null) { // else when the log was followed as far as it goes
        figures.started();
      }
      return new Central(
          settings, directory, loop, ledgers, shared, status, figures, loop.port(), log);
    } catch (BadSettingException | IOException | RuntimeException failed) {
      listener.close();
      if (loop != null) {
        loop.close();
      }
      if (status != null) {
        status.close();
        log.statusClosed();
      }
      throw failed;
    }
  }

  /** Says that it listens, and serves from then on; nothing if it was closed before. */
  void serve() throws IOException {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      InetSocketAddress address = new InetSocketAddress(settings.value(CentralSettings.BIND), port);
      log.config(settings);
      log.listening(address);
      if (settings.tlsFiles().isEmpty() && !address.getAddress().isLoopbackAddress()) {
        log.trustingTheNetwork(address);
      }
      loop.start(ledgers);
      if (shared != null) {
        shared.start();
      }
      control = ControlSocket.start(settings.dataDirectory(), loop::ask, log);
    } finally {
      lock.unlock();
    }
  }

  private static Ledger open(
      DataDirectory directory, Figures figures, CentralSettings settings, Loop loop, ServerLog log)
      throws BadSettingException, IOException {
    try {
      Ledger ledger = Ledger.open(directory, figures, rules(settings, loop), log);
      @Nullable Winners held = figures.winners();
      OptionalInt drawn = held == null ? OptionalInt.empty() : OptionalInt.of(held.number());
      settings.numberWarning(drawn).ifPresent(log::configWarning);
      return ledger;
    } catch (ContradictionException unexpected) {
      throw settings.refusal(unexpected);
    }
  }

  private static Ledger.Settings rules(CentralSettings settings, Loop loop) {
    return new Ledger.Settings(
        settings.number(),
        settings.value(CentralSettings.WINDOW),
        loop,
        InstantSource.system(),
        System::nanoTime);
  }

  private static Status.@Nullable Shared status(@Nullable SharedCentral shared) {
    return shared == null ? null : shared.status();
  }

  /** Listens where other centrals reach this one; where that is, with its port. */
  private static HostPort servePeers(CentralSettings settings, Loop loop)
      throws BadSettingException, IOException {
    HostPort peer = settings.peer();
    InetSocketAddress address = new InetSocketAddress(peer.host(), peer.port());
    if (address.isUnresolved()) {
      throw settings.refusal(CentralSettings.PEER_ADDRESS, "is not an address of this machine");
    }
    ServerSocketChannel peers;
    try {
      peers = bind(address, settings.value(CentralSettings.LISTEN_BACKLOG));
    } catch (IOException unusable) {
      throw refusal(settings, CentralSettings.PEER_ADDRESS, unusable);
    }
    loop.servePeers(peers); // which closes it
    return new HostPort(peer.host(), peers.socket().getLocalPort());
  }

  private static DataDirectory takeDirectory(CentralSettings settings) throws BadSettingException {
    try {
      return DataDirectory.take(settings.dataDirectory());
    } catch (IOException unusable) {
      throw refusal(settings, CentralSettings.DATA_DIRECTORY, unusable);
    }
  }

  static ServerSocketChannel bind(CentralSettings settings) throws BadSettingException {
    InetSocketAddress address =
        new InetSocketAddress(settings.value(CentralSettings.BIND), settings.port());
    if (address.isUnresolved()) {
      throw settings.refusal(CentralSettings.BIND, "is not an address of this machine");
    }
    try {
      return bind(address, settings.value(CentralSettings.LISTEN_BACKLOG));
    } catch (IOException unusable) {
      throw isHere(address.getAddress())
          ? refusal(settings, CentralSettings.PORT, unusable)
          : settings.refusal(CentralSettings.BIND, "is not an address of this machine");
    }
  }

  /**
   * Binds the port of the status, if there is to be one. That the port of the default is not to be
   * had is only logged: nobody has asked for it.
   */
  private static Optional<ServerSocketChannel> bindStatus(CentralSettings settings, ServerLog log)
      throws BadSettingException {
    Optional<HostPort> wanted = settings.value(CentralSettings.STATUS);
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    HostPort status = wanted.get();
    InetSocketAddress address = new InetSocketAddress(status.host(), status.port());
    if (address.isUnresolved()) {
      throw settings.refusal(CentralSettings.STATUS, "is not an address of this machine");
    }
    try {
      ServerSocketChannel socket = bind(address, StatusServer.BACKLOG);
      // Where it was asked for: the socket may name all addresses in the other family's form.
      log.statusServed(new InetSocketAddress(address.getAddress(), socket.socket().getLocalPort()));
      return Optional.of(socket);
    } catch (IOException unusable) {
      if (settings.all().isDefault(CentralSettings.STATUS)) {
        log.statusNotServed(status, unusable);
        return Optional.empty();
      }
      throw refusal(settings, CentralSettings.STATUS, unusable);
    }
  }

  static ServerSocketChannel bind(InetSocketAddress address, int backlog) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      // A central that was just killed leaves connections in TIME_WAIT.
      listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      return listener.bind(address, backlog);
    } catch (IOException | RuntimeException failed) {
      listener.close();
      throw failed;
    }
  }

  /** Whether this machine has the address. */
  private static boolean isHere(InetAddress address) {
    try {
      return address.isAnyLocalAddress()
          || address.isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException _) {
      return false;
    }
  }

  private static BadSettingException refusal(
      CentralSettings settings, Setting<?> setting, IOException why) {
    return settings.all().refusal(setting, "cannot be used: " + Failures.oneLine(why), why);
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
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      figures.draining();
      if (shared != null) {
        shared.close();
      }
      loop.close();
      if (control == null) {
        for (Ledger never : ledgers.here()) {
          never.close(); // it was never the loop's
        }
      } else {
        control.close();
      }
      if (status != null) {
        status.close();
        log.statusClosed();
      }
      directory.close();
      log.stopped();
    } catch (IOException failed) {
      log.stopFailed(failed);
    } finally {
      lock.unlock();
    }
  }
}
