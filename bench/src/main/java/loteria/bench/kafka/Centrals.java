package loteria.bench.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import loteria.bench.lab.Lab;
import loteria.bench.lab.Program;
import loteria.bench.load.CsvFiles;
import loteria.bench.load.Ingested;
import loteria.bench.load.Upload;

/** Real centrals that share a lottery on a cluster, by their numbers from 0. */
final class Centrals implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int POLL_MILLIS = 20;
  private static final int POLLS_MAX = 6_000;
  private static final String TAKEN = "action: take_partition | result: success";
  private static final String GIVEN = "action: give_partition";

  private final Lab lab;
  private final Cluster cluster;
  private final String name;
  private final int partitions;
  private final int agencies;
  private final Path folder;
  private final List<Program> programs = new ArrayList<>();

  private Centrals(
      Lab lab, Cluster cluster, String name, int partitions, int agencies, Path folder) {
    this.lab = lab;
    this.cluster = cluster;
    this.name = name;
    this.partitions = partitions;
    this.agencies = agencies;
    this.folder = folder;
  }

  /** So many of a new lottery, when each owns something and no partition is left. */
  static Centrals start(Lab lab, Cluster cluster, int count, int partitions, int agencies)
      throws IOException {
    return start(lab, cluster, cluster.prepare(partitions), count, partitions, agencies);
  }

  /** The same of a lottery that is there. */
  static Centrals start(
      Lab lab, Cluster cluster, String name, int count, int partitions, int agencies)
      throws IOException {
    Path folder = lab.folder("centrals");
    Centrals centrals = new Centrals(lab, cluster, name, partitions, agencies, folder);
    try {
      for (int number = 0; number < count; number++) {
        centrals.programs.add(centrals.launch(number));
      }
      centrals.awaitOwners();
      return centrals;
    } catch (IOException failed) {
      centrals.close();
      throw failed;
    }
  }

  private Program launch(int number) throws IOException {
    List<Object> words = new ArrayList<>(List.of("--bind", "127.0.0.1", "--server-port", 0));
    words.addAll(List.of("--status", "off", "--agencies", agencies));
    words.addAll(List.of("--data-directory", folder.resolve("data-" + number)));
    words.addAll(List.of("--kafka", cluster.addresses(), "--kafka-name", name));
    words.addAll(List.of("--peer-address", "127.0.0.1:0"));
    List<String> launched = List.of(lab.launcher(), "central");
    return lab.start("central " + number, Map.of(), launched, words.toArray());
  }

  /** Starts one that is gone anew, and waits until it owns something. */
  void again(int number) throws IOException {
    programs.set(number, launch(number));
    awaitOwners();
  }

  private void awaitOwners() throws IOException {
    for (int poll = 0; poll < POLLS_MAX; poll++) {
      List<Long> owned =
          programs.stream().map(each -> each.count(TAKEN) - each.count(GIVEN)).toList();
      if (owned.stream().mapToLong(each -> each).sum() == partitions + 1 && !owned.contains(0L)) {
        return;
      }
      Program.pause(POLL_MILLIS);
    }
    throw new IOException("partitions without an owner: " + programs.getFirst().complaint());
  }

  String topic() {
    return name + ".bets";
  }

  String name() {
    return name;
  }

  Program program(int number) {
    return programs.get(number);
  }

  /** Which one owns the first partition. */
  int owner() {
    String partition = "partition: " + topic() + "-0";
    for (int number = 0; number < programs.size(); number++) {
      Program each = programs.get(number);
      if (each.isAlive()
          && each.count(TAKEN + " | " + partition)
              > each.count("give_partition | result: success | " + partition)) {
        return number;
      }
    }
    throw new IllegalStateException("nobody owns " + partition);
  }

  /** When a central said that it has taken the first partition. */
  Program.Heard taken(int number) throws IOException {
    String words = TAKEN + " | partition: " + topic() + "-0";
    Program program = programs.get(number);
    return program.await(words, Math.max(1, (int) program.count(words)), PATIENCE);
  }

  List<Integer> ports() throws IOException {
    List<Integer> ports = new ArrayList<>();
    for (Program each : programs) {
      ports.add((int) each.await("action: listen").number("port"));
    }
    return ports;
  }

  /** What it took some agencies to upload, with full frames; each has a central to begin with. */
  Ingested upload(CsvFiles files, int from, int to) throws IOException {
    List<Integer> ports = ports();
    return Upload.measure(
        programs,
        files,
        from,
        to,
        id -> lab.agency(id, addresses(ports, id), files.folder(), Upload.FULL_FRAMES));
  }

  private static String addresses(List<Integer> ports, int agency) {
    return IntStream.range(0, ports.size())
        .mapToObj(i -> "127.0.0.1:" + ports.get((agency + i) % ports.size()))
        .collect(Collectors.joining(","));
  }

  @Override
  public void close() throws IOException {
    programs.forEach(Program::close);
    Lab.clear(folder);
  }
}
