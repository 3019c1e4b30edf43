package loteria.server;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import loteria.journal.Recovery;
import loteria.journal.StorageFullException;
import loteria.lottery.Refusal;
import loteria.lottery.Seal;
import loteria.protocol.BetCursor;
import loteria.protocol.Message;
import loteria.runtime.BadSettingException;
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

  void config(CentralSettings settings) {
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

  void badSetting(BadSettingException refused) {
    lines.error("config", Result.FAIL, "error", String.valueOf(refused.getMessage()));
  }

  void startFailed(IOException why) {
    lines.error("start", Result.FAIL, "error", String.valueOf(why.getMessage()));
  }

  /** What cannot be has happened; where, as far as a line has room. */
  void crashed(Throwable impossible) {
    lines.error(
        "start",
        Result.FAIL,
        "error",
        impossible,
        "at",
        Arrays.toString(impossible.getStackTrace()));
  }

  void recovered(Recovery recovery, long bets) {
    if (recovery.tornBytes() > 0) {
      lines.warning("truncate_journal", Result.SUCCESS, "bytes", recovery.tornBytes());
    }
    lines.info("open_journal", Result.SUCCESS, "records", recovery.records(), "cantidad", bets);
  }

  void journalClosed() {
    lines.info("close_journal", Result.SUCCESS);
  }

  void listening(ServerSocket socket) {
    lines.info(
        "listen",
        Result.SUCCESS,
        "ip",
        socket.getInetAddress().getHostAddress(),
        "port",
        socket.getLocalPort());
  }

  /** A file of people's data was open to others. */
  void restricted(Path file, String permissions) {
    lines.warning("restrict_file", Result.SUCCESS, "file", file, "permissions_before", permissions);
  }

  void notRestricted(Path file, IOException why) {
    lines.warning(
        "restrict_file", Result.FAIL, "file", file, "error", String.valueOf(why.getMessage()));
  }

  void openDirectory(Path directory, String permissions) {
    lines.warning(
        "open_directory",
        Result.SUCCESS,
        "directory",
        directory,
        "permissions",
        permissions,
        "warning",
        "others than its owner can take away what is in it");
  }

  void trustingTheNetwork(ServerSocket socket) {
    lines.warning(
        "listen_without_tls",
        Result.SUCCESS,
        "ip",
        socket.getInetAddress().getHostAddress(),
        "warning",
        "whoever reaches the port can speak for an agency (docs/SECURITY.md)");
  }

  void certificatesUsed(Instant validUntil) {
    boolean soon = validUntil.isBefore(Instant.now().plus(30, ChronoUnit.DAYS));
    lines.write(
        soon ? Level.WARNING : Level.INFO,
        "read_certificates",
        Result.SUCCESS,
        "valid_until",
        validUntil);
  }

  void certificatesNotUsed(@Nullable String why) {
    lines.error("read_certificates", Result.FAIL, "error", why + "; the former ones hold");
  }

  /** A peer that is not let in; {@code count} of them were not since the start. */
  void notAdmitted(String ip, String why, long count) {
    lines.warning("tls_handshake", Result.FAIL, "ip", ip, "error", why, "count", count);
  }

  void listenerClosed() {
    lines.info("close_listener", Result.SUCCESS);
  }

  void statusServed(ServerSocket socket) {
    lines.info(
        "status",
        Result.SUCCESS,
        "ip",
        socket.getInetAddress().getHostAddress(),
        "port",
        socket.getLocalPort());
    if (!socket.getInetAddress().isLoopbackAddress()) {
      lines.warning(
          "status_for_all",
          Result.SUCCESS,
          "ip",
          socket.getInetAddress().getHostAddress(),
          "warning",
          "whoever reaches the port reads the status, which is plain HTTP without a password");
    }
  }

  /** Nobody has asked for that address: the central goes on without. */
  void statusNotServed(StatusAddress address, IOException why) {
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

  void statusClosed() {
    lines.info("close_status", Result.SUCCESS);
  }

  void accepting() {
    lines.info("accept_connections", Result.IN_PROGRESS);
  }

  void accepted(String ip) {
    lines.info("accept_connections", Result.SUCCESS, "ip", ip);
  }

  void acceptFailed(IOException why) {
    lines.error("accept_connections", Result.FAIL, "error", String.valueOf(why.getMessage()));
  }

  void connectionClosed(String ip) {
    lines.info("close_connection", Result.SUCCESS, "ip", ip);
  }

  void messageReceived(String ip, String message) {
    lines.info("receive_message", Result.SUCCESS, "ip", ip, "msg", message);
  }

  void garbage(String ip, String what) {
    lines.warning("receive_message", Result.FAIL, "ip", ip, "error", what);
  }

  /** Entries of agencies and operators are durable. */
  void stored(List<? extends Message.Entry> entries) {
    lines.together(several -> entries.forEach(entry -> stored(entry, several)));
  }

  private void stored(Message.Entry entry, LogLines lines) {
    switch (entry) {
      case Message.Batch batch -> stored(batch, lines);
      case Message.Finish finish ->
          lines.info(
              "agencia_finalizada",
              Result.SUCCESS,
              "agencia",
              finish.agency(),
              "cantidad",
              finish.total());
      case Message.Closed closed ->
          lines.info(
              "cerrar_agencia",
              Result.SUCCESS,
              "agencia",
              closed.agency(),
              "cantidad",
              closed.bets(),
              "motivo",
              closed.reason());
      case Message.Sealed _, Message.Drawn _ -> throw new AssertionError(entry);
    }
  }

  private void stored(Message.Batch batch, LogLines lines) {
    if (batch.bets().count() == 1) {
      BetCursor bet = batch.bets().cursor();
      boolean found = bet.next();
      assert found;
      lines.info(
          "apuesta_almacenada", Result.SUCCESS, "dni", bet.document(), "numero", bet.number());
    }
    lines.write(received, batch.bets().count());
  }

  void batchRefused(int agency, int bets, Refusal refusal, String reason) {
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

  void refused(int agency, Refusal refusal, String reason) {
    lines.error("refuse", Result.FAIL, "agencia", agency, "error", refusal + ": " + reason);
  }

  void refused(String ip, int agency, Refusal refusal, String reason) {
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

  void fenced(int agency) {
    lines.info("reemplazar_sesion", Result.SUCCESS, "agencia", agency);
  }

  void storageFull(StorageFullException full) {
    lines.error("almacenar", Result.FAIL, "error", String.valueOf(full.getMessage()));
  }

  /** An operator's closing has changed nothing. */
  void closingRefused(String why) {
    lines.warning("cerrar_agencia", Result.FAIL, "error", why);
  }

  void controlOpened(Path socket) {
    lines.info("open_control", Result.SUCCESS, "socket", socket);
  }

  void controlClosed() {
    lines.info("close_control", Result.SUCCESS);
  }

  /** There is no control socket, or nobody can be accepted there: the central goes on. */
  void controlFailed(Path socket, Exception why) {
    lines.warning(
        "open_control", Result.FAIL, "socket", socket, "error", String.valueOf(why.getMessage()));
  }

  void missing(List<Integer> agencies) {
    if (!agencies.isEmpty()) {
      lines.info("esperar_agencias", Result.IN_PROGRESS, "faltan", inOneValue(agencies));
    }
  }

  void sealed(Seal seal) {
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

  void drawn() {
    lines.info("sorteo", Result.SUCCESS);
  }

  void stopped() {
    lines.info("shutdown", Result.SUCCESS);
  }

  void stopFailed(IOException why) {
    lines.error("shutdown", Result.FAIL, "error", String.valueOf(why.getMessage()));
  }

  /** The ledger's thread has failed: the process is about to halt. */
  void halting(Throwable why) {
    lines.write(Level.CRITICAL, "ledger", Result.FAIL, "error", String.valueOf(why));
  }
}
