package loteria.kafka.options;

import java.io.Serial;
import java.net.ConnectException;

/** None of the brokers that were named has answered; the message names their addresses. */
public final class NoBrokersException extends ConnectException {
  @Serial private static final long serialVersionUID = 1L;

  /** The message is one line. */
  public NoBrokersException(String line) {
    super(line);
  }
}
