package loteria.server;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import loteria.journal.Recovery;
import loteria.journal.StorageFullException;
import loteria.lottery.Refusal;
import loteria.lottery.Seal;
import loteria.protocol.BetCursor;
import loteria.protocol.Message;
import loteria.runtime.BadSettingException;
import loteria.runtime.Level;
import loteria.runtime.LogBuffer;
import loteria.runtime.LogLines;
import loteria.runtime.Result;
import org.jspecify.annotations.Nullable;

/**
 * The central's log lines, a method each. Those that a stranger can cause are limited ({@link
 * LogLimit}), each kind by itself. Thread-safe.
 */
public final class ServerLog {
  private final LogLines lines;
  private final LogLines.Alike received;
  private final LogLimit connections;
  private final LogLimit texts;
  private final LogLimit refusals;
  private volatile boolean lastAcceptedLogged = true;

  /** The central's lines among these. */
  public ServerLog(LogLines lines) {
    this(lines, System::nanoTime);
  }

  /** As {@link #ServerLog(LogLines)}, with a clock like {@link System#nanoTime()}. */
  ServerLog(LogLines lines, LongSupplier nanoTime) {
    this.lines = lines;
    this.connections = new LogLimit(nanoTime);
    this.texts = new LogLimit(nanoTime);
    this.refusals = new LogLimit(nanoTime);
    this.received = lines.alike(Level.INFO, "apuesta_recibida", Result.SUCCESS, "cantidad");
  }

  /** How the log itself is. */
  Status.Log status() {
    return new Status.Log(lines.isStalled(), lines.dropped());
  }

  /** Whether the echo's peers should wait until the log is read: see {@link LogBuffer}. */
  boolean isCrowded() {
    return lines.isCrowded();
  }

  /** Whether uploads should wait until the log is read: see {@link LogBuffer}. */
  boolean isFull() {
    return lines.isFull();
  }

  private boolean allows(LogLimit limit, String ip) {
    boolean allowed = limit.allows(ip);
    leftOut(limit.takeLeftOut(false));
    return allowed;
  }

  private void leftOut(long count) {
    if (count > 0) {
      lines.warning("limit_log_lines", Result.SUCCESS, "lines_left_out", count);
    }
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
    lines.info("open_journal", Result.SUCCESS, "records", recovery.records(), "bets", bets);
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
    if (allows(refusals, ip)) {
      lines.warning("tls_handshake", Result.FAIL, "ip", ip, "error", why, "count", count);
    }
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
    if (lastAcceptedLogged) {
      lines.info("accept_connections", Result.IN_PROGRESS);
    }
  }

  /** Whether it is logged: only then is its {@link #connectionClosed}. */
  boolean accepted(String ip) {
    boolean logged = allows(connections, ip);
    lastAcceptedLogged = logged;
    if (logged) {
      lines.info("accept_connections", Result.SUCCESS, "ip", ip);
    }
    return logged;
  }

  void acceptFailed(IOException why) {
    lines.error("accept_connections", Result.FAIL, "error", String.valueOf(why.getMessage()));
  }

  void connectionClosed(String ip) {
    lines.info("close_connection", Result.SUCCESS, "ip", ip);
  }

  void messageReceived(String ip, String message) {
    if (allows(texts, ip)) {
      lines.info("receive_message", Result.SUCCESS, "ip", ip, "msg", message);
    }
  }

  void garbage(String ip, String what) {
    if (allows(refusals, ip)) {
      lines.warning("receive_message", Result.FAIL, "ip", ip, "error", what);
    }
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
              "finish_agency", Result.SUCCESS, "agency", finish.agency(), "bets", finish.total());
      case Message.Closed closed ->
          lines.info(
              "close_agency",
              Result.SUCCESS,
              "agency",
              closed.agency(),
              "bets",
              closed.bets(),
              "reason",
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
        "agency",
        agency,
        "error",
        refusal + ": " + reason);
  }

  void refused(int agency, Refusal refusal, String reason) {
    lines.error("refuse", Result.FAIL, "agency", agency, "error", refusal + ": " + reason);
  }

  void refused(String ip, int agency, Refusal refusal, String reason) {
    if (!allows(refusals, ip)) {
      return;
    }
    lines.warning(
        "receive_message",
        Result.FAIL,
        "ip",
        ip,
        "agency",
        agency,
        "error",
        refusal + ": " + reason);
  }

  void fenced(int agency) {
    lines.info("replace_session", Result.SUCCESS, "agency", agency);
  }

  void storageFull(StorageFullException full) {
    lines.error("store_bets", Result.FAIL, "error", String.valueOf(full.getMessage()));
  }

  /** An operator's closing has changed nothing. */
  void closingRefused(String why) {
    lines.warning("close_agency", Result.FAIL, "error", why);
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
      lines.info("await_agencies", Result.IN_PROGRESS, "missing", inOneValue(agencies));
    }
  }

  void sealed(Seal seal) {
    if (seal.closed().isEmpty()) {
      lines.info("seal_bets", Result.SUCCESS, "bets", seal.bets(), "sha256", seal.sha256());
    } else {
      lines.info(
          "seal_bets",
          Result.SUCCESS,
          "bets",
          seal.bets(),
          "sha256",
          seal.sha256(),
          "closed",
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
    leftOut(connections.takeLeftOut(true) + texts.takeLeftOut(true) + refusals.takeLeftOut(true));
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
