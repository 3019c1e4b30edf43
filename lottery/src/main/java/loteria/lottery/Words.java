package loteria.lottery;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes at a time, as a little-endian word, in whose bytes something is looked for all at
 * once (Mycroft's test; Warren, "Hacker's Delight", 6-1). What is found is a mark, the high bit of
 * a byte; marks above the lowest may be wrong, and so only {@link #first} is to be asked.
 */
public final class Words {
  /** Bytes of a word. */
  public static final int BYTES = Long.BYTES;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Words() {}

  /** The word at an index of the array; what the array has not of it is zeros. */
  public static long at(byte[] bytes, int at) {
    return at <= bytes.length - BYTES ? (long) WORDS.get(bytes, at) : lastAt(bytes, at);
  }

  private static long lastAt(byte[] bytes, int at) {
    long word = 0;
    for (int i = bytes.length - 1; i >= at; i--) {
      word = word << Byte.SIZE | Byte.toUnsignedLong(bytes[i]);
    }
    return word;
  }

  /** Puts a word at an index; the array must have all of it. */
  public static void put(long word, byte[] bytes, int at) {
    WORDS.set(bytes, at, word);
  }

  /** The index of the lowest byte that is marked, {@link #BYTES} if none is. */
  public static int first(long marks) {
    return Long.numberOfTrailingZeros(marks) / Byte.SIZE;
  }

  /** The index of the first byte that is {@code value}, which is below 0x80; or {@code to}. */
  public static int indexOf(int value, byte[] bytes, int from, int to) {
    for (int at = from; at < to; at += BYTES) {
      int before = first(equal(at(bytes, at), value));
      if (before < BYTES) {
        return Math.min(at + before, to);
      }
    }
    return to;
  }

  /** Marks the bytes that are {@code value}, which is below 0x80. */
  public static long equal(long word, int value) {
    long zeros = word ^ value * ONES;
    return (zeros - ONES) & ~zeros & HIGH_BITS;
  }
}
