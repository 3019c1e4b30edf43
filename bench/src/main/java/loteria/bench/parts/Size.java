package loteria.bench.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import loteria.bench.floor.Disk;
import loteria.bench.lab.Central;
import loteria.bench.lab.Lab;
import loteria.bench.lab.Program;
import loteria.bench.load.CsvFiles;
import loteria.bench.load.Upload;
import loteria.bench.report.Part;
import loteria.bench.report.Report;
import loteria.bench.report.Row;
import loteria.bench.report.Sample;
import loteria.bench.report.Target;

/** Whole lotteries, small and large: what each stage takes, and what memory. */
public record Size(Lab lab, Report report) {
  private static final int AGENCIES = 5;
  private static final double MEGABYTE = 1e6;
  private static final double RESIDENT_MEGABYTES_MAX = 512;

  /** A bet is in the file, in the journal, in the sealed file and in its copy. */
  private static final long BYTES_A_BET = 4 * 50L;

  private static final int DRAWS = 5;

  private static final long JUDGED_BETS_MIN = 10_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  /** Adds the rows of every size. */
  public void run() throws IOException {
    for (long bets : lab.plan().sizes()) {
      report.trying(Part.SIZE, "%,d bets".formatted(bets), () -> measure(bets));
    }
  }

  private void measure(long bets) throws IOException {
    Path folder = lab.folder("size");
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < bets * BYTES_A_BET) {
      throw new IOException(
          "%,d bytes are free, %,d are needed".formatted(free, bets * BYTES_A_BET));
    }
    CsvFiles files = CsvFiles.generate(lab, lab.folder("files"), AGENCIES, (int) (bets / AGENCIES));
    Path data = folder.resolve("data");
    double empty = openSeconds(folder.resolve("empty"));
    double sealSeconds = upload(files, data);
    sealFloor(bets, folder, data, sealSeconds);
    draw(bets, data);
    restart(bets, data, empty);
    verify(bets, data);
    Lab.clear(files.folder());
    Lab.clear(folder);
  }

  /** From the start of the first agency to the end of the last; the seconds of the seal. */
  private double upload(CsvFiles files, Path data) throws IOException {
    long bets = files.bets();
    List<Program> agencies = new ArrayList<>();
    try (Central central = Central.start(lab, data, AGENCIES)) {
      for (int id = 1; id <= AGENCIES; id++) {
        agencies.add(central.agency(id, files.folder(), Upload.FULL_FRAMES));
      }
      long start = agencies.getFirst().started();
      Program program = central.program();
      long stored = program.await("action: finish_agency", AGENCIES, PATIENCE).nanos();
      Program.Heard sealed = program.await("action: seal_bets", 1, PATIENCE);
      long drawn = program.await("action: sorteo", 1, PATIENCE).nanos();
      for (Program agency : agencies) {
        agency.awaitSuccess(PATIENCE);
      }
      long end = System.nanoTime();
      if (sealed.number("bets") != bets) {
        throw new IOException("sealed, of %d: %s".formatted(bets, sealed.text()));
      }
      report.add(
          row(bets, "upload", "bets/s", bets * 1e9 / (stored - start))
              .note("the start of the agencies is in it"));
      report.add(
          judged(
                  bets,
                  row(bets, "seal to draw", "bets/s", bets * 1e9 / (drawn - sealed.nanos())),
                  Target.atLeast(20e6))
              .note("the file is hashed once more while it is drawn over"));
      add(bets, "from the draw to the last agency's end", "s", (end - drawn) / 1e9);
      report.add(
          row(bets, "memory of the central", "MB", program.usage().residentBytesMax() / MEGABYTE)
              .target(Target.atMost(RESIDENT_MEGABYTES_MAX)));
      return (sealed.nanos() - stored) / 1e9;
    } finally {
      agencies.forEach(Program::close);
    }
  }

  /** The sealed bytes hashed, written and synced, beside what the central took to seal them. */
  private void sealFloor(long bets, Path folder, Path data, double sealSeconds) throws IOException {
    double floor = Disk.hashAndWriteSeconds(data.resolve("bets.csv"), folder.resolve("copy"));
    Files.delete(folder.resolve("copy"));
    Row seal = row(bets, "seal", "bets/s", bets / sealSeconds).over(Sample.of(bets / floor));
    report.add(
        judged(bets, seal, Target.atLeast(0.9))
            .note("the floor hashes, writes and syncs the same bytes"));
  }

  /** The draw by itself, over a file that the page cache has, in a process that is warm. */
  private void draw(long bets, Path data) throws IOException {
    Path file = data.resolve("bets.csv");
    List<Double> rates = new ArrayList<>();
    for (int run = 0; run < DRAWS; run++) {
      rates.add(bets / Disk.drawSeconds(file));
    }
    Row row = Row.of(Part.SIZE, "%,d bets: draw".formatted(bets), "bets/s", new Sample(rates));
    report.add(judged(bets, row, Target.atLeast(50e6)).note("read and drawn over, not hashed"));
  }

  /** The central was killed; this is its next start. */
  private void restart(long bets, Path data, double empty) throws IOException {
    try (Central central = Central.start(lab, data, AGENCIES)) {
      Program program = central.program();
      double opened = program.secondsTo("action: open_journal");
      double listening = program.secondsTo("action: listen");
      report.add(
          judged(
              bets,
              row(bets, "recovery of the journal", "bets/s", bets / (opened - empty)),
              Target.atLeast(15e6)));
      add(bets, "restart to listening, the draw held again", "s", listening);
      add(
          bets,
          "memory of the restarted central",
          "MB",
          program.usage().residentBytesMax() / MEGABYTE);
    }
  }

  /** What a start takes until an empty journal is open. */
  private double openSeconds(Path data) throws IOException {
    try (Central central = Central.start(lab, data, AGENCIES)) {
      return central.program().secondsTo("action: open_journal");
    }
  }

  private void verify(long bets, Path data) throws IOException {
    double seconds = lab.run(PATIENCE, lab.launcher(), "verify", data);
    report.add(
        judged(bets, row(bets, "verify", "bets/s", bets / seconds), Target.atLeast(100e6 / 30)));
  }

  private void add(long bets, String what, String unit, double measured) {
    report.add(row(bets, what, unit, measured));
  }

  /** What is short is mostly a program that has not warmed up: it is not held to a rate. */
  private static Row judged(long bets, Row row, Target target) {
    return bets >= JUDGED_BETS_MIN ? row.target(target) : row;
  }

  private static Row row(long bets, String what, String unit, double measured) {
    return Row.of(Part.SIZE, "%,d bets: %s".formatted(bets, what), unit, measured);
  }
}
