package loteria.kafka.options;

import java.io.IOException;
import java.io.Serial;
import java.util.List;

/** The topics of a lottery, or the brokers, are not as they have to be to keep its bets. */
public final class UnsafeTopicsException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient List<String> wrong;

  /** At least one line, each of which names what is wrong, what it is and what it must be. */
  public UnsafeTopicsException(List<String> wrong) {
    super(String.join("; ", wrong));
    if (wrong.isEmpty()) {
      throw new IllegalArgumentException("nothing is wrong");
    }
    this.wrong = List.copyOf(wrong);
  }

  /** What is wrong, a line each. */
  public List<String> wrong() {
    return wrong;
  }
}
