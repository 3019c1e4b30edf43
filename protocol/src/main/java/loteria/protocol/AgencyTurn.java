package loteria.protocol;

import java.util.Optional;

/**
 * What an agency may say, as the central sees it: the table of legal transitions.
 *
 * <pre>
 *              Hello      Batch      Finish     AskWinners   Pong
 *   GREETING   UPLOADING  -          -          -            -
 *   UPLOADING  -          UPLOADING  FINISHED   WAITING (1)  UPLOADING
 *   FINISHED   -          -          -          WAITING      FINISHED
 *   WAITING    -          -          -          -            WAITING
 * </pre>
 *
 * (1) by an agency whose Welcome says that it has finished.
 */
public enum AgencyTurn {
  GREETING,
  UPLOADING,
  FINISHED,
  WAITING;

  /** Where the conversation stands after the message; empty if the message may not come here. */
  public Optional<AgencyTurn> after(Message.FromAgency message) {
    return switch (message) {
      case Message.Hello _ -> when(this == GREETING, UPLOADING);
      case Message.Batch _ -> when(this == UPLOADING, UPLOADING);
      case Message.Finish _ -> when(this == UPLOADING, FINISHED);
      case Message.AskWinners _ -> when(this == UPLOADING || this == FINISHED, WAITING);
      case Message.Pong _ -> when(this != GREETING, this);
    };
  }

  private static Optional<AgencyTurn> when(boolean legal, AgencyTurn next) {
    return legal ? Optional.of(next) : Optional.empty();
  }
}
