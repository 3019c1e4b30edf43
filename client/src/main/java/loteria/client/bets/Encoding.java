package loteria.client.bets;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the first bytes of a file of bets say of its encoding. */
public final class Encoding {
  /** How many bytes are looked at. */
  public static final int BYTES = 4;

  private static final byte[] UTF_8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private Encoding() {}

  /**
   * Why a file is no UTF-8 without a mark; null if it may be.
   *
   * @param start its first {@link #BYTES} bytes, or all if there are fewer
   */
  public static @Nullable String flaw(byte[] start) {
    if (start.length >= 3 && Arrays.equals(start, 0, 3, UTF_8_MARK, 0, 3)) {
      return "starts with a byte order mark (BOM): save the file as UTF-8 without it";
    }
    boolean marked =
        start.length >= 2
            && (start[0] & start[1] & 0xff) == 0xfe
            && (start[0] | start[1]) == (byte) 0xff;
    boolean utf16 =
        marked
            || (start.length >= BYTES
                && ((start[0] | start[2]) == 0 || (start[1] | start[3]) == 0));
    return utf16 ? "looks like UTF-16: save the file as UTF-8" : null;
  }
}
