#!/usr/bin/env bash
# JDK 25, java.util.zip.GZIPInputStream: a file of two members that is cut in the header of the second one reads as complete.
#
# Members that follow each other are read as one stream (RFC 1952), and a file that is cut within data or trailer ends with
# EOFException. So one would expect the same wherever it is cut. But when what follows a member is no whole header, whatever is
# wrong with it counts as the end: nothing is thrown, and the second member is missing. `gzip -t` fails with "unexpected end of
# file", or warns of garbage. Such a file comes from `cat a.gz b.gz` and a copy that was cut off. GzipInput refuses it.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

cat >"$folder/Members.java" <<'END'
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

class Members {
  public static void main(String[] arguments) throws IOException {
    byte[] first = member("one,");
    byte[] second = member("two");
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    System.out.println("both members: " + read(both));
    System.out.println("cut in the first member: " + read(Arrays.copyOf(both, first.length - 1)));
    System.out.println("cut in the header of the second, after 1 byte: " + read(Arrays.copyOf(both, first.length + 1)));
    System.out.println("cut in the header of the second, after 9 bytes: " + read(Arrays.copyOf(both, first.length + 9)));
    System.out.println("cut after the header of the second: " + read(Arrays.copyOf(both, first.length + 10)));
    byte[] garbage = both.clone();
    Arrays.fill(garbage, first.length, both.length, (byte) 'x');
    System.out.println("other bytes instead of the second: " + read(garbage));
  }

  static byte[] member(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  static String read(byte[] bytes) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return "'" + new String(in.readAllBytes(), StandardCharsets.UTF_8) + "', no error";
    } catch (IOException failed) {
      return failed.toString();
    }
  }
}
END
run Members >"$folder/out" 2>&1
seen "$folder/out" <<'END'
both members: 'one,two', no error
cut in the first member: java.io.EOFException
cut in the header of the second, after 1 byte: 'one,', no error
cut in the header of the second, after 9 bytes: 'one,', no error
cut after the header of the second: java.io.EOFException: Unexpected end of ZLIB input stream
other bytes instead of the second: 'one,', no error
END
