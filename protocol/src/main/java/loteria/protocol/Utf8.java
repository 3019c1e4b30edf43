package loteria.protocol;

import loteria.lottery.Bet;

/** UTF-8 as RFC 3629 has it: no overlong form, no surrogate, nothing above U+10FFFF. */
final class Utf8 {
  private Utf8() {}

  /**
   * Where the first byte is that is not UTF-8 or begins a character that may not stand in a name
   * ({@link Bet#isNameable}), counted from {@code from}; -1 if all may.
   */
  static int firstNotNameable(byte[] bytes, int from, int length) {
    int end = from + length;
    int at = from;
    while (at < end) {
      if (isPrintable(bytes[at])) {
        at++;
        continue;
      }
      int size = size(bytes[at]);
      if (size == 0 || at + size > end || !Bet.isNameable(decode(bytes, at, size))) {
        return at - from;
      }
      at += size;
    }
    return -1;
  }

  /** Whether a byte is printable ASCII, and so a character by itself. */
  static boolean isPrintable(byte character) {
    return character >= ' ' && character != 0x7f;
  }

  /** Whether all of so many bytes are decimal digits. */
  static boolean isDigits(byte[] bytes, int from, int length) {
    int at = from;
    while (at < from + length && isDigit(bytes[at])) {
      at++;
    }
    return at == from + length;
  }

  static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }

  /**
   * How many bytes a character takes that begins with {@code lead}, a signed byte; 0 if none does.
   */
  private static int size(int lead) {
    int unsigned = lead & 0xff;
    if (unsigned < 0x80) {
      return 1;
    }
    if (unsigned < 0xc2 || unsigned > 0xf4) {
      return 0;
    }
    return unsigned < 0xe0 ? 2 : unsigned < 0xf0 ? 3 : 4;
  }

  /** The code point of {@code size} bytes, or -1 if they are not one in its shortest form. */
  private static int decode(byte[] bytes, int at, int size) {
    int codePoint = size == 1 ? bytes[at] : bytes[at] & (0xff >> (size + 1));
    for (int i = 1; i < size; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return -1;
      }
      codePoint = (codePoint << 6) | (bytes[at + i] & 0x3f);
    }
    int smallest = size == 3 ? 0x800 : size == 4 ? 0x10000 : 0;
    return codePoint < smallest || codePoint > Character.MAX_CODE_POINT ? -1 : codePoint;
  }
}
