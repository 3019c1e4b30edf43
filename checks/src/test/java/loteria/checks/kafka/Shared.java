package loteria.checks.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import loteria.checks.Bets;
import loteria.checks.process.Drawn;
import loteria.checks.process.Found;
import loteria.checks.process.Line;
import loteria.checks.process.Programs;
import loteria.checks.process.Running;
import loteria.lottery.Refusal;
import loteria.testing.Outcome;

/**
 * A lottery of its own on the brokers, its centrals and its agencies, all in one folder. When it is
 * closed, all of them are killed.
 */
public final class Shared implements AutoCloseable {
  static final int PARTITIONS = 3;

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String LOOPBACK = "127.0.0.1:";

  private final Path folder;
  private final RealBrokers brokers;
  private final String name = OnCluster.lottery();
  private final List<List<String>> files;
  private final Programs programs;
  private final Map<Running, Path> centrals = new LinkedHashMap<>(); // each life, and its data
  private final List<Running> agencies = new ArrayList<>();
  private int copies;

  private Shared(Path folder, RealBrokers brokers, List<List<String>> files, Programs programs) {
    this.folder = folder;
    this.brokers = brokers;
    this.files = files;
    this.programs = programs;
  }

  /** The topics are made, the agencies' files are laid, and nothing runs yet. */
  public static Shared in(Path folder, RealBrokers brokers, List<List<String>> files)
      throws IOException {
    Shared shared = new Shared(folder, brokers, files, Programs.in(folder));
    shared.programs.lay(files);
    var _ = shared.tool("kafka", "prepare", "--partitions", String.valueOf(PARTITIONS)).succeeded();
    brokers.awaitKnown(shared.topic(), PARTITIONS);
    brokers.awaitKnown(shared.name + ".draw", 1);
    return shared;
  }

  /** The topic of the bets. */
  public String topic() {
    return name + ".bets";
  }

  /** What a partition of the bets is called. */
  public String bets(int partition) {
    return name + ".bets-" + partition;
  }

  /** What the draw's partition is called. */
  String draw() {
    return name + ".draw-0";
  }

  /** Starts so many centrals, and returns when they listen and each owns something. */
  void centrals(int count) {
    for (int started = 0; started < count; started++) {
      var _ = start();
    }
    awaitOwners();
  }

  /** Starts one more central, which may or may not come to serve. */
  Running start() {
    return start(centrals.size() + 1, 0, Altered.NOTHING);
  }

  /**
   * What of a central is not as it is.
   *
   * @param classes that stand before the project's own
   * @param environment what is added to it
   */
  public record Altered(List<Path> classes, Map<String, String> environment) {
    public static final Altered NOTHING = new Altered(List.of(), Map.of());
  }

  /** Starts a central at a port, for the first time or again. */
  public Running start(int number, int port, Altered altered) {
    Path data = folder.resolve("data-" + number);
    List<String> command =
        new ArrayList<>(
            programs.centralCommand(
                files.size(),
                "--server-port",
                String.valueOf(port),
                "--data-directory",
                data.toString(),
                "--kafka",
                brokers.addresses(),
                "--kafka-name",
                name,
                "--peer-address",
                LOOPBACK + "0"));
    int classPath = command.indexOf("-cp") + 1;
    for (Path first : altered.classes()) {
      command.set(classPath, first + File.pathSeparator + command.get(classPath));
    }
    Running central =
        programs.start("central " + number, Line.Layout.CENTRAL, command, altered.environment());
    centrals.put(central, data);
    return central;
  }

  /** Until every partition is owned, and every central that runs owns one. */
  public void awaitOwners() {
    await("an owner for each partition").atMost(PATIENCE).until(this::isOwned);
  }

  /** Whether every partition is owned, and every central that runs owns one. */
  public boolean isOwned() {
    List<Running> owners = partitions().map(this::ownerNow).flatMap(Optional::stream).toList();
    return owners.size() == PARTITIONS + 1 && owners.containsAll(alive().toList());
  }

  private Stream<String> partitions() {
    return Stream.concat(IntStream.range(0, PARTITIONS).mapToObj(this::bets), Stream.of(draw()));
  }

  private Optional<Running> ownerNow(String partition) {
    return alive().filter(central -> owns(central, partition)).findFirst();
  }

  private Stream<Running> alive() {
    return centrals.keySet().stream().filter(Running::isAlive);
  }

  private static boolean owns(Running central, String partition) {
    return central.lines().stream()
        .filter(line -> line.value("action").endsWith("e_partition"))
        .filter(line -> line.value("partition").equals(partition))
        .reduce((_, last) -> last)
        .filter(line -> line.says("take_partition", "success"))
        .isPresent();
  }

  /** The central that has said to own a partition, now or later. */
  public Running owner(String partition) {
    await(partition).atMost(PATIENCE).until(() -> ownerNow(partition).isPresent());
    return ownerNow(partition).orElseThrow();
  }

  /** The partitions that a central owns. */
  public List<String> owned(Running central) {
    return partitions().filter(partition -> owns(central, partition)).toList();
  }

