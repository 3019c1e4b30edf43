package loteria.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import loteria.journal.DataDirectory;
import loteria.journal.Recovery;
import loteria.journal.StorageFullException;
import loteria.lottery.Reason;
import loteria.lottery.Refusal;
import loteria.lottery.Seal;
import loteria.runtime.BadSettingException;
import loteria.runtime.HostPort;
import loteria.runtime.Level;
import loteria.runtime.LogLines;
import loteria.runtime.Result;
import org.jspecify.annotations.Nullable;

/** The central's log lines, a method each. Thread-safe. */
public final class ServerLog {
  private final LogLines lines;
  private final LogLines.Alike received;

  /** The central's lines among these. */
  public ServerLog(LogLines lines) {
    this.lines = lines;
    this.received = lines.alike(Level.INFO, "apuesta_recibida", Result.SUCCESS, "cantidad");
  }

  public void config(CentralSettings settings) {
    lines.debug(
        "config",
        Result.SUCCESS,
        "port",
        settings.port(),
        "listen_backlog",
        settings.listenBacklog(),
        "logging_level",
        settings.loggingLevel());
  }

  public void badSetting(BadSettingException refused) {
    lines.error("config", Result.FAIL, "error", String.valueOf(refused.getMessage()));
  }

  /** Something about the settings that changes nothing, and is probably a mistake. */
  public void configWarning(String warning) {
    lines.warning("config", Result.IN_PROGRESS, "error", warning);
  }

  public void startFailed(IOException why) {
    lines.error("start", Result.FAIL, "error", String.valueOf(why.getMessage()));
  }

  /** What cannot be has happened; where, as far as a line has room. */
  public void crashed(Throwable impossible) {
    lines.error(
        "start",
        Result.FAIL,
        "error",
        impossible,
        "at",
        Arrays.toString(impossible.getStackTrace()));
  }

  public void recovered(Recovery recovery, long bets) {
    if (recovery.tornBytes() > 0) {
      lines.warning("truncate_journal", Result.SUCCESS, "bytes", recovery.tornBytes());
    }
    lines.info("open_journal", Result.SUCCESS, "records", recovery.records(), "cantidad", bets);
  }

  public void journalClosed() {
    lines.info("close_journal", Result.SUCCESS);
  }

  public void listening(InetSocketAddress socket) {
    lines.info(
        "listen",
        Result.SUCCESS,
        "ip",
        socket.getAddress().getHostAddress(),
        "port",
        socket.getPort());
  }

  /** A file of people's data was open to others. */
  public void restricted(DataDirectory.Restricted restricted) {
    lines.warning(
        "restrict_file",
        Result.SUCCESS,
        "file",
        restricted.file(),
        "permissions_before",
        restricted.permissions());
  }

  public void openDirectory(DataDirectory directory, String permissions) {
    lines.warning(
        "open_directory",
        Result.SUCCESS,
        "directory",
        directory,
        "permissions",
        permissions,
        "warning",
        "others than its owner can take away what is in it, and put in its place what they like");
  }

  public void trustingTheNetwork(InetSocketAddress socket) {
    lines.warning(
        "listen_without_tls",
        Result.SUCCESS,
        "ip",
        socket.getAddress().getHostAddress(),
        "warning",
        "whoever reaches the port can speak for an agency (docs/SECURITY.md)");
  }

  public void certificatesUsed(Instant validUntil) {
    boolean soon = validUntil.isBefore(Instant.now().plus(30, ChronoUnit.DAYS));
    lines.write(
        soon ? Level.WARNING : Level.INFO,
        "read_certificates",
        Result.SUCCESS,
        "valid_until",
        validUntil);
  }

  public void certificatesNotUsed(@Nullable String why) {
    lines.error("read_certificates", Result.FAIL, "error", why + "; the former ones hold");
  }

  /** A peer that is not let in; {@code count} of them were not since the start. */
  public void notAdmitted(String ip, String why, long count) {
    lines.warning("tls_handshake", Result.FAIL, "ip", ip, "error", why, "count", count);
  }

  public void listenerClosed() {
    lines.info("close_listener", Result.SUCCESS);
  }

  public void statusServed(InetSocketAddress socket) {
    lines.info(
        "status",
        Result.SUCCESS,
        "ip",
        socket.getAddress().getHostAddress(),
        "port",
        socket.getPort());
  }

  /** Nobody has asked for that address: the central goes on without. */
  public void statusNotServed(HostPort address, IOException why) {
    lines.warning(
        "status",
        Result.FAIL,
        "ip",
        address.host(),
        "port",
        address.port(),
        "error",
        String.valueOf(why.getMessage()));
  }

  public void statusClosed() {
    lines.info("close_status", Result.SUCCESS);
  }

