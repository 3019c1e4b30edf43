package loteria.tool;

import java.nio.ByteBuffer;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Decoded;
import loteria.protocol.FrameDecoder;
import loteria.protocol.Message;
import loteria.server.LedgerState;

/**
 * A record of the journal.
 *
 * @param offset where it is in the file, its length included
 * @param bytes how long it is, its length not included
 * @param content what it says, a {@link Message.Entry}, or why it says nothing
 */
record JournalRecord(long offset, int bytes, Decoded content) {

  /** Decodes a record that lies at {@code offset}. */
  static JournalRecord of(long offset, ByteBuffer record) {
    return new JournalRecord(offset, record.remaining(), decode(record));
  }

  private static Decoded decode(ByteBuffer record) {
    return switch (FrameDecoder.decode(record)) {
      case FrameDecoder.Broken broken -> malformed(broken.reason());
      case FrameDecoder.NeedMore _ -> malformed("frame cut short");
      case FrameDecoder.Whole whole ->
          switch (Codec.decode(whole.frame())) {
            case Decoded.Malformed malformed -> malformed;
            case Message.Entry entry -> entry;
            case Message other ->
                malformed("a %s is never journalled".formatted(other.getClass().getSimpleName()));
          };
    };
  }

  private static Decoded malformed(String reason) {
    return new Decoded.Malformed(Refusal.BAD_FRAME, 0, reason);
  }

  /**
   * What it says.
   *
   * @throws DisagreementException if it says nothing
   */
  Message.Entry entry() throws DisagreementException {
    return switch (content) {
      case Message.Entry entry -> entry;
      case Decoded.Malformed malformed -> throw wrong(inOneLine(malformed));
      case Message other -> throw new AssertionError(other);
    };
  }

  /** Why a record says nothing. */
  static String inOneLine(Decoded.Malformed malformed) {
    return malformed.row() == 0
        ? "a record that is not of a lottery: " + malformed.reason()
        : "a batch whose bet %d is invalid: %s".formatted(malformed.row(), malformed.reason());
  }

  /** That something is wrong at this record. */
  DisagreementException wrong(String what) {
    return new DisagreementException(LedgerState.JOURNAL_NAME, offset, what);
  }
}
