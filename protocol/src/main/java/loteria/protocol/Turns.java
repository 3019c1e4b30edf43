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
      // Not a switch over the type, which the JVM would link while an agency starts.
      if (message instanceof Message.Welcome) {
        return when(this == GREETING, SERVING);
      }
      if (message instanceof Message.SealReceipt) {
        return when(this == SERVING, TELLING);
      }
      if (message instanceof Message.WinnersPage page) {
        return when(this == TELLING, page.last() ? ENDED : TELLING);
      }
      if (message instanceof Message.Refused) {
        return when(this != ENDED, ENDED);
      }
      return when(this == SERVING, SERVING); // Stored, Finished or Ping
    }
  }

  private static <T> Optional<T> when(boolean legal, T next) {
    return legal ? Optional.of(next) : Optional.empty();
  }
}
