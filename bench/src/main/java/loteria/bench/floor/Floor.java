package loteria.bench.floor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import loteria.bench.lab.Lab;
import loteria.bench.lab.Program;
import loteria.bench.lab.Usage;
import loteria.bench.load.Ingested;

/** A run of the floor: a central that checks nothing, and agencies that send from memory. */
public final class Floor {
  private Floor() {}

  /** Sends a file of frames for each agency; fails unless all of it was stored and acknowledged. */
  public static Ingested run(Lab lab, List<Path> frames, long bets, int window) throws IOException {
    Path folder = lab.folder("floor");
    Path file = folder.resolve("stored");
    List<Program> agencies = new ArrayList<>();
    try (Program central = lab.floor(FloorCentral.class, file, frames.size())) {
      long port = central.await("port").number("port");
      for (Path each : frames) {
        agencies.add(lab.floor(FloorAgency.class, port, each, window));
      }
      for (Program agency : agencies) {
        agency.await("ready");
      }
      Ingested ingested = measure(central, agencies, bets);
      // With the last of them the central ends.
      agencies.forEach(Program::terminate);
      long syncs = central.await("syncs").number("syncs");
      requireStored(file, frames);
      return ingested.with(ingested.writtenBytes(), syncs);
    } finally {
      agencies.forEach(Program::close);
      Lab.clear(folder);
    }
  }

  private static Ingested measure(Program central, List<Program> agencies, long bets)
      throws IOException {
    Usage before = central.usage();
    double agenciesBefore = Program.cpuSeconds(agencies);
    for (Program agency : agencies) {
      agency.say("go");
    }
    long start = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (Program agency : agencies) {
      Program.Heard done = agency.await("start: ", 1, Duration.ofMinutes(5));
      start = Math.min(start, done.number("start"));
      end = Math.max(end, done.number("end"));
    }
    Usage after = central.usage();
    return new Ingested(
        bets,
        (end - start) / 1e9,
        after.cpuSeconds() - before.cpuSeconds(),
        Program.cpuSeconds(agencies) - agenciesBefore,
        after.writtenBytes() - before.writtenBytes(),
        0);
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
