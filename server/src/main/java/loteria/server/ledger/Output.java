package loteria.server.ledger;

import java.nio.ByteBuffer;
import java.util.Arrays;
import loteria.protocol.Codec;
import loteria.protocol.Message;

/** Bytes that wait to be sent to one peer. It holds no memory while it is empty. For one thread. */
public final class Output {
  /** A peer that leaves more than this unread is too slow. */
  public static final int BYTES_MAX = 1 << 16;

  private static final byte[] NOTHING = {};
  private static final int BYTES_MIN = 64;

  private byte[] bytes = NOTHING;
  private int from;
  private int to;

  public boolean isEmpty() {
    return from == to;
  }

  /** How many bytes wait. */
  public int length() {
    return to - from;
  }

  /** Whether more than {@link #BYTES_MAX} bytes wait. */
  public boolean isOverfull() {
    return length() > BYTES_MAX;
  }

  /** Adds the frame of a message. */
  void put(Message message) {
    byte[] frame = Codec.encode(message);
    put(frame, 0, frame.length);
  }

  /** Adds some bytes. */
  public void put(byte[] added, int addedFrom, int addedTo) {
    int count = addedTo - addedFrom;
    if (bytes.length - to < count) {
      int room = Math.max(BYTES_MIN, Integer.highestOneBit(2 * (length() + count)));
      byte[] larger = from == 0 ? Arrays.copyOf(bytes, room) : new byte[room];
      if (from > 0) {
        System.arraycopy(bytes, from, larger, 0, length());
        to -= from;
        from = 0;
      }
      bytes = larger;
    }
    System.arraycopy(added, addedFrom, bytes, to, count);
    to += count;
  }

  /** What waits, as a view that is good until the next {@link #put}. */
  public ByteBuffer waiting() {
    return ByteBuffer.wrap(bytes, from, to - from);
  }

  /** So many of the bytes were sent. */
  public void sent(int count) {
    from += count;
    assert from <= to : count;
    if (from == to) {
      bytes = NOTHING;
      from = 0;
      to = 0;
    }
  }
}
