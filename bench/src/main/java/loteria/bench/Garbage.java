package loteria.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many bytes the central's collector has taken away, by its own log, while bets were uploaded.
 * The log is in whole mebibytes, of which each pause frees dozens. What was not yet collected at
 * the end is not in it: one more run of the collector at the most.
 */
final class Garbage {
  private static final Pattern PAUSE =
      Pattern.compile("Pause (?:Young|Full).* (\\d+)M->(\\d+)M\\(");
  private static final long MEGABYTE = 1 << 20;
  private static final int BATCH_BETS_MAX = 65_535;

  private final Lab lab;

  Garbage(Lab lab) {
    this.lab = lab;
  }

  Row measure(CsvFiles files) throws IOException {
    Path folder = lab.folder("garbage");
    Path log = folder.resolve("gc.log");
    String flag = "-Xlog:gc:file=" + log + "::filecount=0";
    try (Central central =
        Central.startWith(flag, lab, folder.resolve("data"), files.agencies() + 1)) {
      Upload.run(central, files, BATCH_BETS_MAX);
    }
    long collected = collected(Files.readAllLines(log));
    Lab.clear(folder);
    return Row.of(
        Part.INGEST, "garbage of the central", "bytes a bet", (double) collected / files.bets());
  }

  /** The bytes that the pauses of a log have freed. */
  static long collected(List<String> log) {
    long megabytes = 0;
    for (String line : log) {
      Matcher pause = PAUSE.matcher(line);
      if (pause.find()) {
        megabytes += Long.parseLong(pause.group(1)) - Long.parseLong(pause.group(2));
      }
    }
    return megabytes * MEGABYTE;
  }
}
