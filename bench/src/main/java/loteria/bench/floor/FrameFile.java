package loteria.bench.floor;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import loteria.protocol.Rows;

/** The batches of an agency's file as the frames that an agency would send, in memory. */
public final class FrameFile {
  /** What must have arrived of a frame before its length is known. */
  static final int HEADER_BYTES = 4;

  private final ByteBuffer bytes;

  /** Where each frame begins, and at last where they end. */
  private final int[] starts;

  private FrameFile(ByteBuffer bytes, int[] starts) {
    this.bytes = bytes;
    this.starts = starts;
  }

  /** The length of the frame at a position, by its header. */
  static int length(ByteBuffer bytes, int position) {
    return Short.toUnsignedInt(bytes.getShort(position + 2));
  }

  /** Frames the bets of a CSV file, as many to a batch as its count and the frame allow. */
  public static void write(int agency, Path csv, int batchBetsMax, Path to) throws IOException {
    byte[] beginning = (agency + ",").getBytes(StandardCharsets.US_ASCII);
    Rows.Collector rows = new Rows.Collector(batchBetsMax);
    long first = 0;
    try (BufferedReader lines = Files.newBufferedReader(csv);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(to))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        byte[] content = line.getBytes(StandardCharsets.UTF_8);
        if (!rows.add(beginning, content, 0, content.length)) {
          first += write(agency, first, rows.take(), out);
          boolean added = rows.add(beginning, content, 0, content.length);
          assert added;
        }
      }
      if (!rows.isEmpty()) {
        first += write(agency, first, rows.take(), out);
      }
    }
  }

  /** How many bets were written. */
  private static int write(int agency, long first, Rows rows, OutputStream out) throws IOException {
    out.write(Codec.encode(new Message.Batch(agency, first, rows)));
    return rows.count();
  }

  /** Reads a file that {@link #write} wrote. */
  static FrameFile read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact(channel.size()));
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Until all is there.
      }
      int[] starts = new int[bytes.limit() / HEADER_BYTES + 1];
      int count = 0;
      for (int at = 0; at < bytes.limit(); at += length(bytes, at)) {
        starts[count++] = at;
      }
      starts[count] = bytes.limit();
      return new FrameFile(bytes, Arrays.copyOf(starts, count + 1));
    }
  }

  /** How many frames there are. */
  int count() {
    return starts.length - 1;
  }

  /** The bytes of the frames {@code from} to {@code until}, exclusive. */
  ByteBuffer slice(int from, int until) {
    return bytes.slice(starts[from], starts[until] - starts[from]);
  }
}
