package loteria.bench.parts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import loteria.bench.floor.Disk;
import loteria.bench.lab.Central;
import loteria.bench.lab.Lab;
import loteria.bench.lab.Peer;
import loteria.bench.load.Batches;
import loteria.bench.load.OpenLoop;
import loteria.bench.load.Threads;
import loteria.bench.report.Part;
import loteria.bench.report.Report;
import loteria.bench.report.Row;
import loteria.bench.report.Sample;
import loteria.bench.report.Target;
import org.HdrHistogram.Histogram;

/** From a batch that is to be sent to its acknowledgement, at shares of the greatest load. */
public record Latency(Lab lab, Report report) {
  private static final int AGENCIES = 5;

  /** So many of them fill a frame nearly. */
  private static final int BATCH_BETS = 140;

  private static final double WARM_UP_SECONDS = 8;
  private static final double SECONDS = 4;
  private static final int HALF = 50;
  private static final int[] PERCENT = {25, HALF, 75};

  /**
   * Adds the rows of every load.
   *
   * @param maximum the greatest load, in bets a second
   */
  public void run(double maximum) throws IOException {
    Path folder = lab.folder("latency");
    Sample disk = Disk.appendMillis(folder);
    report.add(Row.of(Part.LATENCY, "the disk: 8 kB appended and synced", "ms", disk));
    Batches batches = Batches.generate(lab, BATCH_BETS);
    List<Peer> peers = new ArrayList<>();
    try (Central central = Central.start(lab, folder.resolve("data"), AGENCIES)) {
      List<OpenLoop> loops = new ArrayList<>();
      for (int agency = 1; agency <= AGENCIES; agency++) {
        Peer peer = Peer.at(central.port());
        peers.add(peer);
        int window = peer.greet(agency).window();
        loops.add(new OpenLoop(peer, agency, batches, window));
      }
      Histogram _ = measure(loops, maximum / 2, WARM_UP_SECONDS);
      Map<Integer, List<Histogram>> measured = new TreeMap<>();
      for (int run = 0; run < lab.plan().runs(); run++) {
        for (int percent : PERCENT) {
          measured
              .computeIfAbsent(percent, _ -> new ArrayList<>())
              .add(measure(loops, maximum * percent / 100, SECONDS));
        }
      }
      measured.forEach((percent, runs) -> tell(percent, runs, disk.median()));
      report.add(
          Row.of(Part.LATENCY, "the central's fsyncs, p99", "ms", central.syncMillisP99())
              .note("of all these loads: no acknowledgement can be sooner than its own"));
    } finally {
      for (Peer peer : peers) {
        peer.close();
      }
    }
    Lab.clear(folder);
  }

  private static Histogram measure(List<OpenLoop> loops, double betsASecond, double seconds)
      throws IOException {
    double batchesASecond = betsASecond / BATCH_BETS / loops.size();
    long interval = Math.round(1e9 / batchesASecond);
    int count = (int) Math.max(1, batchesASecond * seconds);
    // The agencies take turns within an interval.
    long start = System.nanoTime() + 50_000_000;
    List<Callable<Histogram>> work = new ArrayList<>();
    for (int i = 0; i < loops.size(); i++) {
      OpenLoop loop = loops.get(i);
      long its = start + i * interval / loops.size();
      work.add(() -> loop.run(its, interval, count));
    }
    List<Histogram> histograms = Threads.all(Thread.ofPlatform().daemon(), work);
    Histogram all = histograms.removeFirst();
    histograms.forEach(all::add);
    return all;
  }

  private void tell(int percent, List<Histogram> runs, double diskMillis) {
    String load = "at %d %% of the maximum, ".formatted(percent);
    report.add(millis(load + "median", runs, run -> run.getValueAtPercentile(50)));
    Row p99 = millis(load + "p99", runs, run -> run.getValueAtPercentile(99));
    report.add(
        percent == HALF
            ? p99.target(Target.atMost(5 * diskMillis + 2)).note("5 × the disk's median and 2 ms")
            : p99);
    report.add(millis(load + "p99.9", runs, run -> run.getValueAtPercentile(99.9)));
    report.add(
        millis(load + "longest", runs, Histogram::getMaxValue)
            .note("of %d batches a run".formatted(runs.getFirst().getTotalCount())));
  }

  private static Row millis(String what, List<Histogram> runs, ToLongFunction<Histogram> nanos) {
    List<Double> millis = runs.stream().map(run -> nanos.applyAsLong(run) / 1e6).toList();
    return Row.of(Part.LATENCY, what, "ms", new Sample(millis));
  }
}
