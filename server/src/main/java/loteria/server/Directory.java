package loteria.server;

import java.io.IOException;
import loteria.journal.Storage;

/**
 * The data directory, as few calls as the central needs: with {@link Storage}, the seam for faults.
 */
public interface Directory extends AutoCloseable {
  /** Opens a file, made durably if it was not there. */
  Storage open(String name) throws IOException;

  boolean has(String name);

  /** Gives a file another name, durably; what had that name is gone. */
  void rename(String from, String to) throws IOException;

  @Override
  void close() throws IOException;
}
