package loteria.kafka.options;

import java.io.IOException;
import java.io.Serial;

/** None of the brokers that were named has answered; the message names their addresses. */
public final class NoBrokersException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** The message is one line. */
  public NoBrokersException(String line) {
    super(line);
  }
}
