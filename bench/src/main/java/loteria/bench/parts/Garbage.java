package loteria.bench.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import loteria.bench.lab.Central;
import loteria.bench.lab.Lab;
import loteria.bench.load.CsvFiles;
import loteria.bench.load.Upload;
import loteria.bench.report.Part;
import loteria.bench.report.Row;

/**
 * How many bytes the central's collector has taken away, by its own log, while bets were uploaded.
 * The log is in whole mebibytes, of which each pause frees dozens. What was not yet collected at
 * the end is not in it: one more run of the collector at the most.
 */
record Garbage(Lab lab) {
  private static final Pattern PAUSE =
      Pattern.compile("Pause (?:Young|Full).* (\\d+)M->(\\d+)M\\(");
  private static final long MEGABYTE = 1 << 20;

  Row measure(CsvFiles files) throws IOException {
    Path folder = lab.folder("garbage");
    Path log = folder.resolve("gc.log");
    // Java takes these after those of the launcher, of which one turns all logging off.
    Map<String, String> flags = Map.of("_JAVA_OPTIONS", "-Xlog:gc:file=" + log + "::filecount=0");
    try (Central central =
        Central.start(lab, folder.resolve("data"), files.agencies() + 1, flags)) {
      Upload.run(central, files, Upload.FULL_FRAMES);
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
