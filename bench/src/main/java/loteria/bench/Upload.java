package loteria.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import loteria.journal.FileStorage;
import loteria.journal.Journal;

/** A run of the real programs: a central, and agencies that upload their files. */
final class Upload {
  /** How long an upload may take. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private Upload() {}

  /**
   * Uploads the files, measured from the start of the first agency to the last acknowledgement of a
   * Finish. One more agency is expected and never comes, so that there is no seal and no draw in
   * it. Fails unless all bets were acknowledged.
   */
  static Ingested run(Lab lab, CsvFiles files, int batchBetsMax, int window) throws IOException {
    Path folder = lab.folder("upload");
    int absent = files.agencies() + 1;
    try (Central central = Central.start(lab, folder.resolve("data"), absent, window)) {
      central.requireWindow(window, absent);
      return run(central, files, batchBetsMax);
    } finally {
      Lab.clear(folder);
    }
  }

  /** Uploads the files to a central that expects one agency more. */
  static Ingested run(Central central, CsvFiles files, int batchBetsMax) throws IOException {
    Usage before = central.program().usage();
    List<Program> agencies = new ArrayList<>();
    try {
      for (int id = 1; id <= files.agencies(); id++) {
        agencies.add(central.agency(id, files.folder(), batchBetsMax));
      }
      long end = awaitAll(agencies, files.agencyBets());
      Usage after = central.program().usage();
      double agenciesSeconds = 0;
      for (Program agency : agencies) {
        agenciesSeconds += agency.usage().cpuSeconds();
      }
      return new Ingested(
          files.bets(),
          (end - agencies.getFirst().started()) / 1e9,
          after.cpuSeconds() - before.cpuSeconds(),
          agenciesSeconds,
          after.writtenBytes() - before.writtenBytes(),
          blocks(central.data()));
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
    try (FileStorage journal = FileStorage.openToRead(data.resolve("journal"))) {
      return Journal.inspect(journal, (_, _) -> {}).blocks();
    }
  }
}
