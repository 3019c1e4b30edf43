package loteria.bench.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import loteria.bench.lab.Lab;
import loteria.bench.lab.Program;
import loteria.bench.load.Batches;
import loteria.bench.load.CsvFiles;
import loteria.bench.load.Ingested;
import loteria.bench.load.Steady;
import loteria.bench.report.Part;
import loteria.bench.report.Report;
import loteria.bench.report.Row;
import loteria.bench.report.Sample;
import loteria.bench.report.Target;

/** Lotteries that several centrals share: docs/KAFKA.md. */
public final class Kafka {
  private static final int AGENCIES = 8;

  /** As many that have nothing to upload, and one that never comes: so there is no draw. */
  private static final int EXPECTED = 2 * AGENCIES + 1;

  private static final int FEW_BETS = 100;
  private static final int CENTRALS_MAX = 3;

  private static final List<Integer> PARTITIONS = List.of(1, 2, 4, 8);
  private static final Part PART = Part.KAFKA;

  private final Lab lab;
  private final Report report;
  private final int runs;
  private final int agencyBets;

  public Kafka(Lab lab, Report report) {
    this.lab = lab;
    this.report = report;
    this.runs = lab.plan().runs();
    this.agencyBets = lab.plan().agencyBets() / AGENCIES;
  }

  /** Adds all rows. */
  public void run() throws IOException {
    if (!Cluster.canBe(lab)) {
      System.err.println("bench: the jars of Kafka's brokers cannot be had: kafka is left out");
      return;
    }
    CsvFiles files = CsvFiles.generate(lab, lab.folder("bets"), AGENCIES, agencyBets);
    CsvFiles none = CsvFiles.generate(lab, lab.folder("none"), 2 * AGENCIES, 0);
    Batches few = Batches.generate(lab, FEW_BETS);
    try (Cluster cluster = Cluster.start(lab)) {
      report.trying(PART, "one partition", () -> throughput(cluster, files, none));
      report.trying(PART, "take-over", () -> takeOver(cluster, files, few));
      for (int partitions : PARTITIONS) {
        report.trying(
            PART, partitions + " partitions", () -> partitions(cluster, partitions, files, none));
      }
    }
  }

  /** What real agencies get into one partition, beside the same records by a bare producer. */
  private void throughput(Cluster cluster, CsvFiles files, CsvFiles none) throws IOException {
    List<Double> real = new ArrayList<>();
    List<Double> floor = new ArrayList<>();
    List<Double> replayed = new ArrayList<>();
    List<Double> read = new ArrayList<>();
    double kilobytes = 0;
    for (int run = 0; run < runs; run++) {
      String name;
      try (Centrals centrals = Centrals.start(lab, cluster, 1, 1, EXPECTED)) {
        name = centrals.name();
        real.add(ingested(centrals, files, none).betsASecond());
      }
      String other = cluster.prepare(1);
      try (Program bare =
          lab.floor(FloorLog.class, cluster.addresses(), name + ".bets", other + ".bets")) {
        Program.Heard said = bare.await("bytes: ");
        floor.add(files.bets() / (said.number("committed") / 1e9));
        read.add(said.number("bytes") / 1e6 / (said.number("read") / 1e9));
        kilobytes = said.number("bytes") / 1e3 / said.number("records");
      }
      replayed.add(replay(cluster, name));
    }
    report.add(
        Row.of(PART, "one partition, one central", "bets/s", new Sample(real))
            .over(new Sample(floor))
            .target(Target.atLeast(0.85))
            .note("a commit holds %.0f kB".formatted(kilobytes)));
    report.add(
        Row.of(PART, "replay at the start of a central", "MB/s", new Sample(replayed))
            .over(new Sample(read))
            .target(Target.atLeast(0.8)));
  }

  /** Without what it takes as many agencies that have no bets. */
  private static Ingested ingested(Centrals centrals, CsvFiles files, CsvFiles none)
      throws IOException {
    Ingested start = centrals.upload(none, AGENCIES + 1, 2 * AGENCIES);
    return centrals.upload(files, 1, AGENCIES).without(start);
  }

  /** MB a second, from when a central has opened the log to when it has taken the partition. */
  private double replay(Cluster cluster, String name) throws IOException {
    try (Centrals centrals = Centrals.start(lab, cluster, name, 1, 1, EXPECTED)) {
      Program.Heard taken = centrals.taken(0);
      Program.Heard opened = centrals.program(0).await("action: open_kafka");
      return taken.number("bytes") / 1e6 / ((taken.nanos() - opened.nanos()) / 1e9);
    }
  }

