package loteria.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import loteria.bench.lab.Lab;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import loteria.protocol.Rows;

/**
 * Batches of one size for the load generator, without end: the same bets over and over, each batch
 * framed as the agency's next one. Thread-safe.
 *
 * @param lines of an agency's file, as text
 * @param size how many bets are in each batch
 */
public record Batches(List<String> lines, int size) {
  private static final int DIFFERENT = 100;

  public Batches {
    lines = List.copyOf(lines);
  }

  /** Generated bets in batches of so many, which must fit a frame. */
  public static Batches generate(Lab lab, int batchBets) throws IOException {
    Path folder = lab.folder("batches");
    CsvFiles files = CsvFiles.generate(lab, folder, 1, DIFFERENT * batchBets);
    List<String> lines = Files.readAllLines(files.csv(1));
    Lab.clear(folder);
    return new Batches(lines, batchBets);
  }

  /** The frame of an agency's batch, by its number from 0. */
  byte[] frame(int agency, long number) {
    byte[] beginning = (agency + ",").getBytes(StandardCharsets.US_ASCII);
    Rows.Collector rows = new Rows.Collector(size);
    int from = (int) (number % (lines.size() / size)) * size;
    for (String line : lines.subList(from, from + size)) {
      byte[] content = line.getBytes(StandardCharsets.UTF_8);
      if (!rows.add(beginning, content, 0, content.length)) {
        throw new IllegalStateException("batches of %d bets do not fit a frame".formatted(size));
      }
    }
    return Codec.encode(new Message.Batch(agency, number * size, rows.take()));
  }
}
