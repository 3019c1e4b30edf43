package loteria.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A run of the floor: a central that checks nothing, and agencies that send from memory. */
final class Floor {
  private Floor() {}

  /** Sends a file of frames for each agency; fails unless all of it was stored and acknowledged. */
  static Ingested run(Lab lab, List<Path> frames, long bets, int window) throws IOException {
    Path folder = lab.folder("floor");
    Path file = folder.resolve("stored");
    List<Program> agencies = new ArrayList<>();
    try (Program central =
        lab.floor(FloorCentral.class, file.toString(), Integer.toString(frames.size()))) {
      String port = central.await("port").text().split(" ", 2)[1];
      for (Path each : frames) {
        agencies.add(lab.floor(FloorAgency.class, port, each.toString(), Integer.toString(window)));
      }
      for (Program agency : agencies) {
        agency.await("ready");
      }
      Ingested ingested = measure(central, agencies, bets);
      // With the last of them the central ends.
      agencies.forEach(Program::terminate);
      long syncs = Long.parseLong(central.await("syncs").text().split(" ", 2)[1]);
      requireStored(file, frames);
      return ingested.withSyncs(syncs);
    } finally {
      agencies.forEach(Program::close);
      Lab.clear(folder);
    }
  }

  private static Ingested measure(Program central, List<Program> agencies, long bets)
      throws IOException {
    Usage before = central.usage();
    double agenciesBefore = cpuSeconds(agencies);
    for (Program agency : agencies) {
      agency.say("go");
    }
    long start = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (Program agency : agencies) {
      String[] done = agency.await("done", 1, Duration.ofMinutes(5)).text().split(" ", -1);
      start = Math.min(start, Long.parseLong(done[2]));
      end = Math.max(end, Long.parseLong(done[3]));
    }
    Usage after = central.usage();
    return new Ingested(
        bets,
        (end - start) / 1e9,
        after.cpuSeconds() - before.cpuSeconds(),
        cpuSeconds(agencies) - agenciesBefore,
        after.writtenBytes() - before.writtenBytes(),
        0);
  }

  private static double cpuSeconds(List<Program> programs) throws IOException {
    double sum = 0;
    for (Program program : programs) {
      sum += program.usage().cpuSeconds();
    }
    return sum;
  }

  private static void requireStored(Path file, List<Path> frames) throws IOException {
    long sent = 0;
    for (Path each : frames) {
      sent += Files.size(each);
    }
    if (Files.size(file) != sent) {
      throw new IOException("the floor stored %d of %d bytes".formatted(Files.size(file), sent));
    }
  }
}