  public void accepting() {
    lines.info("accept_connections", Result.IN_PROGRESS);
  }

  public void accepted(String ip) {
    lines.info("accept_connections", Result.SUCCESS, "ip", ip);
  }

  public void acceptFailed(IOException why) {
    lines.error("accept_connections", Result.FAIL, "error", String.valueOf(why.getMessage()));
  }

  public void connectionClosed(String ip) {
    lines.info("close_connection", Result.SUCCESS, "ip", ip);
  }

  public void messageReceived(String ip, String message) {
    lines.info("receive_message", Result.SUCCESS, "ip", ip, "msg", message);
  }

  public void garbage(String ip, String what) {
    lines.warning("receive_message", Result.FAIL, "ip", ip, "error", what);
  }

  /** Batches, finishes and closings of one group are durable: their lines go out together. */
  public void group(Consumer<Group> write) {
    lines.together(several -> write.accept(new Group(several, received)));
  }

  /** The lines of one group. */
  public static final class Group {
    private final LogLines lines;
    private final LogLines.Alike received;

    private Group(LogLines lines, LogLines.Alike received) {
      this.lines = lines;
      this.received = received;
    }

    /** A batch of so many bets is stored. */
    public void received(int bets) {
      lines.write(received, bets);
    }

    /** The one bet of a batch is stored. */
    public void stored(String document, int number) {
      lines.info("apuesta_almacenada", Result.SUCCESS, "dni", document, "numero", number);
    }

    /** An agency has finished. */
    public void finished(int agency, long bets) {
      lines.info("agencia_finalizada", Result.SUCCESS, "agencia", agency, "cantidad", bets);
    }

    /** An operator has closed an agency. */
    public void closed(int agency, long bets, Reason reason) {
      lines.info(
          "cerrar_agencia", Result.SUCCESS, "agencia", agency, "cantidad", bets, "motivo", reason);
    }
  }

  public void batchRefused(int agency, int bets, Refusal refusal, String reason) {
    lines.warning(
        "apuesta_recibida",
        Result.FAIL,
        "cantidad",
        bets,
        "agencia",
        agency,
        "error",
        refusal + ": " + reason);
  }

  public void refused(int agency, Refusal refusal, String reason) {
    lines.error("refuse", Result.FAIL, "agencia", agency, "error", refusal + ": " + reason);
  }

  public void refused(String ip, int agency, Refusal refusal, String reason) {
    lines.warning(
        "receive_message",
        Result.FAIL,
        "ip",
        ip,
        "agencia",
        agency,
        "error",
        refusal + ": " + reason);
  }

  public void fenced(int agency) {
    lines.info("reemplazar_sesion", Result.SUCCESS, "agencia", agency);
  }

  public void storageFull(StorageFullException full) {
    lines.error("almacenar", Result.FAIL, "error", String.valueOf(full.getMessage()));
  }

  /** An operator's closing has changed nothing. */
  public void closingRefused(String why) {
    lines.warning("cerrar_agencia", Result.FAIL, "error", why);
  }

  public void controlOpened(Path socket) {
    lines.info("open_control", Result.SUCCESS, "socket", socket);
  }

  public void controlClosed() {
    lines.info("close_control", Result.SUCCESS);
  }

  /** There is no control socket, or nobody can be accepted there: the central goes on. */
  public void controlFailed(Path socket, Exception why) {
    lines.warning(
        "open_control", Result.FAIL, "socket", socket, "error", String.valueOf(why.getMessage()));
  }

  public void missing(List<Integer> agencies) {
    if (!agencies.isEmpty()) {
      lines.info("esperar_agencias", Result.IN_PROGRESS, "faltan", inOneValue(agencies));
    }
  }

  public void sealed(Seal seal) {
    if (seal.closed().isEmpty()) {
      lines.info("sellado", Result.SUCCESS, "cantidad", seal.bets(), "sha256", seal.sha256());
    } else {
      lines.info(
          "sellado",
          Result.SUCCESS,
          "cantidad",
          seal.bets(),
          "sha256",
          seal.sha256(),
          "cerradas",
          inOneValue(seal.closed()));
    }
  }

  private static String inOneValue(List<Integer> agencies) {
    return agencies.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  public void drawn() {
    lines.info("sorteo", Result.SUCCESS);
  }

  public void stopped() {
    lines.info("shutdown", Result.SUCCESS);
  }

  public void stopFailed(IOException why) {
    lines.error("shutdown", Result.FAIL, "error", String.valueOf(why.getMessage()));
  }

  /** The ledger's thread has failed: the process is about to halt. */
  public void halting(Throwable why) {
    lines.write(Level.CRITICAL, "ledger", Result.FAIL, "error", String.valueOf(why));
  }
}
