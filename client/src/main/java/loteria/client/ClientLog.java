package loteria.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import loteria.lottery.AgencyState;
import loteria.protocol.Message;
import loteria.runtime.BadSettingException;
import loteria.runtime.HostPort;
import loteria.runtime.LogLines;
import loteria.runtime.Result;
import org.jspecify.annotations.Nullable;

/** The agency's log lines, a method each. Thread-safe. */
final class ClientLog {
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
    lines.info(
        "config",
        Result.SUCCESS,
        "client_id",
        id,
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
    fail("config", String.valueOf(refused.getMessage()));
  }

  /** Something about the settings that changes nothing, and is probably a mistake. */
  void configWarning(String warning) {
    lines.warning("config", Result.IN_PROGRESS, "client_id", id, "error", warning);
  }

  void messageReceived(String message) {
    lines.info("receive_message", Result.SUCCESS, "client_id", id, "msg", message);
  }

  void messageFailed(IOException why) {
    fail("receive_message", String.valueOf(why.getMessage()));
  }

  void loopFinished() {
    lines.info("loop_finished", Result.SUCCESS, "client_id", id);
  }

  void betSent(OneBet bet) {
    lines.info("apuesta_enviada", Result.SUCCESS, "dni", bet.document(), "numero", bet.number());
  }

  void uploaded(long bets) {
    lines.info("upload_bets", Result.SUCCESS, "client_id", id, "bets", bets);
  }

  /** An upload that takes long: how far it is. */
  void progress(Progress.State state) {
    lines.info(
        "progress",
        Result.IN_PROGRESS,
        "client_id",
        id,
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
                "client_id",
                id,
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
    lines.info("check_seal", Result.SUCCESS, pairs.toArray());
  }

  void notSealed(AgencyState own, Message.SealReceipt receipt) {
    fail(
        "check_seal",
        "the seal has %d bets of this agency, of checksum %08x; it has sent %d, of checksum %08x"
            .formatted(receipt.bets(), receipt.checksum(), own.next(), own.checksum()));
  }

  void winners(long count) {
    lines.info("consulta_ganadores", Result.SUCCESS, "cant_ganadores", count);
  }

  void connectionClosed() {
    lines.info("close_connection", Result.SUCCESS, "client_id", id);
  }

  void betsClosed() {
    lines.info("close_bets", Result.SUCCESS, "client_id", id);
  }

  /** A signal has ended the program: its last line, which says if it was not done. */
  void stopped(boolean done) {
    if (done) {
      lines.info("shutdown", Result.SUCCESS, "client_id", id);
    } else {
      lines.info("shutdown", Result.SUCCESS, "client_id", id, "stopped", "before it was done");
    }
  }

  /** After a connection was lost, or attempts that failed: how many bets are stored. */
  void connected(HostPort address, long bets) {
    lines.info("connect", Result.SUCCESS, "client_id", id, "server_address", address, "bets", bets);
  }

  /** The central has refused a row that was not checked here; that is not the end yet. */
  void notChecked(Message.Refused refused) {
    lines.warning(
        "check_bets",
        Result.IN_PROGRESS,
        "client_id",
        id,
        "bets",
        refused.next(),
        "error",
        "the central refuses a row: ".concat(refused.reason()));
  }

  void waitingForTheDraw() {
    lines.info("wait_draw", Result.IN_PROGRESS, "client_id", id);
  }

  void winnersUnwritable(WinnersFile.UnwritableException why) {
    fail("write_winners", String.valueOf(why.getMessage()));
  }

  /** An attempt that did not succeed: nothing has failed as long as there is patience. */
  void retrying(HostPort address, String why, Duration wait) {
    lines.warning(
        "connect",
        Result.IN_PROGRESS,
        "client_id",
        id,
        "server_address",
        address,
        "error",
        why,
        "retry_ms",
        wait.toMillis());
  }

  /** None of them serves. */
  void unreachable(Addresses addresses, String why) {
    lines.error(
        "connect",
        Result.FAIL,
        "client_id",
        id,
        "server_address",
        addresses,
        "error",
        "patience is over: " + why);
  }

  /** Neither of the two sides will believe the other next time. */
  void untrusted(HostPort address, String why) {
    lines.error("connect", Result.FAIL, "client_id", id, "server_address", address, "error", why);
  }

  void certificatesNotUsed(@Nullable String why) {
    fail("read_certificates", why + "; the former ones hold");
  }

  void refused(Message.Refused refused) {
    fail(
        "apuesta_enviada",
        "the central refuses: %s: %s%s"
            .formatted(
                refused.refusal(),
                refused.row() == 0 ? "" : "bet %d of the batch: ".formatted(refused.row()),
                refused.reason()));
  }

  void conflict(String reason) {
    fail("apuesta_enviada", "CONFLICT: " + reason);
  }

  void badRow(BadRowException row) {
    lines.error(
        "read_bets",
        Result.FAIL,
        "client_id",
        id,
        "file",
        row.source(),
        "line",
        row.line(),
        "field",
        row.field(),
        "error",
        row.reason());
  }

  void betsUnreadable(BetsUnreadableException why) {
    fail("read_bets", String.valueOf(why.getMessage()));
  }

  /** What cannot be has happened; where, as far as a line has room. */
  void crashed(Throwable impossible) {
    lines.error(
        "run",
        Result.FAIL,
        "client_id",
        id,
        "error",
        impossible,
        "at",
        Arrays.toString(impossible.getStackTrace()));
  }

  private void fail(String action, String error) {
    lines.error(action, Result.FAIL, "client_id", id, "error", error);
  }
}
