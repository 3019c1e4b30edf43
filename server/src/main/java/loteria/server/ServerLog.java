package loteria.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import loteria.journal.DataDirectory;
import loteria.journal.Recovery;
import loteria.journal.StorageFullException;
import loteria.lottery.ClosingReason;
import loteria.lottery.Lottery;
import loteria.lottery.Refusal;
import loteria.lottery.Seal;
import loteria.runtime.Failures;
import loteria.runtime.log.Level;
import loteria.runtime.log.LogBuffer;
import loteria.runtime.log.LogLines;
import loteria.runtime.log.Result;
import loteria.runtime.settings.BadSettingException;
import loteria.runtime.settings.HostPort;
import loteria.server.status.Status;
import loteria.tls.BadTlsFileException;
import loteria.tls.Tls;
import org.jspecify.annotations.Nullable;

/**
 * The central's log lines, a method each. Those that a stranger can cause are limited ({@link
 * LogLimit}), each kind by itself. Thread-safe.
 */
public final class ServerLog implements Tls.Listener {
  private final LogLines lines;
  private final AgencyNames names;
  private final LogLines.Alike received;
  private final LogLimit connections;
  private final LogLimit texts;
  private final LogLimit refusals;
  private final LongSupplier nanoTime;
  private volatile boolean lastAcceptedLogged = true;

  /** The central's lines among these. */
  public ServerLog(LogLines lines) {
    this(lines, AgencyNames.NONE, System::nanoTime);
  }

  /** The same log, which tells people the names of agencies too. */
  ServerLog with(AgencyNames given) {
    return new ServerLog(lines, given, nanoTime);
  }

  /** As {@link #ServerLog(LogLines)}, with a clock like {@link System#nanoTime()}. */
  public ServerLog(LogLines lines, LongSupplier nanoTime) {
    this(lines, AgencyNames.NONE, nanoTime);
  }

  private ServerLog(LogLines lines, AgencyNames names, LongSupplier nanoTime) {
    this.lines = lines;
    this.names = names;
    this.nanoTime = nanoTime;
    this.connections = new LogLimit(nanoTime);
    this.texts = new LogLimit(nanoTime);
    this.refusals = new LogLimit(nanoTime);
    this.received = lines.alike(Level.INFO, "apuesta_recibida", Result.SUCCESS, "cantidad");
  }

  /** How the log itself is. */
  public Status.Log status() {
    return new Status.Log(lines.isStalled(), lines.dropped());
  }

  /** Whether the echo's peers should wait until the log is read: see {@link LogBuffer}. */
  public boolean isCrowded() {
    return lines.isCrowded();
  }

  /** Whether uploads should wait until the log is read: see {@link LogBuffer}. */
  public boolean isFull() {
    return lines.isFull();
  }

  private boolean allows(LogLimit limit, String ip) {
    boolean allowed = limit.allows(ip);
    leftOut(limit.takeLeftOut(false));
    return allowed;
  }

  /** Without certificates whoever reaches the port may say that he is the agency. */
  private boolean allows(LogLimit limit, int agency) {
    return allows(limit, "agency " + agency);
  }

  private void leftOut(long count) {
    if (count > 0) {
      lines.warning("limit_log_lines", Result.SUCCESS, "lines_left_out", count);
    }
  }

  public void config(CentralSettings settings) {
    lines.debug(
        "config",
        Result.SUCCESS,
        "port",
        settings.port(),
        "listen_backlog",
        settings.value(CentralSettings.LISTEN_BACKLOG),
        "logging_level",
        settings.value(CentralSettings.LOGGING_LEVEL));
  }

  public void badSetting(BadSettingException refused) {
    lines.error("config", Result.FAIL, "error", refused.getMessage());
  }

  /** Something about the settings that changes nothing, and is probably a mistake. */
  public void configWarning(String warning) {
    lines.warning("config", Result.IN_PROGRESS, "error", warning);
  }

  public void startFailed(IOException why) {
    lines.error("start", Result.FAIL, "error", why.getMessage());
  }

  /** What cannot be has happened; where, as far as a line has room. */
  public void crashed(Throwable impossible) {
    String at = Arrays.toString(impossible.getStackTrace());
    lines.error("start", Result.FAIL, "error", impossible, "at", at);
  }

  public void recovered(Recovery recovery, long bets) {
    if (recovery.tornBytes() > 0) {
      lines.warning("truncate_journal", Result.SUCCESS, "bytes", recovery.tornBytes());
    }
    lines.info("open_journal", Result.SUCCESS, "records", recovery.records(), "bets", bets);
  }

  public void journalClosed() {
    lines.info("close_journal", Result.SUCCESS);
  }

  public void listening(InetSocketAddress socket) {
    lines.info("listen", Result.SUCCESS, "ip", ip(socket), "port", socket.getPort());
  }

  private static String ip(InetSocketAddress socket) {
    return socket.getAddress().getHostAddress();
  }

  /** A file of people's data was open to others. */
  public void restricted(DataDirectory.Restricted restricted) {
    Object[] pairs = {"file", restricted.file(), "permissions_before", restricted.permissions()};
    lines.warning("restrict_file", Result.SUCCESS, pairs);
  }

