package loteria.lottery;

import java.util.zip.CRC32C;

/**
 * CRC-32C (Castagnoli), and the checksum of two texts from the checksums of each.
 *
 * <p>{@link #join} is what lets the central keep a checksum over all the bets of an agency as one
 * int, advanced by the checksum and the length of each batch, and put back when a group of batches
 * could not be stored.
 *
 * <p>A CRC is a remainder of polynomials over GF(2): following a text by n bytes multiplies its
 * polynomial by x^(8n), so the remainder is multiplied by x^(8n) mod P and the remainder of what
 * follows is added (Adler's {@code crc32_combine} in zlib does this for CRC-32).
 */
public final class Checksum {
  /** The checksum of no bytes. */
  public static final int EMPTY = 0;

  /**
   * The polynomial without x^32, the coefficient of x^0 in the highest bit: RFC 3720, appendix B.4.
   */
  private static final int POLYNOMIAL = 0x82F63B78;

  private static final int ONE = 1 << 31;

  /** x^(8 * 2^k) mod P, for each bit k of a length in bytes. */
  private static final int[] POWERS = new int[Long.SIZE];

  static {
    int power = ONE >>> 8; // x^8
    for (int k = 0; k < POWERS.length; k++) {
      POWERS[k] = power;
      power = multiply(power, power);
    }
  }

  /**
   * x^(8n) mod P for each length n of a frame's part, or 0 where it was not needed yet. Threads
   * that need the same one put the same number there, so it is shared without a guard.
   */
  private static final int[] SHORT_SHIFTS = new int[1 << 13];

  private Checksum() {}

  /** The checksum of {@code length} bytes of {@code bytes} from {@code from} on. */
  public static int of(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  /**
   * The checksum of a text from those of its two parts.
   *
   * @param head the checksum of the first part
   * @param tail the checksum of the second part
   * @param tailLength the length of the second part, in bytes
   */
  public static int join(int head, int tail, long tailLength) {
    assert tailLength >= 0 : tailLength;
    return multiply(head, shift(tailLength)) ^ tail;
  }

  /** x^(8 * length) mod P. */
  private static int shift(long length) {
    if (length >= SHORT_SHIFTS.length) {
      return computeShift(length);
    }
    int known = SHORT_SHIFTS[(int) length];
    if (known == 0) {
      known = computeShift(length);
      SHORT_SHIFTS[(int) length] = known;
    }
    return known;
  }

  private static int computeShift(long length) {
    int shift = ONE;
    for (int k = 0; length >>> k != 0; k++) {
      if ((length >>> k & 1) != 0) {
        shift = multiply(shift, POWERS[k]);
      }
    }
    return shift;
  }

  /**
   * The product of two polynomials modulo P: Horner's scheme, from the highest power of {@code a}
   * down.
   */
  private static int multiply(int a, int b) {
    int product = 0;
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      product = (product >>> 1) ^ (-(product & 1) & POLYNOMIAL);
      product ^= -(a >>> bit & 1) & b;
    }
    return product;
  }
}
