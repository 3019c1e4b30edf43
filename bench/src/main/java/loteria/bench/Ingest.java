package loteria.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * From CSV files to acknowledgements: the real programs beside the floor, by turns. The seconds are
 * those of the whole, less those of the same agencies with empty files.
 */
final class Ingest {
  /** The row of the greatest load. */
  static final String MAXIMUM = "window 16";

  private static final int AGENCIES = 5;

  /** More than fit a frame, so that the frame's 8 kB bind. */
  private static final int FULL_FRAMES = 65_535;

  private static final int FEW = 10;

  private final Lab lab;
  private final Report report;

  Ingest(Lab lab, Report report) {
    this.lab = lab;
    this.report = report;
  }

  /**
   * A way to upload.
   *
   * @param target the share of the floor to be reached
   */
  private record Setting(String name, int batchBetsMax, int window, double target) {}

  private static final List<Setting> SETTINGS =
      List.of(
          new Setting(MAXIMUM, FULL_FRAMES, 16, 0.45),
          new Setting("window 4", FULL_FRAMES, 4, 0.55),
          new Setting("window 1", FULL_FRAMES, 1, 0.95),
          new Setting("window 16, batches of 10", FEW, 16, 0.85));

  /** Adds the rows of every way to upload. */
  void run() throws IOException {
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
  static double maximum(Lab lab) throws IOException {
    Path folder = lab.folder("maximum");
    CsvFiles files = CsvFiles.generate(lab, folder, AGENCIES, lab.plan().agencyBets());
    Ingested start = new Ingest(lab, new Report()).start();
    Ingested ingested = Upload.run(lab, files, FULL_FRAMES, Central.WINDOW).without(start);
    Lab.clear(folder);
    return ingested.betsASecond();
  }

  private Ingested start() throws IOException {
    Path folder = lab.folder("empty");
    CsvFiles files = CsvFiles.generate(lab, folder, AGENCIES, 0);
    List<Ingested> runs = new ArrayList<>();
    for (int run = 0; run < lab.plan().runs(); run++) {
      runs.add(Upload.run(lab, files, FULL_FRAMES, Central.WINDOW));
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
    tell(setting, floor, real);
  }

  private void tell(Setting setting, List<Ingested> floor, List<Ingested> real) {
    Row speed = row(setting, "", "bets/s", Ingested::betsASecond, floor, real);
    report.add(speed.target(Target.atLeast(setting.target())));
    Row central =
        row(
            setting,
            ", CPU of the central",
            "s a million bets",
            Ingested::centralSecondsAMillion,
            floor,
            real);
    report.add(setting.equals(SETTINGS.getFirst()) ? central.target(Target.atMost(2)) : central);
    Row agencies =
        row(
            setting,
            ", CPU of the agencies",
            "s a million bets",
            Ingested::agenciesSecondsAMillion,
            floor,
            real);
    report.add(setting.equals(SETTINGS.getFirst()) ? agencies.target(Target.atMost(3)) : agencies);
    report.add(row(setting, ", written", "bytes a bet", Ingested::bytesABet, floor, real));
    report.add(row(setting, ", fsyncs", "", Ingested::syncs, floor, real));
  }

  private static Row row(
      Setting setting,
      String what,
      String unit,
      ToDoubleFunction<Ingested> value,
      List<Ingested> floor,
      List<Ingested> real) {
    return Row.of(Part.INGEST, setting.name() + what, unit, sample(real, value))
        .over(sample(floor, value));
  }

  private static Sample sample(List<Ingested> runs, ToDoubleFunction<Ingested> value) {
    return new Sample(runs.stream().map(value::applyAsDouble).toList());
  }
}
