package loteria.bench.parts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import loteria.bench.floor.Floor;
import loteria.bench.floor.FrameFile;
import loteria.bench.lab.Lab;
import loteria.bench.load.CsvFiles;
import loteria.bench.load.Ingested;
import loteria.bench.load.Upload;
import loteria.bench.report.Part;
import loteria.bench.report.Report;
import loteria.bench.report.Row;
import loteria.bench.report.Sample;
import loteria.bench.report.Target;

/**
 * From CSV files to acknowledgements: the real programs beside the floor, by turns. The seconds are
 * those of the whole, less those of the same agencies with empty files.
 */
public record Ingest(Lab lab, Report report) {
  /** The row of the greatest load. */
  public static final String MAXIMUM = "window 16";

  private static final int AGENCIES = 5;

  private static final int FEW = 10;

  /** The window that a central grants unless told otherwise. */
  private static final int WINDOW = 16;

  /**
   * A way to upload.
   *
   * @param target the share of the floor to be reached
   */
  private record Setting(String name, int batchBetsMax, int window, double target) {}

  private static final List<Setting> SETTINGS =
      List.of(
          new Setting(MAXIMUM, Upload.FULL_FRAMES, WINDOW, 0.45),
          new Setting("window 4", Upload.FULL_FRAMES, 4, 0.55),
          new Setting("window 1", Upload.FULL_FRAMES, 1, 0.95),
          new Setting("window 16, batches of 10", FEW, WINDOW, 0.85));

  /** Adds the rows of every way to upload. */
  public void run() throws IOException {
    Path folder = lab.folder("ingest");
    CsvFiles files = CsvFiles.generate(lab, folder, AGENCIES, lab.plan().agencyBets());
    Ingested start = start();
    report.add(
        Row.of(Part.INGEST, "five agencies without bets", "s", start.seconds())
            .note("taken off the seconds below, and their CPU off that of the agencies"));
    for (Setting setting : SETTINGS) {
      report.trying(Part.INGEST, setting.name(), () -> compare(setting, files, start));
    }
    report.trying(Part.INGEST, "garbage", () -> report.add(new Garbage(lab).measure(files)));
    Lab.clear(folder);
  }

  /** How many bets a second the real programs take at the largest window: a single run. */
  public static double maximum(Lab lab) throws IOException {
    Path folder = lab.folder("maximum");
    CsvFiles files = CsvFiles.generate(lab, folder, AGENCIES, lab.plan().agencyBets());
    Ingested start = new Ingest(lab, new Report()).start();
    Ingested ingested = Upload.run(lab, files, Upload.FULL_FRAMES, WINDOW).without(start);
    Lab.clear(folder);
    return ingested.betsASecond();
  }

  private Ingested start() throws IOException {
    Path folder = lab.folder("empty");
    CsvFiles files = CsvFiles.generate(lab, folder, AGENCIES, 0);
    List<Ingested> runs = new ArrayList<>();
    for (int run = 0; run < lab.plan().runs(); run++) {
      runs.add(Upload.run(lab, files, Upload.FULL_FRAMES, WINDOW));
    }
    Lab.clear(folder);
    return new Ingested(
        0,
        sample(runs, Ingested::seconds).median(),
        0,
        sample(runs, Ingested::agenciesSeconds).median(),
        0,
        0);
  }

  private void compare(Setting setting, CsvFiles files, Ingested start) throws IOException {
    List<Path> frames = new ArrayList<>();
    Path folder = lab.folder("frames");
    for (int agency = 1; agency <= files.agencies(); agency++) {
      Path frame = folder.resolve("agency-" + agency);
      FrameFile.write(agency, files.csv(agency), setting.batchBetsMax(), frame);
      frames.add(frame);
    }
    List<Ingested> floor = new ArrayList<>();
    List<Ingested> real = new ArrayList<>();
    for (int run = 0; run < lab.plan().runs(); run++) {
      floor.add(Floor.run(lab, frames, files.bets(), setting.window()));
      real.add(Upload.run(lab, files, setting.batchBetsMax(), setting.window()).without(start));
    }
    Lab.clear(folder);
    new Compared(setting, floor, real).tell(report);
  }

  /** What was measured of one way to upload, and of the floor under it. */
  private record Compared(Setting setting, List<Ingested> floor, List<Ingested> real) {
    void tell(Report report) {
      boolean first = setting.equals(SETTINGS.getFirst());
      String unit = "s a million bets";
      Row central = row(", CPU of the central", unit, Ingested::centralSecondsAMillion);
      Row agencies = row(", CPU of the agencies", unit, Ingested::agenciesSecondsAMillion);
      report.add(row("", "bets/s", Ingested::betsASecond).target(Target.atLeast(setting.target())));
      report.add(first ? central.target(Target.atMost(2)) : central);
      report.add(first ? agencies.target(Target.atMost(3)) : agencies);
      report.add(row(", written", "bytes a bet", Ingested::bytesABet));
      report.add(row(", fsyncs", "", Ingested::syncs));
    }

    private Row row(String what, String unit, ToDoubleFunction<Ingested> value) {
      return Row.of(Part.INGEST, setting.name() + what, unit, sample(real, value))
          .over(sample(floor, value));
    }
  }

  private static Sample sample(List<Ingested> runs, ToDoubleFunction<Ingested> value) {
    return new Sample(runs.stream().map(value::applyAsDouble).toList());
  }
}
