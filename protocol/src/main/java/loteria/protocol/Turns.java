package loteria.protocol;

import java.util.Optional;

/** Who may say what, and when: the tables of legal turns of a session, one for each side. */
public final class Turns {
  private Turns() {}

  /**
   * What an agency may say, as the central sees it.
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
  public enum OfAgency {
    GREETING,
    UPLOADING,
    FINISHED,
    WAITING;

    /** Where the session stands after the message; empty if the message may not come here. */
    public Optional<OfAgency> after(Message.FromAgency message) {
      return switch (message) {
        case Message.Hello _ -> when(this == GREETING, UPLOADING);
        case Message.Batch _ -> when(this == UPLOADING, UPLOADING);
        case Message.Finish _ -> when(this == UPLOADING, FINISHED);
        case Message.AskWinners _ -> when(this == UPLOADING || this == FINISHED, WAITING);
        case Message.Pong _ -> when(this != GREETING, this);
      };
    }
  }

  /**
   * What the central may say, as an agency sees it.
   *
   * <pre>
   *              Welcome  Stored   Finished  SealReceipt  WinnersPage    Ping     Refused
   *   GREETING   SERVING  -        -         -            -              -        ENDED
   *   SERVING    -        SERVING  SERVING   TELLING      -              SERVING  ENDED
   *   TELLING    -        -        -         -            TELLING/ENDED  -        ENDED
   *   ENDED      -        -        -         -            -              -        -
   * </pre>
   *
   * A last WinnersPage ends the session, any other leads back to TELLING.
   */
  public enum OfCentral {
    GREETING,
    SERVING,
    TELLING,
    ENDED;

    /** Where the session stands after the message; empty if the message may not come here. */
    public Optional<OfCentral> after(Message.FromCentral message) {
      return switch (message) {
        case Message.Welcome _ -> when(this == GREETING, SERVING);
        case Message.Stored _, Message.Finished _, Message.Ping _ -> when(this == SERVING, SERVING);
        case Message.SealReceipt _ -> when(this == SERVING, TELLING);
        case Message.WinnersPage page -> when(this == TELLING, page.last() ? ENDED : TELLING);
        case Message.Refused _ -> when(this != ENDED, ENDED);
      };
    }
  }

  private static <T> Optional<T> when(boolean legal, T next) {
    return legal ? Optional.of(next) : Optional.empty();
  }
}
