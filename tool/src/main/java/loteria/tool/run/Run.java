package loteria.tool.run;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import loteria.kafka.options.KafkaOptions;
import loteria.tool.bets.AgencyFile;
import org.jspecify.annotations.Nullable;

/**
 * The main job, once: a central, or several that share the lottery, and the agencies, as processes
 * of their own, from the first start to the last exit.
 *
 * <pre>
 *  start centrals -> they listen -> start agencies -> all exit 0 -> SIGTERM -> centrals exit 0
 *        any other exit, no room for the bets, or silence where a deadline is: FailedException
 * </pre>
 *
 * <p>All that is known of the programs comes from their logs and exit codes. For one thread; the
 * children are stopped by whoever owns them.
 */
final class Run {
  private static final String LOOPBACK = "127.0.0.1";

  /** How long a central may take until it listens. */
  private static final long LISTEN_MILLIS_MAX = 30_000;

  /** How long the central may take to exit after SIGTERM. */
  private static final long CENTRAL_STOP_MILLIS_MAX = 5_000;

  private static final long TICK_MILLIS = 25;

  private final Order order;
  private final Programs programs;
  private final Children children;
  private final Progress progress;
  private final List<Child> centrals = new ArrayList<>();
  private final List<Child> agencies = new ArrayList<>();

  // What the programs have told in their logs.
  private final TreeMap<Integer, Integer> ports = new TreeMap<>(); // by central, from 1
  private long before;
  private long stored;
  private @Nullable Seal seal;
  private @Nullable Draw draw;
  private @Nullable FailedException full;
  private final TreeMap<Integer, Long> winners = new TreeMap<>();

  private long uploadStart;
  private @Nullable Duration upload;

  /**
   * What to run.
   *
   * @param files of the agencies, by agency from 1 without a gap
   * @param directory where the central keeps its data and every program its log and winners; it
   *     exists, and is also the programs' working directory
   * @param number the winning number
   * @param batchMaxAmount the most bets of a batch
   * @param shared by whom, if centrals share the lottery; each keeps its data in a directory of its
   *     own there
   */
  record Order(
      List<AgencyFile> files,
      Path directory,
      int number,
      int batchMaxAmount,
      @Nullable Shared shared) {
    /** Makes the directory absolute, since the programs run elsewhere. */
    Order {
      files = List.copyOf(files);
      directory = directory.toAbsolutePath().normalize();
    }

    int centrals() {
      return shared == null ? 1 : shared.centrals();
    }

    /** The rows of all agencies' files. */
    long rows() {
      return files.stream().mapToLong(AgencyFile::rows).sum();
    }

    /** The file that an agency leaves its winners in. */
    Path winnersOf(int agency) {
      return directory.resolve("winners-" + agency + ".txt");
    }
  }

  /**
   * Centrals that share a lottery.
   *
   * @param centrals how many
   * @param log which lottery on which brokers
   * @param config the file of the properties of Kafka's clients
   */
  record Shared(int centrals, KafkaOptions log, @Nullable Path config) {
    /** The central runs elsewhere. */
    Shared {
      config = config == null ? null : config.toAbsolutePath();
    }
  }

  /** The seal that the central announced. */
  record Seal(long bets, String sha256) {
    private static Seal of(LogLine line) {
      return new Seal(line.number("bets").orElse(0), line.text("sha256").orElse("?"));
    }
  }

  /**
   * The draw that was held.
   *
   * @param before whether it was held before this run
   */
  record Draw(int number, boolean before) {}

  /**
   * A program did not do its part: which, what it did, and why if that is the last line of its log;
   * with the last lines.
   */
  static final class FailedException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    private final transient List<String> lastLines;

    FailedException(Child child, String what) {
      List<String> lines = child.lastLines();
      super(child.name() + " " + what + (lines.isEmpty() ? "" : LogLine.reason(lines.getLast())));
      lastLines = lines;
    }

