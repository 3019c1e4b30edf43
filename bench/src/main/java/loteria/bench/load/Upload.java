package loteria.bench.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import loteria.bench.lab.Central;
import loteria.bench.lab.Lab;
import loteria.bench.lab.Program;
import loteria.journal.FileStorage;
import loteria.journal.Journal;
import loteria.journal.ReadableStorage;

/** A run of the real programs: a central, and agencies that upload their files. */
public final class Upload {
  /** More than fit a frame, so that the frame's 8 kB bind. */
  public static final int FULL_FRAMES = 65_535;

  /** How long an upload may take. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private Upload() {}

  /**
   * Uploads the files, measured from the start of the first agency to the last acknowledgement of a
   * Finish. One more agency is expected and never comes, so that there is no seal and no draw in
   * it. Fails unless all bets were acknowledged.
   */
  public static Ingested run(Lab lab, CsvFiles files, int batchBetsMax, int window)
      throws IOException {
    Path folder = lab.folder("upload");
    int absent = files.agencies() + 1;
    Map<String, String> environment = Map.of("LOTERIA_WINDOW", Integer.toString(window));
    try (Central central = Central.start(lab, folder.resolve("data"), absent, environment)) {
      central.requireWindow(window, absent);
      return run(central, files, batchBetsMax);
    } finally {
      Lab.clear(folder);
    }
  }

  /** Uploads the files to a central that expects one agency more. */
  public static Ingested run(Central central, CsvFiles files, int batchBetsMax) throws IOException {
    List<Program> centrals = List.of(central.program());
    long before = central.program().usage().writtenBytes();
    Ingested ingested =
        measure(
            centrals,
            files,
            1,
            files.agencies(),
            id -> central.agency(id, files.folder(), batchBetsMax));
    long written = central.program().usage().writtenBytes() - before;
    return ingested.with(written, blocks(central.data()));
  }

  /** Starts an agency. */
  public interface Starter {
    Program start(int id) throws IOException;
  }

  /** What it takes some agencies to upload, without what the centrals write. */
  public static Ingested measure(
      List<Program> centrals, CsvFiles files, int from, int to, Starter starter)
      throws IOException {
    double before = Program.cpuSeconds(centrals);
    List<Program> agencies = new ArrayList<>();
    try {
      for (int id = from; id <= to; id++) {
        agencies.add(starter.start(id));
      }
      long end = awaitAll(agencies, files.agencyBets());
      double agenciesSeconds = Program.cpuSeconds(agencies);
      double centralsSeconds = Program.cpuSeconds(centrals) - before;
      double seconds = (end - agencies.getFirst().started()) / 1e9;
      long bets = (to - from + 1L) * files.agencyBets();
      return new Ingested(bets, seconds, centralsSeconds, agenciesSeconds, 0, 0);
    } finally {
      agencies.forEach(Program::close);
    }
  }

  /** When the last of them was told that all of its bets are stored. */
  private static long awaitAll(List<Program> agencies, long agencyBets) throws IOException {
    long last = Long.MIN_VALUE;
    for (Program agency : agencies) {
      Program.Heard uploaded = agency.await("action: upload_bets", 1, PATIENCE);
      if (uploaded.number("bets") != agencyBets) {
        throw new IOException("acknowledged, of %d: %s".formatted(agencyBets, uploaded.text()));
      }
      last = Math.max(last, uploaded.nanos());
    }
    return last;
  }

  /** The journal syncs once a block. */
  private static long blocks(Path data) throws IOException {
    try (ReadableStorage journal = FileStorage.openToRead(data.resolve("journal"))) {
      return Journal.inspect(journal, (_, _) -> {}).blocks();
    }
  }
}
