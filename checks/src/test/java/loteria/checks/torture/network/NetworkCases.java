package loteria.checks.torture.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import loteria.checks.Bets;
import loteria.checks.process.Drawn;
import loteria.checks.process.Line;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Account;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.peers.SpokenFile;
import loteria.checks.torture.peers.UnrulyAgency;
import loteria.checks.torture.relay.Mischiefs;
import loteria.protocol.Message;

/** What befalls the central's network. */
public final class NetworkCases {
  private static final int KILLED = 137;

  /** Some hundred bets for each of three agencies, of which three win. */
  private static final List<List<String>> THREE_FILES =
      List.of(Bets.rows(1, 500, 2), Bets.rows(2, 400, 0), Bets.rows(3, 450, 1));

  private NetworkCases() {}

  public static List<Case> all() {
    Stream<Case> relayed =
        Stream.of(Mischiefs.Kind.values())
            .filter(kind -> kind != Mischiefs.Kind.NONE)
            .map(NetworkCases::relayedUploads);
    Stream<Case> others =
        Stream.of(
            NetworkRound.named(
                "several programs claim one agency",
                "23",
                List.of(Bets.rows(1, 900, 2), Bets.rows(2, 100, 0)),
                NetworkCases::rivalPrograms),
            NetworkRound.named(
                "agencies killed and run again, also after the draw",
                "42, 47",
                THREE_FILES,
                NetworkCases::killedAgencies),
            NetworkRound.named(
                "the central killed and started at the same port",
                "42, 45",
                THREE_FILES,
                NetworkCases::killedCentral),
            Case.of(
                "late, repeated, illegal messages, by the rules",
                "21-24,26,40",
                NetworkCases::unrulyAgencies),
            Strangers.asCase(),
            Flood.asCase(),
            MissingAgencies.asCase(),
            MuteAgency.asCase(),
            Case.of(
                "half-open connections",
                "18",
                NetworkCases::halfOpen,
                NetworkNamespace::unavailable),
            NetworkRound.named(
                    "control: a journal cut, another's bets brought",
                    "20, 21",
                    List.of(Bets.rows(1, 300, 1), Bets.rows(2, 300, 1)),
                    NetworkCases::brokenPromises)
                .asControlIf(true));
    return Stream.concat(relayed, others).toList();
  }

