package loteria.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import loteria.client.bets.BadRowException;
import loteria.client.bets.BetsFile;
import loteria.client.bets.OneBet;
import loteria.client.connection.Addresses;
import loteria.client.connection.Dialer;
import loteria.lottery.AgencyState;
import loteria.protocol.Message;
import loteria.runtime.log.Level;
import loteria.runtime.log.LogLines;
import loteria.runtime.log.Result;
import loteria.runtime.settings.BadSettingException;
import loteria.runtime.settings.HostPort;
import org.jspecify.annotations.Nullable;

/** The agency's log lines, a method each. Thread-safe. */
final class ClientLog implements Dialer.Log {
  private final LogLines lines;
  private final String id;

  /**
   * Log lines of an agency.
   *
   * @param id the agency's number, or "-" while it is not known
   */
  ClientLog(LogLines lines, String id) {
    this.lines = lines;
    this.id = id;
  }

  void config(AgencySettings settings) {
    success(
        "config",
        "server_address",
        settings.addresses(),
        "loop_amount",
        settings.loopAmount(),
        "loop_period",
        settings.loopPeriodWritten(),
        "log_level",
        settings.logLevelWritten());
  }

  void badSetting(BadSettingException refused) {
    fail("config", "error", refused.getMessage());
  }

  /** Something about the settings that changes nothing, and is probably a mistake. */
  void configWarning(String warning) {
    log(Level.WARNING, "config", Result.IN_PROGRESS, "error", warning);
  }

  void messageReceived(String message) {
    success("receive_message", "msg", message);
  }

  void messageFailed(IOException why) {
    fail("receive_message", "error", why.getMessage());
  }

  void loopFinished() {
    success("loop_finished");
  }

  void betSent(OneBet bet) {
    lines.info("apuesta_enviada", Result.SUCCESS, "dni", bet.document(), "numero", bet.number());
  }

  void uploaded(long bets) {
    success("upload_bets", "bets", bets);
  }

  /** An upload that takes long: how far it is. */
  void progress(Progress.State state) {
    log(
        Level.INFO,
        "progress",
        Result.IN_PROGRESS,
        "bets",
        state.acked(),
        "percent",
        state.percent(),
        "per_second",
        state.perSecond(),
        "seconds_left",
        state.secondsLeft());
  }

  /**
   * What the seal has of this agency's bets is what was sent; and which agencies it is without, if
   * there are such.
   */
  void sealed(Message.SealReceipt receipt) {
    List<Object> pairs =
        new ArrayList<>(
            List.of(
                "bets",
                receipt.bets(),
                "crc32c",
                HexFormat.of().toHexDigits(receipt.checksum()),
                "sha256",
                receipt.seal().sha256()));
    if (!receipt.seal().closed().isEmpty()) {
      pairs.add("closed");
      pairs.add(
          receipt.seal().closed().stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    success("check_seal", pairs.toArray());
  }

  void notSealed(AgencyState own, Message.SealReceipt receipt) {
    fail(
        "check_seal",
        "error",
        "the seal has %d bets of this agency, of checksum %08x; it has sent %d, of checksum %08x"
            .formatted(receipt.bets(), receipt.checksum(), own.next(), own.checksum()));
  }

  void winners(long count) {
    lines.info("consulta_ganadores", Result.SUCCESS, "cant_ganadores", count);
  }

  void connectionClosed() {
    success("close_connection");
  }

  void betsClosed() {
    success("close_bets");
  }

  /** A signal has ended the program: its last line, which says if it was not done. */
  void stopped(boolean done) {
    if (done) {
      success("shutdown");
    } else {
      success("shutdown", "stopped", "before it was done");
    }
  }

  /** After a connection was lost, or attempts that failed: how many bets are stored. */
  void connected(HostPort address, long bets) {
    success("connect", "server_address", address, "bets", bets);
  }

  /** The central has refused a row that was not checked here; that is not the end yet. */
  void notChecked(Message.Refused refused) {
    log(
        Level.WARNING,
        "check_bets",
        Result.IN_PROGRESS,
        "bets",
        refused.next(),
        "error",
        "the central refuses a row: ".concat(refused.reason()));
  }

  void waitingForTheDraw() {
    log(Level.INFO, "wait_draw", Result.IN_PROGRESS);
  }

  void winnersUnwritable(WinnersFile.UnwritableException why) {
    fail("write_winners", "error", why.getMessage());
  }

  @Override
  public void retrying(HostPort address, String why, Duration wait) {
    log(
        Level.WARNING,
        "connect",
        Result.IN_PROGRESS,
        "server_address",
        address,
        "error",
        why,
        "retry_ms",
        wait.toMillis());
  }

  @Override
  public void unreachable(Addresses addresses, String why) {
    fail("connect", "server_address", addresses, "error", "patience is over: " + why);
  }

  /** Neither of the two sides will believe the other next time. */
  void untrusted(HostPort address, String why) {
    fail("connect", "server_address", address, "error", why);
  }

  void certificatesNotUsed(@Nullable String why) {
    fail("read_certificates", "error", why + "; the former ones hold");
  }

  void refused(Message.Refused refused) {
    fail(
        "apuesta_enviada",
        "error",
        "the central refuses: %s: %s%s"
            .formatted(
                refused.refusal(),
                refused.row() == 0 ? "" : "bet %d of the batch: ".formatted(refused.row()),
                refused.reason()));
  }

  void conflict(String reason) {
    fail("apuesta_enviada", "error", "CONFLICT: " + reason);
  }

  void badRow(BadRowException row) {
    fail(
        "read_bets",
        "file",
        row.source(),
        "line",
        row.line(),
        "field",
        row.field(),
        "error",
        row.reason());
  }

  void betsUnreadable(BetsFile.UnreadableException why) {
    fail("read_bets", "error", why.getMessage());
  }

  /** What cannot be has happened; where, as far as a line has room. */
  void crashed(Throwable impossible) {
    fail("run", "error", impossible, "at", Arrays.toString(impossible.getStackTrace()));
  }

  private void success(String action, @Nullable Object... pairs) {
    log(Level.INFO, action, Result.SUCCESS, pairs);
  }

  private void fail(String action, @Nullable Object... pairs) {
    log(Level.ERROR, action, Result.FAIL, pairs);
  }

  /** A line that begins with the agency's number. */
  private void log(Level level, String action, Result result, @Nullable Object... pairs) {
    @Nullable Object[] all = new @Nullable Object[pairs.length + 2];
    all[0] = "client_id";
    all[1] = id;
    System.arraycopy(pairs, 0, all, 2, pairs.length);
    lines.write(level, action, result, all);
  }
}
