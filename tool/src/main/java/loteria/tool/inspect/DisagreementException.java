package loteria.tool.inspect;

import java.io.IOException;
import java.io.Serial;

/**
 * What a data directory holds does not agree with the rules or with itself; the message names the
 * file and the first offset at which it does not.
 */
final class DisagreementException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /**
   * @param file its name in the data directory, or that of a partition
   * @param offset in bytes from the start of the file
   * @param what is wrong there, for people, in one line
   */
  DisagreementException(String file, long offset, String what) {
    super("%s: at offset %d: %s".formatted(file, offset, what));
  }
}
