package loteria.checks.torture.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import loteria.checks.Bets;
import loteria.checks.process.Drawn;
import loteria.checks.process.Found;
import loteria.checks.process.Line;
import loteria.checks.process.Programs;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Account;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Promises;
import loteria.checks.torture.relay.Mischiefs;
import loteria.checks.torture.relay.Relay;

/**
 * The lottery of one round: a central, one life after the other, and agencies that reach it through
 * a relay, which hears what they are told. When it is closed all of it is gone. For one thread.
 */
final class NetworkRound implements AutoCloseable {
  private final List<List<String>> files;
  private final Programs programs;
  private final Promises promises = new Promises();
  private final Relay relay;
  private final List<Running> centrals = new ArrayList<>();

  private NetworkRound(List<List<String>> files, Programs programs, Mischiefs mischiefs)
      throws IOException {
    this.files = files;
    this.programs = programs;
    this.relay = Relay.before(programs.port(), promises, mischiefs);
  }

  /** What befalls a round, and what it shows. */
  @FunctionalInterface
  interface Trouble {
    Evidence befall(NetworkRound round, SplittableRandom random) throws Exception;
  }

  /** A case of such rounds, in which the files of agency 1, 2… are always the same. */
  static Case named(
      String name, String rows, List<List<String>> files, Trouble trouble, Case.Need... needs) {
    return Case.of(
        name,
        rows,
        (folder, random) -> {
          try (NetworkRound round = in(folder, files)) {
            return trouble.befall(round, random);
          }
        },
        needs);
  }

  /** A round with the files of agency 1, 2…, and a relay that does no mischief. */
  static NetworkRound in(Path folder, List<List<String>> files) throws IOException {
    return in(folder, files, Mischiefs.none());
  }

  static NetworkRound in(Path folder, List<List<String>> files, Mischiefs mischiefs)
      throws IOException {
    Programs programs = Programs.in(folder);
    programs.lay(files);
    return new NetworkRound(files, programs, mischiefs);
  }

  Programs programs() {
    return programs;
  }

  List<List<String>> files() {
    return files;
  }

  Promises promises() {
    return promises;
  }

  /** A central that serves, the next one. */
  Running central(String... flags) {
    Running central = programs.central(files.size(), flags);
    centrals.add(central);
    return central;
  }

  /** A central that was started, the next one. */
  Running startCentral() {
    Running central = programs.startCentral(files.size());
    centrals.add(central);
    return central;
  }

  /** A program of an agency that reaches the central through the relay. */
  Running agency(int id, String... flags) {
    String[] all =
        Stream.concat(Stream.of("--server-address", "127.0.0.1:" + relay.port()), Stream.of(flags))
            .toArray(String[]::new);
    return programs.agency(id, all);
  }

  /** Programs of agency 1, 2… up to {@code count}. */
  List<Running> agencies(int count, String... flags) {
    List<Running> agencies = new ArrayList<>();
    for (int k = 1; k <= count; k++) {
      agencies.add(agency(k, flags));
    }
    return agencies;
  }

  /** Until a central has closed every connection that it took. */
  static void awaitEachConnectionClosed(Running central) {
    central.awaitThat(
        "each connection closed",
        said ->
            Running.count(said, "close_connection", "success")
                == Running.count(said, "accept_connections", "success"));
  }

  /**
   * The end of a round in which all came to the draw: kills the central, holds what is left to the
   * invariant, and counts.
   *
   * @param agencies the last program of agency 1, 2…, which must end with its winners
   */
  Evidence evidence(List<Running> agencies) throws IOException {
    Drawn.assertWinners(agencies, files);
    return account(agencies);
  }

  /** The same when the last agency was closed, and its file is what it had stored by then. */
  Evidence evidenceWithoutTheLast(List<Running> agencies) throws IOException {
    int others = agencies.size() - 1;
    Drawn.assertWinners(agencies.subList(0, others), files.subList(0, others));
    agencies.getLast().assertExits(1);
    return account(agencies);
  }

  private Evidence account(List<Running> agencies) throws IOException {
    centrals.getLast().await("sorteo", "success"); // the agencies may know it before it is logged
    centrals.getLast().kill();
    List<Line> said = centrals.stream().flatMap(central -> central.lines().stream()).toList();
    assertThat(Running.count(said, "sorteo", "success")).as("draws").isEqualTo(1);
    Drawn.assertSealed(programs, centrals.getLast(), files);
    Found found = Found.in(programs.journal());
    found.assertHolds(said, agencies, files);
    assertThat(found.total()).isEqualTo(Bets.count(files));
    return Account.of(programs.journal(), promises, files);
  }

  @Override
  public void close() throws IOException {
    try (relay) {
      programs.close();
    }
  }
}
