package loteria.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import loteria.lottery.Bet;
import loteria.lottery.Draw;
import loteria.lottery.Lottery;
import loteria.runtime.BadSettingException;
import loteria.runtime.Level;
import loteria.runtime.Setting;
import loteria.runtime.Settings;
import loteria.runtime.SettingsFile;
import loteria.runtime.UsageException;
import loteria.server.status.StatusServer;
import loteria.tls.TlsFiles;
import loteria.tls.TlsSettings;
import org.jspecify.annotations.Nullable;

/**
 * The central's settings: the course's, from {@code config.ini}, and its own, which never stand
 * there.
 */
final class CentralSettings {
  private static final Setting<Integer> PORT =
      Setting.integer("server_port", "SERVER_PORT", "--server-port", "12345", 0, 65_535)
          .meaning("port to listen on; 0 is any free one");

  /**
   * The name by which agencies know the central. It is in the course's file, and nothing depends on
   * it.
   */
  private static final Setting<String> IP =
      Setting.text("server_ip", "SERVER_IP", "--server-ip", "server", 0, 255)
          .meaning("name by which agencies know the central; nothing depends on it");

  private static final Setting<Integer> LISTEN_BACKLOG =
      Setting.integer(
              "server_listen_backlog",
              "SERVER_LISTEN_BACKLOG",
              "--server-listen-backlog",
              "5",
              1,
              65_535)
          .meaning("connections that may wait to be accepted");

  private static final Setting<Level> LOGGING_LEVEL =
      Setting.level("logging_level", "LOGGING_LEVEL", "--logging-level", "INFO")
          .meaning("least level of a log line");

  private static final Setting<Integer> AGENCIES =
      Setting.integer(null, "LOTERIA_AGENCIES", "--agencies", "5", 1, Lottery.AGENCIES_MAX)
          .meaning("agencies that the draw waits for");

  private static final Setting<Integer> NUMBER =
      Setting.integer(
              null, "LOTERIA_NUMBER", "--number", Integer.toString(Draw.NUMBER), 0, Bet.NUMBER_MAX)
          .meaning("winning number");

  /** How many batches an agency may have under way: 1 is to wait for each answer. */
  private static final Setting<Integer> WINDOW =
      Setting.integer(
              null, "LOTERIA_WINDOW", "--window", Integer.toString(Ledger.WINDOW), 1, Ledger.WINDOW)
          .meaning("batches that an agency may have under way");

  private static final Setting<Path> DATA_DIRECTORY =
      Setting.path(null, "LOTERIA_DATA_DIRECTORY", "--data-directory", "./datos")
          .meaning("where the journal and the sealed bets are kept");

  /** The address to listen on; 0.0.0.0 is all of them. */
  private static final Setting<String> BIND =
      Setting.text(null, "LOTERIA_BIND", "--bind", "0.0.0.0", 1, 255)
          .meaning("address to listen on; 0.0.0.0 is all of them");

  /** Where those who look after the central see its status; a port 0 is any free one. */
  private static final Setting<Optional<StatusAddress>> STATUS =
      new Setting<>(
              null,
              "LOTERIA_STATUS",
              "--status",
              "127.0.0.1:12380",
              StatusAddress.ALLOWED,
              StatusAddress::parse)
          .meaning("where its status is shown, as host:port, or off");

  /** A browser that is led here by another name is not answered. */
  private static final Setting<Set<String>> STATUS_NAMES =
      new Setting<>(
              null,
              "LOTERIA_STATUS_NAMES",
              "--status-names",
              "",
              StatusAddress.NAMES_ALLOWED,
              StatusAddress::names)
          .meaning("host names by which its status may be asked for, besides localhost");

  private static final Setting<Path> CONFIG =
      Setting.path(null, "LOTERIA_CONFIG", "--config", "./config.ini")
          .meaning("settings file; at the default place it may be missing");

  static final List<Setting<?>> ALL =
      TlsSettings.and(
          PORT,
          IP,
          LISTEN_BACKLOG,
          LOGGING_LEVEL,
          AGENCIES,
          NUMBER,
          WINDOW,
          DATA_DIRECTORY,
          BIND,
          STATUS,
          STATUS_NAMES,
          CONFIG);

  private final Settings settings;

  private CentralSettings(Settings settings) {
    this.settings = settings;
  }

  static CentralSettings read(String[] arguments, Map<String, String> environment)
      throws UsageException, BadSettingException {
    return new CentralSettings(
        Settings.read(ALL, arguments, environment, CONFIG, SettingsFile.Format.INI));
  }

  int port() {
    return settings.value(PORT);
  }

  int listenBacklog() {
    return settings.value(LISTEN_BACKLOG);
  }

  Level loggingLevel() {
    return settings.value(LOGGING_LEVEL);
  }

  int agencies() {
    return settings.value(AGENCIES);
  }

  int number() {
    return settings.value(NUMBER);
  }

  int window() {
    return settings.value(WINDOW);
  }

  Path dataDirectory() {
    return settings.value(DATA_DIRECTORY);
  }

  Directory takeDirectory() throws BadSettingException {
    try {
      return FileDirectory.take(dataDirectory());
    } catch (IOException unusable) {
      throw refuse(DATA_DIRECTORY, unusable);
    }
  }

  ServerSocket bind() throws BadSettingException {
    InetSocketAddress address = new InetSocketAddress(settings.value(BIND), port());
    if (address.isUnresolved()) {
      throw settings.refusal(BIND, "is not an address of this machine");
    }
    try {
      return Listener.bind(address, listenBacklog());
    } catch (IOException unusable) {
      throw refuse(isHere(address.getAddress()) ? PORT : BIND, unusable);
    }
  }

  /**
   * Binds the port of the status, if there is to be one. That the port of the default is not to be
   * had is only logged: nobody has asked for it.
   */
  Optional<ServerSocket> bindStatus(ServerLog log) throws BadSettingException {
    Optional<StatusAddress> wanted = settings.value(STATUS);
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    StatusAddress status = wanted.get();
    InetSocketAddress address = new InetSocketAddress(status.host(), status.port());
    if (address.isUnresolved()) {
      throw settings.refusal(STATUS, "is not an address of this machine");
    }
    try {
      ServerSocket socket = StatusServer.bind(address);
      log.statusServed(socket);
      return Optional.of(socket);
    } catch (IOException unusable) {
      if (settings.isDefault(STATUS)) {
        log.statusNotServed(status, unusable);
        return Optional.empty();
      }
      throw refuse(STATUS, unusable);
    }
  }

  Set<String> statusNames() {
    return settings.value(STATUS_NAMES);
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

  BadSettingException refuseAgencies(UnexpectedAgencyException unexpected) {
    return refuse(AGENCIES, unexpected);
  }

  /**
   * By which agencies have to come in; null if the network is trusted.
   *
   * @throws BadSettingException if TLS is asked for and cannot be had
   */
  @Nullable TlsGate gate(ServerLog log) throws BadSettingException {
    Optional<TlsFiles> files = TlsSettings.files(settings);
    return files.isEmpty() ? null : TlsGate.open(files.get(), log, settings);
  }

  private BadSettingException refuse(Setting<?> setting, IOException why) {
    BadSettingException refusal = settings.refusal(setting, "cannot be: " + why.getMessage());
    refusal.initCause(why);
    return refusal;
  }
}
