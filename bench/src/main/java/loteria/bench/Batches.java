package loteria.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import loteria.protocol.Bets;
import loteria.protocol.Codec;
import loteria.protocol.Message;

/**
 * Batches of one size for the load generator, without end: the same bets over and over, each batch
 * framed as the agency's next one. Thread-safe.
 *
 * @param bets of each batch, all with as many
 */
record Batches(List<Bets> bets) {
  private static final int DIFFERENT = 100;

  Batches {
    bets = List.copyOf(bets);
  }

  /** Generated bets in batches of so many, which must fit a frame. */
  static Batches generate(Lab lab, int batchBets) throws IOException {
    Path folder = lab.folder("batches");
    CsvFiles files = CsvFiles.generate(folder, 1, DIFFERENT * batchBets);
    List<Bets> bets = new ArrayList<>();
    FrameFile.forEachBatch(1, files.csv(1), batchBets, bets::add);
    Lab.clear(folder);
    if (bets.size() != DIFFERENT) {
      throw new IOException("batches of %d bets do not fit a frame".formatted(batchBets));
    }
    return new Batches(bets);
  }

  /** How many bets are in each. */
  int size() {
    return bets.getFirst().count();
  }

  /** The frame of an agency's batch, by its number from 0. */
  byte[] frame(int agency, long number) {
    Bets these = bets.get((int) (number % bets.size()));
    return Codec.encode(new Message.Batch(agency, number * size(), these));
  }
}