  /** How long nothing is acknowledged when a central or a broker goes. */
  private void takeOver(Cluster cluster, CsvFiles files, Batches few) throws IOException {
    int agency = AGENCIES;
    try (Centrals centrals = Centrals.start(lab, cluster, 2, 1, AGENCIES + 1 + 3 * runs)) {
      var _ = centrals.upload(files, 1, AGENCIES);
      Takes killed = new Takes("kill -9 of a central");
      Takes ended = new Takes("SIGTERM of a central");
      List<Double> brokers = new ArrayList<>();
      List<Double> elected = new ArrayList<>();
      for (int run = 0; run < runs; run++) {
        killed.add(centrals, ++agency, few, Program::close);
        ended.add(centrals, ++agency, few, Program::terminate);
        try (Steady steady = Steady.start(++agency, centrals.ports(), few)) {
          Cluster.Killed leader = cluster.killLeader(centrals.topic());
          Steady.Gap gap = steady.gap();
          brokers.add(gap.nanos() / 1e9);
          elected.add((gap.end() - leader.electedAt()) / 1e9);
          cluster.restart(leader.broker());
        }
      }
      killed.tell(10);
      ended.tell(2);
      report.add(Row.of(PART, "kill -9 of a leading broker, to acks", "s", new Sample(brokers)));
      report.add(
          Row.of(PART, "the same, from the election of another leader", "s", new Sample(elected))
              .target(Target.atMost(1)));
    }
  }

  /** Take-overs of one kind. */
  private final class Takes {
    private final String what;
    private final List<Double> all = new ArrayList<>();
    private final List<Double> own = new ArrayList<>();

    Takes(String what) {
      this.what = what;
    }

    /**
     * Ends the owner of the partition, waits for acknowledgements by the other, starts it again.
     */
    void add(Centrals centrals, int agency, Batches few, Consumer<Program> end) throws IOException {
      int owner = centrals.owner();
      List<Integer> ports = new ArrayList<>(centrals.ports());
      ports.addFirst(ports.remove(/* index */ owner));
      try (Steady steady = Steady.start(agency, ports, few)) {
        end.accept(centrals.program(owner));
        Steady.Gap gap = steady.gap();
        Program.Heard taken = centrals.taken(1 - owner);
        long millis = taken.number("init_ms") + taken.number("replay_ms");
        all.add(gap.nanos() / 1e9);
        own.add((gap.end() - taken.nanos()) / 1e9 + millis / 1e3);
      }
      centrals.again(owner);
    }

    void tell(double seconds) {
      report.add(
          Row.of(PART, what + ", to acks by another", "s", new Sample(all))
              .target(Target.atMost(seconds)));
      report.add(
          Row.of(PART, what + ", from when it is told", "s", new Sample(own))
              .target(Target.atMost(3)));
    }
  }

  /** The same bets over so many partitions, with as many centrals, up to three. */
  private void partitions(Cluster cluster, int partitions, CsvFiles files, CsvFiles none)
      throws IOException {
    List<Double> speeds = new ArrayList<>();
    List<Double> centralsCpu = new ArrayList<>();
    List<Double> brokersCpu = new ArrayList<>();
    List<Double> agenciesCpu = new ArrayList<>();
    int count = Math.min(partitions, CENTRALS_MAX);
    for (int run = 0; run < runs; run++) {
      try (Centrals centrals = Centrals.start(lab, cluster, count, partitions, EXPECTED)) {
        double before = cluster.cpuSeconds();
        Ingested ingested = ingested(centrals, files, none);
        speeds.add(ingested.betsASecond());
        centralsCpu.add(ingested.centralSecondsAMillion());
        agenciesCpu.add(ingested.agenciesSecondsAMillion());
        brokersCpu.add((cluster.cpuSeconds() - before) * 1e6 / files.bets());
      }
    }
    String what = "%d partitions, %d centrals".formatted(partitions, count);
    report.add(Row.of(PART, what, "bets/s", new Sample(speeds)));
    String unit = "s a million bets";
    report.add(Row.of(PART, what + ", CPU of the centrals", unit, new Sample(centralsCpu)));
    report.add(Row.of(PART, what + ", CPU of the brokers", unit, new Sample(brokersCpu)));
    report.add(Row.of(PART, what + ", CPU of the agencies", unit, new Sample(agenciesCpu)));
  }
}
