package loteria.journal;

import java.io.IOException;
import java.io.Serial;

/**
 * Bytes that had been made durable no longer read as they were written, so records that were
 * acknowledged may be gone. The journal is never mended by skipping them: the file was not touched,
 * and a person decides.
 */
public final class DamagedJournalException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final long offset;

  DamagedJournalException(long offset, String message) {
    super("journal damaged at offset %d: %s".formatted(offset, message));
    this.offset = offset;
  }

  /** Where the damaged block or header begins, in bytes from the start of the file. */
  public long offset() {
    return offset;
  }
}
