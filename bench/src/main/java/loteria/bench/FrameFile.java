package loteria.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import loteria.lottery.Bet;
import loteria.protocol.Bets;
import loteria.protocol.Codec;
import loteria.protocol.EncodedBet;
import loteria.protocol.Message;

/** The batches of an agency's file as the frames that an agency would send, in memory. */
final class FrameFile {
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

  /** Encodes the bets of a CSV file, as many to a batch as its count and the frame allow. */
  static void write(int agency, Path csv, int batchBetsMax, Path to) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to))) {
      long[] first = {0};
      forEachBatch(
          agency,
          csv,
          batchBetsMax,
          bets -> {
            try {
              out.write(Codec.encode(new Message.Batch(agency, first[0], bets)));
            } catch (IOException failed) {
              throw new UncheckedIOException(failed);
            }
            first[0] += bets.count();
          });
    }
  }

  /** Gives the bets of a CSV file, batch by batch. */
  static void forEachBatch(int agency, Path csv, int batchBetsMax, Consumer<Bets> consumer)
      throws IOException {
    Bets.Collector collector = new Bets.Collector(batchBetsMax);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(csv));
        CsvReader<CsvRecord> rows =
            CsvReader.builder().ofCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (CsvRecord row : rows) {
        Bet bet = bet(agency, row);
        if (!collector.add(EncodedBet.of(bet))) {
          consumer.accept(collector.take());
          boolean added = collector.add(EncodedBet.of(bet));
          assert added;
        }
      }
    }
    if (!collector.isEmpty()) {
      consumer.accept(collector.take());
    }
  }

  /** The bet of a row of an agency's file. */
  static Bet bet(int agency, CsvRecord row) {
    return Bet.parse(
        agency,
        row.getField(0),
        row.getField(1),
        row.getField(2),
        row.getField(3),
        row.getField(4));
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
