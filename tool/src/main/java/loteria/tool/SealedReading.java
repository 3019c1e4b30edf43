package loteria.tool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalInt;
import loteria.journal.Storage;
import loteria.lottery.Lottery;
import loteria.protocol.BetsCsv;
import loteria.server.SealedBets;

/**
 * A sealed file by itself, read once as a text: its hash, its rows, and who has won. Naive on
 * purpose: it shares nothing with what wrote the file or held the draw. For one thread.
 */
final class SealedReading {
  private static final int BUFFER_BYTES = 1 << 16;

  private final String number;
  private final MessageDigest sha256 = newSha256();
  private final byte[] row = new byte[BetsCsv.ROW_BYTES_MAX];
  private final long[] winners = new long[Lottery.AGENCIES_MAX + 1];
  private int rowBytes;
  private long bytes;
  private long rows;
  private String hash = "";

  private SealedReading(OptionalInt number) {
    this.number = number.isPresent() ? Integer.toString(number.getAsInt()) : "none";
  }

  /**
   * Reads a sealed file from its first byte to its last.
   *
   * @param number what was drawn, if a draw was held
   * @throws DisagreementException naming the first row that is not one
   */
  static SealedReading of(Storage file, OptionalInt number) throws IOException {
    SealedReading reading = new SealedReading(number);
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (file.read(buffer.clear(), reading.bytes) > 0) {
      buffer.flip();
      reading.sha256.update(buffer.duplicate());
      while (buffer.hasRemaining()) {
        reading.take(buffer.get());
      }
    }
    if (reading.rowBytes > 0) {
      throw reading.wrong("has no line end");
    }
    reading.hash = HexFormat.of().formatHex(reading.sha256.digest());
    return reading;
  }

  /** How many bytes it has. */
  long bytes() {
    return bytes;
  }

  /** How many rows it has. */
  long rows() {
    return rows;
  }

  /** The SHA-256 of its bytes, in lower case. */
  String sha256() {
    return hash;
  }

  /** How many rows of each agency have won, by agency. */
  long[] winners() {
    return winners.clone();
  }

  private void take(byte next) throws DisagreementException {
    if (rowBytes == row.length) {
      throw wrong("exceeds %d bytes".formatted(row.length));
    }
    row[rowBytes++] = next;
    bytes++;
    if (next == '\n') {
      count(new String(row, 0, rowBytes, StandardCharsets.UTF_8).strip());
      rows++;
      rowBytes = 0;
    }
  }

  private void count(String text) throws DisagreementException {
    int first = text.indexOf(',');
    String agency = text.substring(0, Math.max(first, 0));
    if (!agency.matches("[1-9][0-9]{0,4}") || Integer.parseInt(agency) >= winners.length) {
      throw wrong("begins with no agency");
    }
    if (text.substring(text.lastIndexOf(',') + 1).equals(number)) {
      winners[Integer.parseInt(agency)]++;
    }
  }

  private DisagreementException wrong(String what) {
    return new DisagreementException(
        SealedBets.NAME, bytes - rowBytes, "row %d %s".formatted(rows + 1, what));
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      // Every Java platform has it: java.security.MessageDigest.
      throw new AssertionError(impossible);
    }
  }
}
