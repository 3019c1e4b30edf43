package loteria.kafka.options;

import java.io.IOException;
import java.io.Serial;

/** Kafka's clients do not take the file of properties; the message says why, without secrets. */
public final class BadClientSettingsException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** Why, in one line without secrets, and what a client threw. */
  public BadClientSettingsException(String why, Throwable cause) {
    super("Kafka's clients do not take these properties: " + why, cause);
  }
}