  public void openDirectory(DataDirectory directory, String permissions) {
    String warning =
        "others than its owner can take away what is in it, and put in its place what they like";
    Object[] pairs = {"directory", directory, "permissions", permissions, "warning", warning};
    lines.warning("open_directory", Result.SUCCESS, pairs);
  }

  public void trustingTheNetwork(InetSocketAddress socket) {
    String warning = "whoever reaches the port can speak for an agency (docs/SECURITY.md)";
    lines.warning("listen_without_tls", Result.SUCCESS, "ip", ip(socket), "warning", warning);
  }

  @Override
  public void certificatesUsed(Instant validUntil) {
    boolean soon = validUntil.isBefore(Instant.now().plus(30, ChronoUnit.DAYS));
    Level level = soon ? Level.WARNING : Level.INFO;
    lines.write(level, "read_certificates", Result.SUCCESS, "valid_until", validUntil);
  }

  @Override
  public void certificatesNotUsed(BadTlsFileException why) {
    String error = why.getMessage() + "; the former ones hold";
    lines.error("read_certificates", Result.FAIL, "error", error);
  }

  /** A peer that is not let in; {@code count} of them were not since the start. */
  public void notAdmitted(String ip, String why, long count) {
    if (allows(refusals, ip)) {
      lines.warning("tls_handshake", Result.FAIL, "ip", ip, "error", why, "count", count);
    }
  }

  public void listenerClosed() {
    lines.info("close_listener", Result.SUCCESS);
  }

  public void statusServed(InetSocketAddress socket) {
    lines.info("status", Result.SUCCESS, "ip", ip(socket), "port", socket.getPort());
    if (!socket.getAddress().isLoopbackAddress()) {
      String warning =
          "whoever reaches the port reads the status, which is plain HTTP without a password";
      lines.warning("status_for_all", Result.SUCCESS, "ip", ip(socket), "warning", warning);
    }
  }

  /** Nobody has asked for that address: the central goes on without. */
  public void statusNotServed(HostPort address, IOException why) {
    String error = String.valueOf(why.getMessage());
    Object[] pairs = {"ip", address.host(), "port", address.port(), "error", error};
    lines.warning("status", Result.FAIL, pairs);
  }

  public void statusClosed() {
    lines.info("close_status", Result.SUCCESS);
  }

  public void accepting() {
    if (lastAcceptedLogged) {
      lines.info("accept_connections", Result.IN_PROGRESS);
    }
  }

  /** Whether it is logged: only then is its {@link #connectionClosed}. */
  public boolean accepted(String ip) {
    boolean logged = allows(connections, ip);
    lastAcceptedLogged = logged;
    if (logged) {
      lines.info("accept_connections", Result.SUCCESS, "ip", ip);
    }
    return logged;
  }

  public void acceptFailed(IOException why) {
    lines.error("accept_connections", Result.FAIL, "error", why.getMessage());
  }

  public void connectionClosed(String ip) {
    lines.info("close_connection", Result.SUCCESS, "ip", ip);
  }

  public void messageReceived(String ip, String message) {
    if (allows(texts, ip)) {
      lines.info("receive_message", Result.SUCCESS, "ip", ip, "msg", message);
    }
  }

  public void garbage(String ip, String what) {
    if (allows(refusals, ip)) {
      lines.warning("receive_message", Result.FAIL, "ip", ip, "error", what);
    }
  }

  /** Batches, finishes and closings of one group are durable: their lines go out together. */
  public void group(Consumer<Group> write) {
    lines.together(several -> write.accept(new Group(several, names, received)));
  }

  /** The lines of one group. */
  public static final class Group {
    private final LogLines lines;
    private final AgencyNames names;
    private final LogLines.Alike received;

    private Group(LogLines lines, AgencyNames names, LogLines.Alike received) {
      this.lines = lines;
      this.names = names;
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
      lines.info(
          "finish_agency",
          Result.SUCCESS,
          and("name", names.of(agency), "agency", agency, "bets", bets));
    }

    /** An operator has closed an agency. */
    public void closed(int agency, long bets, ClosingReason reason) {
      lines.info(
          "close_agency",
          Result.SUCCESS,
          and("name", names.of(agency), "agency", agency, "bets", bets, "reason", reason));
    }
  }

  public void batchRefused(int agency, int bets, Refusal refusal, String reason) {
    if (allows(refusals, agency)) {
      Object[] pairs = {"cantidad", bets, "agency", agency, "error", refusal + ": " + reason};
      lines.warning("apuesta_recibida", Result.FAIL, and("name", names.of(agency), pairs));
    }
  }

  public void refused(int agency, Refusal refusal, String reason) {
    if (allows(refusals, agency)) {
      lines.error(
          "refuse",
          Result.FAIL,
          and("name", names.of(agency), "agency", agency, "error", refusal + ": " + reason));
    }
  }

  public void refused(String ip, int agency, Refusal refusal, String reason) {
    if (allows(refusals, ip)) {
      String error = refusal + ": " + reason;
      lines.warning("receive_message", Result.FAIL, "ip", ip, "agency", agency, "error", error);
    }
  }

