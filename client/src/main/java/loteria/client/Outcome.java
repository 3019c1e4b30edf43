package loteria.client;

import java.util.List;
import loteria.protocol.Message;

/** How an upload ends. */
public sealed interface Outcome {
  /** The bets are stored; the draw was not asked for. */
  record Stored() implements Outcome {}

  /**
   * The draw was held.
   *
   * @param documents the documents of this agency's winning bets
   */
  record Drawn(List<String> documents) implements Outcome {
    public Drawn {
      documents = List.copyOf(documents);
    }
  }

  /** The central has refused. */
  record Refused(Message.Refused refusal) implements Outcome {}

  /** The agency's bets are not those that the central has of it: nothing was sent. */
  record Conflict(String reason) implements Outcome {}

  /** What precedes the bad row is stored; nothing after it was sent. */
  record BadRow(BadRowException row) implements Outcome {}
}