  /** Uploads over connections that mischief of one kind befalls. */
  private static Case relayedUploads(Mischiefs.Kind kind) {
    List<List<String>> files =
        List.of(Bets.rows(1, 500, 2), Bets.rows(2, 300, 0), Bets.rows(3, 400, 1));
    return Case.of(
        kind.title(),
        kind.rows(),
        (folder, random) -> {
          Mischiefs mischiefs = new Mischiefs(kind, random);
          try (NetworkRound round = NetworkRound.in(folder, files, mischiefs)) {
            var _ = round.central();
            List<Running> agencies = round.agencies(files.size(), "--batch-max-amount", "3");
            await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> {
                  if (kind == Mischiefs.Kind.FLIPPED) {
                    startAgainWhoWasStopped(agencies, round);
                  }
                  return agencies.stream().noneMatch(Running::isAlive);
                });
            Evidence evidence = round.evidence(agencies);
            assertThat(mischiefs.done()).as("times that something was done").isPositive();
            return evidence;
          }
        });
  }

  /** A damaged header has made an agency stop, as if it were a bug: a person starts it again. */
  private static void startAgainWhoWasStopped(List<Running> agencies, NetworkRound round) {
    for (int k = 1; k <= agencies.size(); k++) {
      Running agency = agencies.get(k - 1);
      if (!agency.isAlive()
          && agency.exitCode() == 1
          && agency
              .lines("apuesta_enviada", "fail")
              .getLast()
              .value("error")
              .contains("BAD_FRAME")) {
        agencies.set(k - 1, round.agency(k, "--batch-max-amount", "3"));
      }
    }
  }

  /** Several programs claim one agency, one after the other and two at once: one is left. */
  private static Evidence rivalPrograms(NetworkRound round, SplittableRandom random)
      throws IOException {
    int count = 4;
    Running central = round.central();
    List<Running> rivals = new ArrayList<>();
    int stored = 0;
    while (rivals.size() < count) {
      rivals.add(round.agency(1, "--batch-max-amount", "1"));
      stored += random.nextInt(1, 100);
      central.await("apuesta_recibida", "success", stored);
    }
    // The last one and this one come at the same time, more or less.
    rivals.add(round.agency(1, "--batch-max-amount", "1"));
    central.await("replace_session", "success", count);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> rivals.stream().filter(Running::isAlive).count() <= 1);

    List<Running> left = rivals.stream().filter(Running::isAlive).toList();
    assertThat(left).as("programs that were not fenced").hasSize(1);
    rivals.removeAll(left);
    for (Running fenced : rivals) {
      fenced.assertExits(4);
      assertThat(fenced.lines("connect", "in_progress")).as("attempts to come back").isEmpty();
    }
    Evidence evidence = round.evidence(List.of(left.getFirst(), round.agency(2)));
    assertThat(central.lines("replace_session", "success")).hasSize(count);
    return evidence;
  }

  /** Programs of agencies are killed and run again, and once more when all is over. */
  private static Evidence killedAgencies(NetworkRound round, SplittableRandom random)
      throws IOException {
    Running central = round.central();
    List<Running> agencies = round.agencies(THREE_FILES.size(), "--batch-max-amount", "2");
    int stored = 0;
    for (int kill = 0; kill < 5; kill++) {
      int k = random.nextInt(agencies.size());
      stored += random.nextInt(1, 100);
      central.killAt("apuesta_recibida", "success", stored, agencies.get(k));
      // Unless all was stored and drawn before it came to that.
      assertThat(agencies.get(k).exitCode()).isIn(KILLED, 0);
      agencies.set(k, round.agency(k + 1, "--batch-max-amount", "2"));
    }
    Drawn.assertWinners(agencies, THREE_FILES);

    byte[] journal = Files.readAllBytes(round.programs().journal());
    Evidence evidence = round.evidence(round.agencies(THREE_FILES.size()));
    assertThat(round.programs().journal()).hasBinaryContent(journal);
    return evidence;
  }

  /**
   * The central is not there at first, then is killed again and again while the bets come, and
   * started again at the same port at once.
   */
  private static Evidence killedCentral(NetworkRound round, SplittableRandom random)
      throws IOException {
    List<Running> agencies = round.agencies(THREE_FILES.size(), "--batch-max-amount", "2");
    agencies.getFirst().await("connect", "in_progress");
    for (int kill = 0; kill < 6; kill++) {
      Running central = round.startCentral();
      // So few that there are bets left for the last one.
      central.killAt("apuesta_recibida", "success", random.nextInt(1, 80), central);
      central.assertExits(KILLED);
    }
    var _ = round.central();
    return round.evidence(agencies);
  }

  /** Two agencies say valid frames in any order beside one that uploads as it should. */
  private static Evidence unrulyAgencies(Path folder, SplittableRandom random) throws IOException {
    List<List<String>> files =
        List.of(
            Bets.rows(1, 100 + random.nextInt(300), 2),
            Bets.rows(2, 100 + random.nextInt(300), 0),
            Bets.rows(3, 900, 1),
            Bets.rows(4, 50, 1));
    try (NetworkRound round = NetworkRound.in(folder, files)) {
      Running central = round.central();
      Running third = round.agency(3, "--batch-max-amount", "1");
      central.await("apuesta_recibida", "success");
      Set<UnrulyAgency.Move> made = EnumSet.noneOf(UnrulyAgency.Move.class);
      try (UnrulyAgency one = unruly(1, round, random);
          UnrulyAgency two = unruly(2, round, random)) {
        for (int i = 0; i < 600; i++) {
          UnrulyAgency agency = random.nextInt(2) == 0 ? one : two;
          agency.move();
        }
        made.addAll(one.made().keySet());
        made.addAll(two.made().keySet());
      }
      assertThat(made).containsExactlyInAnyOrder(UnrulyAgency.Move.values());
      assertThat(central.lines("sorteo", "success")).isEmpty();
      assertThat(third.lines("connect", "in_progress")).as("disturbed").isEmpty();
      // Their own programs finish what was begun; the fourth comes only now, so that none drew.
      List<Running> agencies = round.agencies(2);
      agencies.add(third);
      agencies.add(round.agency(4));
      return round.evidence(agencies);
    }
  }

  private static UnrulyAgency unruly(int agency, NetworkRound round, SplittableRandom random) {
    SpokenFile file = new SpokenFile(agency, round.files().get(agency - 1));
    return new UnrulyAgency(round.programs().port(), file, round.promises(), random.split());
  }

  /**
   * Two agencies are behind a cable that is cut, one in the midst of its upload, one that waits for
   * the draw. A new program of the first wins at once, the heartbeat finds that the second is gone,
   * and when the cable is mended both come back by themselves.
   */
  private static Evidence halfOpen(Path folder, SplittableRandom random) throws IOException {
    List<List<String>> files =
        List.of(Bets.rows(1, 2000, 2), Bets.rows(2, 50, 1), Bets.rows(3, 100, 0));
    try (NetworkNamespace namespace = NetworkNamespace.open();
        NetworkRound round = NetworkRound.in(folder, files)) {
      Running central = round.central("--bind", "0.0.0.0");
      Running second = behindTheCable(namespace, round, 2);
      second.await("upload_bets", "success");
      round.promises().note(2, new Message.Finished(files.get(1).size()));
      Running first = behindTheCable(namespace, round, 1);
      central.await("apuesta_recibida", "success", 50 + random.nextInt(500));

      namespace.cut();
      Running newer = round.agency(1);
      newer.await("upload_bets", "success");
      assertThat(central.lines("replace_session", "success")).hasSize(1);
      assertThat(central.lines("receive_message", "fail")).as("found so far").isEmpty();
      Line found = central.await("receive_message", "fail");
      assertThat(found.value("agency")).isEqualTo("2");
      assertThat(found.value("error")).contains("TOO_SLOW").contains("silent");

      first.await("connect", "in_progress");
      second.await("connect", "in_progress");
      Running third = round.agency(3);
      central.await("sorteo", "success");
      namespace.mend();
      Drawn.assertWinners(List.of(newer), files.subList(0, 1));
      return round.evidence(List.of(first, second, third));
    }
  }

  private static Running behindTheCable(NetworkNamespace namespace, NetworkRound round, int id) {
    List<String> command =
        round
            .programs()
            .agencyCommand(
                id,
                "--server-address",
                "%s:%d".formatted(namespace.host(), round.programs().port()),
                "--batch-max-amount",
                "1",
                "--patience",
                "5m");
    return round
        .programs()
        .start("agency " + id, Line.Layout.AGENCY, namespace.inside(command), Map.of());
  }

  /**
   * The control of all that goes through the relay: a journal is cut, and an agency brings the bets
   * of another, so that whoever counts must find bets lost and bets that were never sent.
   */
  private static Evidence brokenPromises(NetworkRound round, SplittableRandom random)
      throws IOException {
    Path journal = round.programs().journal();
    Path others = Files.createDirectory(round.programs().file(1).resolveSibling("others"));
    Files.copy(round.programs().file(1), others.resolve("agency-2.csv"));
    Running central = round.central();
    Running second = round.agency(2, "--data", others.toString(), "--batch-max-amount", "3");
    second.await("upload_bets", "success");
    // All of its blocks come after the other's: each cut below is in the midst of them.
    long before = Files.size(journal);
    Running first = round.agency(1, "--batch-max-amount", "3", "--task", "upload");
    first.await("upload_bets", "success");
    second.kill();
    first.kill();
    // It would hold the draw at once, had both finished with what is theirs.
    central.kill();
    try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE)) {
      channel.truncate(random.nextLong(before, channel.size() - 1000));
    }
    Evidence evidence = Account.of(journal, round.promises(), round.files());
    assertThat(evidence.lost()).as("all that 2 was promised, and some of 1").isGreaterThan(300);
    assertThat(evidence.doubled()).as("bets of another that were found").isEqualTo(300);
    return evidence;
  }
}
