package loteria.checks.torture.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import loteria.checks.Bets;
import loteria.checks.process.Drawn;
import loteria.checks.process.Found;
import loteria.checks.process.Line;
import loteria.checks.process.Programs;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.machine.Launch;
import loteria.checks.torture.machine.Trace;
import loteria.checks.torture.machine.TroubledDisk;
import loteria.checks.torture.peers.SpokenFile;
import loteria.checks.torture.peers.Uploader;

/**
 * The lives of a central in one data directory: those in trouble, to which agencies upload that
 * remember what they were told, and a healthy one at the end, with the agencies' own programs. What
 * is found after each is compared with what was told.
 *
 * <p>For one thread. When it is closed all programs are gone.
 */
final class Lives implements AutoCloseable {
  private static final List<List<String>> FILES =
      List.of(Bets.rows(1, 300, 2), Bets.rows(2, 180, 1));
  private static final int BATCH_BETS = 5;

  /** So that a crowd is not kept waiting by the kernel. */
  private static final int BACKLOG = 1024;

  private final Programs programs;
  private final List<Uploader> uploaders;
  private final List<Line> said = new ArrayList<>();
  private long lost;
  private long doubled;

  private Lives(Programs programs, List<Uploader> uploaders) {
    this.programs = programs;
    this.uploaders = uploaders;
  }

  /** Two agencies with their files, and a data directory that is not there yet. */
  static Lives in(Path folder) throws IOException {
    Programs programs = Programs.in(folder);
    programs.lay(FILES);
    return new Lives(
        programs,
        IntStream.rangeClosed(1, FILES.size())
            .mapToObj(agency -> new SpokenFile(agency, FILES.get(agency - 1)))
            .map(file -> new Uploader(file, BATCH_BETS))
            .toList());
  }

  /** What befalls a central, before its last life. */
  @FunctionalInterface
  interface Trouble {
    void befall(Lives lives, SplittableRandom random) throws Exception;
  }

  /** A case of such lives, up to the healthy one. */
  static Case named(String name, String rows, Trouble trouble, Case.Need... needs) {
    return Case.of(
        name,
        rows,
        (folder, random) -> {
          try (Lives lives = in(folder)) {
            trouble.befall(lives, random);
            return lives.end();
          }
        },
        needs);
  }

  Programs programs() {
    return programs;
  }

  Path journal() {
    return programs.journal();
  }

  int port() {
    return programs.port();
  }

  /** The disk of the data directory, without trouble so far. */
  TroubledDisk disk() throws IOException {
    return TroubledDisk.under(programs.data());
  }

  /** The same, which notes down all calls. */
  TroubledDisk tracedDisk() throws IOException {
    return disk().tracedIn(programs.data().resolveSibling("trace"));
  }

  /** What centrals on a {@link #tracedDisk} did to the journal. */
  Trace trace() throws IOException {
    return Trace.of(programs.data().resolveSibling("trace"), "journal");
  }

  /** A central that serves. */
  Running central() {
    return programs.central(agencies());
  }

  int agencies() {
    return FILES.size();
  }

  /** The agencies that upload by themselves. */
  List<Uploader> uploaders() {
    return uploaders;
  }

  /** How many bets they were told are stored. */
  long acked() {
    return uploaders.stream().mapToLong(Uploader::acked).sum();
  }

  /** A central that is starting. */
  Running start(Launch launch) {
    return programs.start("central", Line.Layout.CENTRAL, words(launch), launch.environment());
  }

  /** The same for one that may say something beside the log. The caller closes it. */
  Running startAside(Launch launch) {
    return Running.start(
        "central", Line.Layout.CENTRAL, programs.builder(words(launch), launch.environment()));
  }

  /** The words that start a central so. */
  List<String> words(Launch launch) {
    return launch.words(
        programs.centralCommand(agencies(), "--server-listen-backlog", Integer.toString(BACKLOG)));
  }

