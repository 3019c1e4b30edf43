package loteria.client.upload;

import loteria.client.bets.BadRowException;
import loteria.lottery.AgencyState;
import loteria.protocol.Message;

/** How an upload ends. */
public sealed interface Outcome {
  /** The bets are stored; the draw was not asked for. */
  record Stored() implements Outcome {}

  /**
   * The draw was held.
   *
   * @param receipt what of the sealed bets is this agency's: just what it has sent
   * @param winners how many of this agency's bets have won; {@link WinnerDocuments} has them
   */
  record Drawn(Message.SealReceipt receipt, long winners) implements Outcome {}

  /** The draw was held, and what the seal has of this agency is not what it has sent. */
  record NotSealed(AgencyState own, Message.SealReceipt receipt) implements Outcome {}

  /** The central has refused. */
  record Refused(Message.Refused refusal) implements Outcome {}

  /**
   * The central has refused a row, and the rows were not checked here: come back, and {@link
   * Upload#goOnCarefully}. That is how the program learns line, field and reason, and stores all
   * that precedes the row.
   */
  record NotChecked(Message.Refused refusal) implements Outcome {}

  /** The agency's bets are not those that the central has of it, or has sealed. */
  record Conflict(String reason) implements Outcome {}

  /** What precedes the bad row is stored; nothing after it was sent. */
  record BadRow(BadRowException row) implements Outcome {}
}