  /** The connection of an agency is carried to the central that has it. */
  public void relayed(int agency, String owner) {
    lines.debug("relay", Result.IN_PROGRESS, "agency", agency, "to", owner);
  }

  /** The central that has an agency cannot be reached, or is lost: the agency comes back. */
  public void notRelayed(int agency, String owner, String why) {
    if (allows(refusals, owner)) {
      lines.warning("relay", Result.FAIL, "agency", agency, "to", owner, "error", why);
    }
  }

  public void fenced(int agency) {
    if (allows(refusals, agency)) {
      lines.info(
          "replace_session", Result.SUCCESS, and("name", names.of(agency), "agency", agency));
    }
  }

  public void storageFull(StorageFullException full) {
    lines.error("store_bets", Result.FAIL, "error", full.getMessage());
  }

  /** An operator's drawing has changed nothing. */
  public void drawingRefused(String why) {
    lines.warning("hold_draw", Result.FAIL, "error", why);
  }

  /** An operator's closing has changed nothing. */
  public void closingRefused(String why) {
    lines.warning("close_agency", Result.FAIL, "error", why);
  }

  public void controlOpened(Path socket) {
    lines.info("open_control", Result.SUCCESS, "socket", socket);
  }

  public void controlClosed() {
    lines.info("close_control", Result.SUCCESS);
  }

  /** There is no control socket, or nobody can be accepted there: the central goes on. */
  public void controlFailed(Path socket, Exception why) {
    lines.warning("open_control", Result.FAIL, "socket", socket, "error", why.getMessage());
  }

  public void missing(List<Integer> agencies) {
    if (!agencies.isEmpty()) {
      List<String> named = agencies.stream().filter(names::has).map(this::numberAndName).toList();
      String known = named.isEmpty() ? null : String.join(", ", named);
      Object[] pairs = and("names", known, "missing", inOneValue(agencies));
      lines.info("await_agencies", Result.IN_PROGRESS, pairs);
    }
  }

  private String numberAndName(int agency) {
    return agency + " " + names.of(agency);
  }

  public void sealed(Lottery.Sealed sealed) {
    sealed("seal_bets", sealed);
  }

  /** At a start: the bets were sealed before it. */
  public void sealedBefore(Lottery.Sealed sealed) {
    sealed("recover_seal", sealed);
  }

  private void sealed(String action, Lottery.Sealed sealed) {
    Seal seal = sealed.seal();
    String closed = seal.closed().isEmpty() ? null : inOneValue(seal.closed());
    Object[] pairs = {"bets", seal.bets(), "sha256", seal.sha256(), "sealed_at", sealed.at()};
    lines.info(action, Result.SUCCESS, and("closed", closed, pairs));
  }

  /** The bets are sealed, and an operator is to say the number. */
  public void awaitingNumber() {
    lines.info(
        "await_number", Result.IN_PROGRESS, "hint", "loteria draw --number N DIR holds the draw");
  }

  private static String inOneValue(List<Integer> agencies) {
    return agencies.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  public void drawn(Lottery.Drawn drawn) {
    lines.info("sorteo", Result.SUCCESS);
    drawn("hold_draw", drawn, null);
  }

  /** At a start: the draw was held before it, and the lottery is over. */
  public void drawnBefore(Lottery.Drawn drawn) {
    drawn(
        "recover_draw",
        drawn,
        "this lottery is over: a new one needs a directory, or with --kafka a name, of its own");
  }

  private void drawn(String action, Lottery.Drawn drawn, @Nullable String hint) {
    Object[] pairs = {"number", drawn.number(), "winners", drawn.winners(), "drawn_at", drawn.at()};
    lines.info(action, Result.SUCCESS, and("hint", hint, pairs));
  }

  /** These pairs, and one more if it has a value. */
  private static Object[] and(String key, @Nullable Object value, Object... pairs) {
    if (value == null) {
      return pairs;
    }
    Object[] all = Arrays.copyOf(pairs, pairs.length + 2);
    all[pairs.length] = key;
    all[pairs.length + 1] = value;
    return all;
  }

  public void stopped() {
    leftOut(connections.takeLeftOut(true) + texts.takeLeftOut(true) + refusals.takeLeftOut(true));
    lines.info("shutdown", Result.SUCCESS);
  }

  public void stopFailed(IOException why) {
    lines.error("shutdown", Result.FAIL, "error", why.getMessage());
  }

  /** Something is wrong with where a shared lottery is kept. */
  public void unsafeLog(String wrong) {
    lines.error("check_topic", Result.FAIL, "error", wrong);
  }

  /** All is well again. */
  public void safeLog() {
    lines.info("check_topic", Result.SUCCESS);
  }

  /** For whoever writes lines of its own. */
  LogLines lines() {
    return lines;
  }

  /** The loop or the log has failed: the process is about to halt. */
  public void halting(Throwable why) {
    Object error = why instanceof IOException failed ? Failures.oneLine(failed) : why;
    lines.write(Level.CRITICAL, "ledger", Result.FAIL, "error", error);
  }
}
