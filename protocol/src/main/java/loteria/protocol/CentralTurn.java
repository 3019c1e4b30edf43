package loteria.protocol;

import java.util.Optional;

/**
 * What the central may say, as an agency sees it: the table of legal transitions.
 *
 * <pre>
 *              Welcome  Stored   Finished  Included  WinnersPage    Ping     Refused
 *   GREETING   SERVING  -        -         -         -              -        ENDED
 *   SERVING    -        SERVING  SERVING   TELLING   -              SERVING  ENDED
 *   TELLING    -        -        -         -         TELLING/ENDED  -        ENDED
 *   ENDED      -        -        -         -         -              -        -
 * </pre>
 *
 * A last WinnersPage ends the conversation, any other leads back to TELLING.
 */
public enum CentralTurn {
  GREETING,
  SERVING,
  TELLING,
  ENDED;

  /** Where the conversation stands after the message; empty if the message may not come here. */
  public Optional<CentralTurn> after(Message.FromCentral message) {
    return switch (message) {
      case Message.Welcome _ -> when(this == GREETING, SERVING);
      case Message.Stored _, Message.Finished _, Message.Ping _ -> when(this == SERVING, SERVING);
      case Message.Included _ -> when(this == SERVING, TELLING);
      case Message.WinnersPage page -> when(this == TELLING, page.last() ? ENDED : TELLING);
      case Message.Refused _ -> when(this != ENDED, ENDED);
    };
  }

  private static Optional<CentralTurn> when(boolean legal, CentralTurn next) {
    return legal ? Optional.of(next) : Optional.empty();
  }
}
