package loteria.server.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import loteria.journal.Journal;

/** The records of a lottery once more, by the positions that they were recovered at. Any thread. */
@FunctionalInterface
public interface Records {
  /**
   * A record of an agency, in a buffer of its own.
   *
   * @param position of the record in the journal that has the agency's bets
   */
  ByteBuffer read(int agency, long position) throws IOException;

  /** Those of a lottery that has one journal. */
  static Records of(Journal journal) {
    return (_, position) -> journal.read(position);
  }
}