  /**
   * Has the agencies upload to a central and wait for the draw, until all is done or the central is
   * gone; if it is not, it is killed. Then what is found is compared with what was told.
   */
  void live(Running central) throws IOException {
    if (central.awaitOrEnd("listen", "success")) {
      upload();
      if (uploaders.stream().allMatch(Uploader::hasFinished)) {
        eachAtOnce(uploader -> uploader.hearWinners(port()));
      }
    }
    central.kill();
    ended(central);
  }

  /** One session of each agency, all at once: until they have finished, are refused or cut off. */
  void upload() {
    eachAtOnce(uploader -> uploader.upload(port()));
  }

  /** One session of each, in which it is told that its first bets are stored, and leaves. */
  void uploadFirst(int count) {
    eachAtOnce(uploader -> uploader.uploadFirst(count, programs.port()));
  }

  /** What is done to a central. */
  @FunctionalInterface
  interface Deed {
    void run() throws IOException;
  }

  /**
   * Has the agencies upload to a central that is starting, makes trouble as soon as it has stored
   * so many batches, and waits until they have finished, are refused or cut off.
   */
  void uploadUntil(Running central, int batches, Deed trouble) throws IOException {
    central.await("listen", "success");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> upload = threads.submit(this::upload);
      central.await("apuesta_recibida", "success", batches);
      trouble.run();
      var ignored = upload.get();
    } catch (ExecutionException wrong) {
      throw new AssertionError(wrong.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while agencies upload", e);
    }
  }

  private void eachAtOnce(Consumer<Uploader> session) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<? extends Future<?>> sessions =
          uploaders.stream()
              .map(uploader -> threads.submit(() -> session.accept(uploader)))
              .toList();
      for (Future<?> each : sessions) {
        var ignored = each.get();
      }
    } catch (ExecutionException wrong) {
      throw new AssertionError(wrong.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while agencies upload", e);
    }
  }

  /** A central is gone: what is found is compared with what was told. */
  void ended(Running central) throws IOException {
    said.addAll(central.lines());
    compare();
  }

  /** Compares what is in the journal with what the agencies were told. */
  void compare() throws IOException {
    Found found = Found.in(journal());
    for (int agency = 1; agency <= agencies(); agency++) {
      List<String> rows = found.rows(agency);
      List<String> file = FILES.get(agency - 1);
      lost += Math.max(0, uploaders.get(agency - 1).acked() - rows.size());
      for (int at = 0; at < rows.size(); at++) {
        if (at >= file.size() || !rows.get(at).equals(file.get(at))) {
          doubled++;
        }
      }
    }
  }

  /**
   * A healthy central, and the agencies' own programs: all is stored once, and the winners are
   * those of a naive count.
   */
  Evidence end() throws IOException {
    Running central = central();
    assertWinners(startAgencies());
    central.terminate();
    central.assertExits(0);
    ended(central);
    assertDrawn();
    return evidence();
  }

  /** The agencies' own programs. */
  List<Running> startAgencies() {
    return programs.agencies(agencies());
  }

  /** They end well, with the winners of a naive count. */
  void assertWinners(List<Running> agenciesOfTheirOwn) {
    Drawn.assertWinners(agenciesOfTheirOwn, FILES);
  }

  /** After the last life: all is stored and sealed, and one draw was held. */
  private void assertDrawn() throws IOException {
    assertThat(programs.bets()).hasBinaryContent(Bets.sealed(FILES));
    assertThat(Running.count(said, "sorteo", "success")).as("draws").isLessThanOrEqualTo(1);
    Found found = Found.in(journal());
    for (int agency = 1; agency <= agencies(); agency++) {
      assertThat(found.rows(agency)).isEqualTo(FILES.get(agency - 1));
    }
  }

  Evidence evidence() {
    return new Evidence(acked(), lost, doubled);
  }

  @Override
  public void close() {
    programs.close();
  }
}
