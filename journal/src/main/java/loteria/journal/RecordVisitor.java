package loteria.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Is shown the records of a journal one by one, in the order in which they were appended. */
@FunctionalInterface
public interface RecordVisitor {

  /**
   * Sees one record.
   *
   * @param position where the record is, for {@link Journal#read}
   * @param record its bytes, read-only, from position to limit; good only until this method returns
   * @throws IOException to stop the reading; it reaches the caller as it is, and the file is left
   *     untouched
   */
  void record(long position, ByteBuffer record) throws IOException;
}