  /** Until another central owns what one has owned. */
  void awaitMoved(List<String> partitions, Running from) {
    await("another owner of " + partitions)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> haveMoved(partitions, from));
  }

  /** Whether another central that runs owns what one has owned. */
  public boolean haveMoved(List<String> partitions, Running from) {
    return partitions.stream()
        .allMatch(partition ->
            alive().anyMatch(central -> !central.equals(from) && owns(central, partition)));
  }

  /** Has one that was overtaken go on, until it has ended or given back what it had. */
  public void resume(Running overtaken, List<String> owned) {
    int before = overtaken.lines().size();
    overtaken.resume();
    await("the end of %s, or that it gives back %s".formatted(overtaken, owned))
        .atMost(PATIENCE)
        .until(() ->
            !overtaken.isAlive()
                || overtaken.lines().stream()
                    .skip(before)
                    .filter(line -> line.says("give_partition", "success"))
                    .map(line -> line.value("partition"))
                    .toList()
                    .containsAll(owned));
  }

  /** Starts an agency for each file, each of which knows all centrals that listen. */
  void agencies(int batch) {
    agencies(
        centrals.keySet().stream()
            .map(central -> (int) central.await("listen", "success").number("port"))
            .toList(),
        batch);
  }

  /** The same for agencies that know these ports. */
  public void agencies(List<Integer> ports, int batch) {
    String addresses = ports.stream().map(port -> LOOPBACK + port).collect(Collectors.joining(","));
    for (int agency = 1; agency <= files.size(); agency++) {
      agencies.add(
          programs.agency(
              agency,
              "--server-address",
              addresses,
              "--patience",
              "3m",
              "--batch-max-amount",
              String.valueOf(batch)));
    }
  }

  Running agency(int number) {
    return agencies.get(number - 1);
  }

  List<Running> agencies() {
    return agencies;
  }

  /** Until all centrals together have said to have stored so many batches. */
  void awaitStored(int batches) {
    await(batches + " batches stored")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> Running.count(said(), "apuesta_recibida", "success") >= batches);
  }

  /** What all centrals have said, one after the other. */
  List<Line> said() {
    return centrals.keySet().stream().flatMap(central -> central.lines().stream()).toList();
  }

  /** How many of the centrals' lines say this. */
  int count(String action) {
    return Running.count(said(), action, "success");
  }

  /** Acknowledged ⊆ found ⊆ sent, as the log is now, while all goes on. */
  public void assertHolds() throws IOException {
    // Before the log is read: what is said from now on may not be found.
    long stored = Found.stored(said());
    List<Long> told = agencies.stream().map(Shared::told).toList();
    Found found = Found.in(save().resolve("journal"));
    for (int agency = 1; agency <= files.size(); agency++) {
      List<String> rows = found.rows(agency);
      List<String> file = files.get(agency - 1);
      assertThat(rows)
          .as("agency %d", agency)
          .isEqualTo(file.subList(0, Math.min(rows.size(), file.size())));
      assertThat((long) rows.size())
          .as("bets of agency %d, which was told so many", agency)
          .isGreaterThanOrEqualTo(told.get(agency - 1));
    }
    assertThat(found.total())
        .as("bets that the centrals said to have stored")
        .isGreaterThanOrEqualTo(stored);
  }

  /** How many bets an agency was told to be stored, if it was told that all are. */
  private static long told(Running agency) {
    return agency.lines("upload_bets", "success").stream()
        .mapToLong(line -> line.number("bets"))
        .max()
        .orElse(0);
  }

  /** Each agency knows its winners, and the log has all bets once, sealed and drawn once. */
  void assertDrawn() throws IOException {
    await("the end of all agencies")
        .atMost(PATIENCE)
        .until(() -> agencies.stream().noneMatch(Running::isAlive));
    Drawn.assertWinners(agencies, files);
    List<Line> said = said();
    Path saved = save();
    assertThat(saved.resolve("bets.csv")).hasBinaryContent(Bets.sealed(files));
    Found found = Found.in(saved.resolve("journal"));
    found.assertHolds(said, agencies, files);
    assertThat(found.total()).isEqualTo(Bets.count(files));
    assertThat(count("seal_bets")).as("seals").isLessThanOrEqualTo(1);
    assertThat(count("sorteo")).as("draws").isLessThanOrEqualTo(1);
    assertThat(programs.tool("verify", saved).run().succeeded().output())
        .contains("verified  the bets are sealed and the draw was held");
  }

  /** Each central that runs comes to the same sealed file, from its own copies. */
  void assertSameEverywhere() {
    centrals.forEach((central, data) -> {
      if (central.isAlive()) {
        central.awaitThat(
            "draw",
            said ->
                Running.count(said, "sorteo", "success")
                        + Running.count(said, "recover_draw", "success")
                    == 1);
        assertThat(data.resolve("bets.csv")).hasBinaryContent(Bets.sealed(files));
      }
    });
  }

  /** The log, in a data directory. */
  private Path save() {
    copies++;
    Path saved = folder.resolve("saved-" + copies);
    var _ = tool("kafka", "save", saved.toString()).succeeded();
    return saved;
  }

  /** Runs a command of the tool on the lottery. */
  Outcome tool(String... words) {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(List.of("--kafka", brokers.addresses(), "--name", name));
    return programs.tool(all.toArray()).run();
  }

  /**
   * Nobody told of a failure, except that an agency is to come back: a central that has just
   * started may not know yet which other one owns a partition, or may not reach it.
   */
  void assertNothingFailed() {
    Stream.concat(centrals.keySet().stream(), agencies.stream())
        .forEach(program ->
            assertThat(program.lines())
                .as("%s", program)
                .noneMatch(line -> line.fails() && !comesBack(line)));
  }

  private static boolean comesBack(Line line) {
    return line.says("relay", "fail")
        || line.value("error").startsWith(Refusal.SHUTTING_DOWN.name());
  }

  @Override
  public void close() {
    programs.close();
  }
}
