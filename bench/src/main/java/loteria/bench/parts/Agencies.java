package loteria.bench.parts;

import java.io.IOException;
import java.nio.file.Path;
import loteria.bench.lab.Central;
import loteria.bench.lab.Lab;
import loteria.bench.lab.Usage;
import loteria.bench.load.Batches;
import loteria.bench.load.Crowd;
import loteria.bench.report.Part;
import loteria.bench.report.Report;
import loteria.bench.report.Row;
import loteria.bench.report.Target;

/** Few and many agencies connected at once, and uploading. */
public record Agencies(Lab lab, Report report) {
  private static final int[] SIZES = {1, 5, 100, 1_000, 10_000};
  private static final int BATCH_BETS = 100;

  /** Of all agencies together, unless that is less than the least for each. */
  private static final int BETS = 2_000_000;

  private static final int BATCHES_EACH_MIN = 4;
  private static final double MEGABYTE = 1e6;
  private static final double RESIDENT_MEGABYTES_MAX = 250;

  /** Adds the rows of every number of agencies. */
  public void run() throws IOException {
    Batches batches = Batches.generate(lab, BATCH_BETS);
    for (int size : SIZES) {
      report.trying(Part.AGENCIES, size + " at once", () -> measure(size, batches));
    }
  }

  private void measure(int size, Batches batches) throws IOException {
    int batchesEach = Math.max(BATCHES_EACH_MIN, BETS / BATCH_BETS / size);
    double bets = (double) size * batchesEach * BATCH_BETS;
    Path folder = lab.folder("agencies");
    try (Central central = Central.start(lab, folder.resolve("data"), size)) {
      Crowd.Served served = serve(central, new Crowd(central.port(), size, batches, batchesEach));
      Usage usage = central.program().usage();
      String who = "%,d at once: ".formatted(size);
      report.add(row(who + "upload", "bets/s", bets / served.slowestSeconds()));
      report.add(row(who + "until all were welcomed", "s", served.acceptedSeconds()));
      report.add(row(who + "until the last was served", "s", served.slowestSeconds()));
      double fairness = served.fastestSeconds() / served.slowestSeconds();
      report.add(row(who + "slowest to fastest", "", fairness).note("1 is fair, 0 is starved"));
      Row memory = row(who + "memory of the central", "MB", usage.residentBytesMax() / MEGABYTE);
      report.add(
          size == SIZES[SIZES.length - 1]
              ? memory.target(Target.atMost(RESIDENT_MEGABYTES_MAX))
              : memory);
    }
    Lab.clear(folder);
  }

  private static Crowd.Served serve(Central central, Crowd crowd) throws IOException {
    try {
      return crowd.run();
    } catch (IOException failed) {
      throw new IOException(failed.getMessage() + ": " + central.program().complaint(), failed);
    }
  }

  private static Row row(String what, String unit, double measured) {
    return Row.of(Part.AGENCIES, what, unit, measured);
  }
}
