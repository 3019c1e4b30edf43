package loteria.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.stream.LongStream;

/** What certificates are written in: the few forms of DER (ITU-T X.690) that one needs. */
final class Der {
  private static final int BOOLEAN = 0x01;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int CONTEXT = 0x80;
  private static final int CONSTRUCTED = 0x20;

  /** From this year on a certificate has its times with four digits of the year: RFC 5280. */
  private static final int FOUR_DIGITS_YEAR = 2050;

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return tagged(SEQUENCE, parts);
  }

  static byte[] bool(boolean value) {
    return tagged(BOOLEAN, new byte[] {(byte) (value ? 0xff : 0)});
  }

  static byte[] integer(BigInteger value) {
    return tagged(INTEGER, value.toByteArray());
  }

  /** Bits of which none is left over in the last byte. */
  static byte[] bits(byte[] bytes) {
    return bits(bytes, 0);
  }

  /** Bits; so many of the last byte are none. */
  static byte[] bits(byte[] bytes, int unused) {
    return tagged(BIT_STRING, new byte[] {(byte) unused}, bytes);
  }

  static byte[] octets(byte[] bytes) {
    return tagged(OCTET_STRING, bytes);
  }

  /** An object identifier, such as 2.5.29.17. */
  static byte[] identifier(String dotted) {
    long[] arcs = Arrays.stream(dotted.split("\\.", -1)).mapToLong(Long::parseLong).toArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LongStream.concat(LongStream.of(arcs[0] * 40 + arcs[1]), Arrays.stream(arcs).skip(2))
        .forEach(arc -> base128(arc, out));
    return tagged(OBJECT_IDENTIFIER, out.toByteArray());
  }

  private static void base128(long number, ByteArrayOutputStream out) {
    int shift = (63 - Long.numberOfLeadingZeros(number | 1)) / 7 * 7;
    for (; shift > 0; shift -= 7) {
      out.write((int) (((number >> shift) & 0x7f) | 0x80));
    }
    out.write((int) (number & 0x7f));
  }

  static byte[] time(Instant instant) {
    var time = instant.atZone(ZoneOffset.UTC);
    boolean four = time.getYear() >= FOUR_DIGITS_YEAR;
    String text =
        DateTimeFormatter.ofPattern(four ? "uuuuMMddHHmmss'Z'" : "uuMMddHHmmss'Z'").format(time);
    return tagged(four ? GENERALIZED_TIME : UTC_TIME, ascii(text));
  }

  /** A part that is known by its number: around other forms, or in the place of one. */
  static byte[] context(int number, boolean constructed, byte[]... parts) {
    return tagged(CONTEXT | (constructed ? CONSTRUCTED : 0) | number, parts);
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    length(content.size(), out);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static void length(int length, ByteArrayOutputStream out) {
    if (length < 0x80) {
      out.write(length);
      return;
    }
    byte[] bytes = BigInteger.valueOf(length).toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    out.write(0x80 | (bytes.length - from));
    out.write(bytes, from, bytes.length - from);
  }
}