    List<String> lastLines() {
      return lastLines;
    }
  }

  Run(Order order, Programs programs, Children children, Progress progress) {
    this.order = order;
    this.programs = programs;
    this.children = children;
    this.progress = progress;
  }

  /**
   * Runs the lottery to its end.
   *
   * @throws FailedException when a program did not do its part
   * @throws IOException when a program cannot be started or its log not be read
   */
  void run() throws IOException, InterruptedException, FailedException {
    for (int central = 1; central <= order.centrals(); central++) {
      int number = central;
      centrals.add(
          children.start(
              centralName(number),
              centralCommand(number),
              order.directory(),
              line -> takeFromCentral(number, line)));
    }
    awaitListening();
    uploadStart = System.nanoTime();
    for (AgencyFile file : order.files()) {
      int agency = file.agency();
      agencies.add(
          children.start(
              "agency-" + agency,
              agencyCommand(file),
              order.directory(),
              line -> takeFromAgency(agency, line)));
    }
    awaitAgencies();
    stop();
  }

  private String centralName(int central) {
    return order.shared() == null ? "central" : "central-" + central;
  }

  /** On a free port of the loopback. */
  private List<String> centralCommand(int central) {
    Shared shared = order.shared();
    Path data =
        shared == null ? order.directory() : order.directory().resolve(centralName(central));
    List<Object> words = new ArrayList<>(List.of("--server-port", 0, "--bind", LOOPBACK));
    words.addAll(List.of("--agencies", order.files().size(), "--number", order.number()));
    words.addAll(List.of("--draw", "automatic", "--data-directory", data));
    words.addAll(List.of("--logging-level", "INFO", "--log-format", "course"));
    if (shared != null) {
      words.addAll(List.of("--kafka", shared.log().brokers(), "--kafka-name", shared.log().name()));
      words.addAll(List.of("--peer-address", LOOPBACK + ":0"));
      if (shared.config() != null) {
        words.addAll(List.of("--kafka-config", shared.config()));
      }
      if (central > 1) {
        words.addAll(List.of("--status", LOOPBACK + ":0")); // the first has the usual port
      }
    }
    return programs.central(words.toArray());
  }

  /** All centrals, for each agency another one first. */
  private String addresses(int agency) {
    List<String> addresses =
        new ArrayList<>(ports.values().stream().map(port -> LOOPBACK + ":" + port).toList());
    Collections.rotate(addresses, -(agency - 1));
    return String.join(",", addresses);
  }

  private List<String> agencyCommand(AgencyFile file) {
    int agency = file.agency();
    List<Object> words = new ArrayList<>(List.of("--id", agency, "--task", "upload"));
    words.addAll(List.of("--server-address", addresses(agency)));
    words.addAll(List.of("--file", file.path().toAbsolutePath().normalize()));
    words.addAll(List.of("--winners", order.winnersOf(agency), "--quiet=no"));
    words.addAll(List.of("--log-level", "INFO", "--log-format", "course"));
    words.addAll(List.of("--batch-max-amount", order.batchMaxAmount()));
    return programs.agency(words.toArray());
  }

  void takeFromCentral(int central, String text) {
    LogLine line = LogLine.of(text);
    if (line.succeeded("apuesta_recibida")) {
      stored += line.number("cantidad").orElse(0);
    } else if (line.succeeded("open_journal")) {
      before += line.number("bets").orElse(0);
    } else if (line.succeeded("listen")) {
      ports.put(central, (int) Math.min(line.number("port").orElse(0), Character.MAX_VALUE));
    } else if (line.succeeded("seal_bets")) {
      seal = Seal.of(line);
      upload = elapsed();
    } else if (line.succeeded("recover_seal")) {
      seal = Seal.of(line);
    } else if (line.succeeded("hold_draw")) {
      draw = new Draw((int) line.number("number").orElse(0), false);
    } else if (line.succeeded("recover_draw") && draw == null) {
      // Or another central has held it, and what that says of it is read next.
      draw = new Draw((int) line.number("number").orElse(0), true);
    } else if (line.failed("store_bets")) {
      // It would wait for room, or a descriptor, until its agencies give up, and nobody would know.
      full = new FailedException(centrals.get(central - 1), "cannot store the bets");
    }
  }

  private void takeFromAgency(int agency, String text) {
    LogLine line = LogLine.of(text);
    if (line.succeeded("consulta_ganadores")) {
      line.number("cant_ganadores").ifPresent(count -> winners.put(agency, count));
    }
  }

  private void awaitListening() throws IOException, InterruptedException, FailedException {
    long start = System.nanoTime();
    for (int central = 1; central <= centrals.size(); central++) {
      Child child = centrals.get(central - 1);
      while (!ports.containsKey(central)) {
        boolean ended = child.awaitEnd(TICK_MILLIS);
        child.follow();
        if (ended) {
          throw exited(child, " before it listened");
        }
        if (System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(LISTEN_MILLIS_MAX)) {
          throw new FailedException(child, "does not listen after " + LISTEN_MILLIS_MAX + " ms");
        }
      }
    }
  }

  /** Until all agencies are done: each has told its winners and exited 0. */
  private void awaitAgencies() throws IOException, InterruptedException, FailedException {
    int done = 0;
    while (done < agencies.size()) {
      // Asked before the logs are read, so that what an ended program said last is read too.
      var _ = centrals.getFirst().awaitEnd(TICK_MILLIS);
      List<Child> gone = centrals.stream().filter(central -> !central.isAlive()).toList();
      List<Child> ended = agencies.stream().filter(agency -> !agency.isAlive()).toList();
      follow();
      if (full != null) {
        throw full;
      }
      if (!gone.isEmpty()) {
        throw exited(gone.getFirst(), " before the agencies were done");
      }
      for (Child agency : ended) {
        if (agency.process().exitValue() != 0) {
          throw exited(agency, "");
        }
        if (winnersOf(agencies.indexOf(agency) + 1).isEmpty()) {
          throw exited(agency, " without telling its winners");
        }
      }
      done = ended.size();
      show(done);
    }
  }

  private void stop() throws IOException, InterruptedException, FailedException {
    centrals.forEach(central -> central.process().destroy());
    for (Child central : centrals) {
      boolean ended = central.awaitEnd(CENTRAL_STOP_MILLIS_MAX);
      follow();
      if (!ended) {
        throw new FailedException(
            central, "does not exit " + CENTRAL_STOP_MILLIS_MAX + " ms after SIGTERM");
      }
      if (central.process().exitValue() != 0) {
        throw exited(central, " when it was stopped in order");
      }
    }
    show(agencies.size());
  }

  private static FailedException exited(Child child, String when) {
    return new FailedException(child, "exited " + child.process().exitValue() + when);
  }

  private void follow() throws IOException {
    for (Child central : centrals) {
      central.follow();
    }
    for (Child agency : agencies) {
      agency.follow();
    }
  }

  private void show(int done) {
    progress.show(before, stored, done, step(), elapsed());
  }

  /** What is being done, in a word or two. */
  String step() {
    return draw != null ? "draw held" : seal != null ? "sealed" : "uploading";
  }

  /** From the start of the agencies to the seal, or until now while there is none. */
  Duration elapsed() {
    return upload == null ? Duration.ofNanos(System.nanoTime() - uploadStart) : upload;
  }

  /** The bets stored in this run. */
  long stored() {
    return stored;
  }

  /** The bets that were stored before this run; of centrals that share a lottery nobody says it. */
  long before() {
    return before;
  }

  /** The draw, once it is held. */
  Optional<Draw> draw() {
    return Optional.ofNullable(draw);
  }

  /** The seal, once it is announced. */
  Optional<Seal> seal() {
    return Optional.ofNullable(seal);
  }

  /** How many bets of {@code agency} have won, once it knows. */
  OptionalLong winnersOf(int agency) {
    Long count = winners.get(agency);
    return count == null ? OptionalLong.empty() : OptionalLong.of(count);
  }
}
