package loteria.client;

import java.util.List;
import loteria.lottery.Share;
import loteria.protocol.Message;

/** How an upload ends. */
public sealed interface Outcome {
  /** The bets are stored; the draw was not asked for. */
  record Stored() implements Outcome {}

  /**
   * The draw was held.
   *
   * @param included what of the sealed bets is this agency's: just what it has sent
   * @param documents the documents of this agency's winning bets
   */
  record Drawn(Message.Included included, List<String> documents) implements Outcome {
    public Drawn {
      documents = List.copyOf(documents);
    }
  }

  /** The draw was held, and what the seal has of this agency is not what it has sent. */
  record NotSealed(Share own, Share sealed) implements Outcome {}

  /** The central has refused. */
  record Refused(Message.Refused refusal) implements Outcome {}

  /** The agency's bets are not those that the central has of it: nothing was sent. */
  record Conflict(String reason) implements Outcome {}

  /** What precedes the bad row is stored; nothing after it was sent. */
  record BadRow(BadRowException row) implements Outcome {}
}
