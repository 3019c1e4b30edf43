package loteria.journal;

import java.io.IOException;

/**
 * A data directory, in as few calls as the central needs: with {@link Storage}, the seam at which a
 * test puts faults of its own. For one thread, but for {@link #check}.
 */
public interface Directory extends AutoCloseable {

  /** Opens a file to read and write, made durably if it was not there. */
  Storage open(String name) throws IOException;

  /** Opens a file that is there, to read alone. */
  ReadableStorage openToRead(String name) throws IOException;

  boolean has(String name) throws IOException;

  /**
   * Gives a file another name, durably.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is a file of that name: nothing is
   *     ever replaced
   */
  void rename(String from, String to) throws IOException;

  /** Takes a file away; durable with the next file that is opened or renamed. */
  void delete(String name) throws IOException;

  /**
   * Makes sure that what is open is still what others find by its name. To be called before
   * anything is acknowledged, and now and then when nothing is. Any thread.
   *
   * @throws IOException if the directory was moved, deleted or replaced, or what is held open in
   *     it: nothing may be acknowledged any more
   */
  void check() throws IOException;

  @Override
  void close() throws IOException;
}
