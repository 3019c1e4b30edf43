package loteria.bench.parts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import loteria.bench.lab.Central;
import loteria.bench.lab.Lab;
import loteria.bench.lab.Program;
import loteria.bench.load.CsvFiles;
import loteria.bench.report.Part;
import loteria.bench.report.Report;
import loteria.bench.report.Row;
import loteria.bench.report.Sample;
import loteria.bench.report.Target;

/** What starting takes, and short runs, of which starting is the greater part. */
public record Start(Lab lab, Report report) {
  private static final int STARTS = 11;
  private static final int AGENCIES = 5;
  private static final int FEW_BETS = 5_000;
  private static final int TIMES = 10;

  /** As the programs have it by default. */
  private static final int BATCH_BETS_MAX = 99;

  /** The size of the data set of the assignment. */
  private static final long BETS = 78_697;

  /** The size of the data that the project makes for itself. */
  private static final long OWN_BETS = 80_000;

  private static final int PATIENCE_MILLIS = 60_000;

  /** What takes some seconds. */
  @FunctionalInterface
  private interface Taking {
    double seconds() throws IOException;
  }

  /** Adds all rows. */
  public void run() throws IOException {
    report.add(
        row("central, to listening", "ms", STARTS, () -> 1000 * toListening())
            .target(Target.atMost(150)));
    report.add(
        row("agency, to its first byte", "ms", STARTS, () -> 1000 * toFirstByte())
            .target(Target.atMost(120)));
    int runs = lab.plan().runs();
    Path few = lab.folder("few");
    CsvFiles files = CsvFiles.generate(lab, few, 1, FEW_BETS);
    report.add(
        row("agency, all of it with 5,000 bets", "s", runs, () -> toWinners(files.folder(), 1)));
    Path once = dataSet();
    report.trying(Part.START, "five agencies on the course's data", () -> course(once, runs));
    Path tenfold = repeat(once);
    report.add(
        row("five agencies on ten times that", "s", runs, () -> toWinners(tenfold, AGENCIES))
            .note("first launch to last exit"));
    Path own = lab.folder("own");
    CsvFiles.generateUneven(lab, own, AGENCIES, OWN_BETS);
    report.add(row("loteria run on 80,000 bets", "s", runs, () -> launcherRun(own)));
    for (Path each : List.of(few, tenfold, own)) {
      Lab.clear(each);
    }
    if (InDocker.isThere(lab)) {
      report.trying(Part.START, "in Docker", () -> inDocker(runs));
    } else {
      System.err.println("bench: no Docker engine: the start in containers is left out");
    }
  }

  /** Beside another build, by turns, if one is given. */
  private void course(Path files, int runs) throws IOException {
    String what = "five agencies on the course's data";
    if (lab.plan().base().isEmpty()) {
      report.add(
          row(what, "s", runs, () -> toWinners(files, AGENCIES)).note("first launch to last exit"));
      return;
    }
    List<Double> here = new ArrayList<>();
    List<Double> there = new ArrayList<>();
    try (Lab other = Lab.open(lab.plan(), lab.plan().base().get())) {
      Start base = new Start(other, new Report());
      for (int run = 0; run < runs; run++) {
        there.add(base.toWinners(files, AGENCIES));
        here.add(toWinners(files, AGENCIES));
      }
    }
    report.add(
        Row.of(Part.START, what, "s", new Sample(here))
            .over(new Sample(there))
            .target(Target.atMost(0.5))
            .note("first launch to last exit; the floor is the other build"));
  }

  private void inDocker(int runs) throws IOException {
    try (InDocker lottery = InDocker.prepare(lab)) {
      report.add(
          row("in Docker, five agencies and a central", "s", runs, lottery::seconds)
              .note("from up to the last winner, 80,000 bets"));
    }
  }

  private static Row row(String what, String unit, int times, Taking taking) throws IOException {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      values.add(taking.seconds());
    }
    return Row.of(Part.START, what, unit, new Sample(values));
  }

  private double toListening() throws IOException {
    Path folder = lab.folder("start");
    try (Central central = Central.start(lab, folder.resolve("data"), AGENCIES)) {
      return central.program().secondsTo("action: listen");
    } finally {
      Lab.clear(folder);
    }
  }

  private double toFirstByte() throws IOException {
    Path folder = lab.folder("start");
    CsvFiles.generate(lab, folder, 1, 1);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(PATIENCE_MILLIS);
      String address = "127.0.0.1:" + server.getLocalPort();
      try (Program agency = lab.agency(1, address, folder, BATCH_BETS_MAX);
          Socket socket = server.accept()) {
        socket.setSoTimeout(PATIENCE_MILLIS);
        if (socket.getInputStream().read() < 0) {
          throw new IOException("the agency says nothing");
        }
        return agency.seconds();
      }
    } finally {
      Lab.clear(folder);
    }
  }

  /** From the start of the first agency to the end of the last, with a central that was there. */
  private double toWinners(Path files, int count) throws IOException {
    Path folder = lab.folder("winners");
    List<Program> agencies = new ArrayList<>();
    try (Central central = Central.start(lab, folder.resolve("data"), count)) {
      for (int id = 1; id <= count; id++) {
        agencies.add(central.agency(id, files, BATCH_BETS_MAX));
      }
      for (Program agency : agencies) {
        agency.awaitSuccess(Program.PATIENCE);
      }
      double seconds = agencies.getFirst().seconds();
      for (Program agency : agencies) {
        Program.Heard _ = agency.await("action: consulta_ganadores");
      }
      return seconds;
    } finally {
      agencies.forEach(Program::close);
      Lab.clear(folder);
    }
  }

  /** The course's data set, if it is there; else invented files of the same sizes. */
  private Path dataSet() throws IOException {
    Optional<String> given = Optional.ofNullable(System.getenv("LOTERIA_DATASET"));
    if (given.isPresent() && !given.get().isEmpty()) {
      return Path.of(given.get()).toAbsolutePath();
    }
    Path folder = lab.folder("course");
    CsvFiles.generateUneven(lab, folder, AGENCIES, BETS);
    return folder;
  }

  private Path repeat(Path once) throws IOException {
    Path tenfold = lab.folder("tenfold");
    for (int agency = 1; agency <= AGENCIES; agency++) {
      String name = CsvFiles.name(agency);
      byte[] rows = Files.readAllBytes(once.resolve(name));
      for (int i = 0; i < TIMES; i++) {
        Files.write(
            tenfold.resolve(name), rows, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    }
    return tenfold;
  }

  private double launcherRun(Path files) throws IOException {
    Path folder = lab.folder("launcher");
    Path data = folder.resolve("data");
    try {
      return lab.run(Program.PATIENCE, lab.launcher(), "run", "--data", files, "--directory", data);
    } finally {
      Lab.clear(folder);
    }
  }
}
