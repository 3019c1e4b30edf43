package loteria.journal;

import java.io.IOException;
import java.io.Serial;

/**
 * There is no room for what was to be written, or no file descriptor to write it by. Thrown by
 * {@link Journal#append}, it says that nothing was stored, that the journal is as it was before,
 * and that the same call may succeed once there is room.
 */
public final class StorageFullException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  public StorageFullException(String message) {
    super(message);
  }

  public StorageFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
