package loteria.checks.torture.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import loteria.checks.Bets;
import loteria.checks.process.Peer;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.peers.SpokenFile;
import loteria.lottery.ClosingReason;
import loteria.lottery.Refusal;
import loteria.protocol.Decoded;
import loteria.protocol.Message;
import loteria.server.control.ControlClient;
import loteria.server.operator.Answer;
import loteria.server.operator.Closing;

/**
 * Two of six agencies do not come. In their place come peers that are silent or say a byte a
 * second, and such as leave before their time; the central tells each minute whom it awaits. The
 * fifth comes in the end, the sixth is closed by an operator.
 */
final class MissingAgencies {
  private static final int PRESENT = 4;
  private static final int FIFTH = 5;
  private static final int SIXTH = 6;
  private static final Duration DROP = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private MissingAgencies() {}

  static Case asCase() {
    return Case.of(
        "agencies missing, silent, slow, or gone too early", "17, 39, 46", MissingAgencies::round);
  }

  private static Evidence round(Path folder, SplittableRandom random) throws Exception {
    List<List<String>> files = new ArrayList<>();
    for (int k = 1; k <= SIXTH; k++) {
      files.add(Bets.rows(k, random.nextInt(100, 400), k % 3));
    }
    SpokenFile fifth = new SpokenFile(FIFTH, files.get(FIFTH - 1));
    SpokenFile sixth = new SpokenFile(SIXTH, files.get(SIXTH - 1));
    int stored = random.nextInt(1, 20);
    files.set(SIXTH - 1, files.get(SIXTH - 1).subList(0, stored));
    try (NetworkRound round = NetworkRound.in(folder, files)) {
      Running central = round.central();
      List<Running> agencies = slowPeersDelayNobody(round, central, fifth, sixth);
      leaveEarly(round, fifth, stored);
      echo(round);
      leaveEarly(round, fifth, stored);
      leaveEarly(round, sixth, stored);

      assertThat(central.await("await_agencies", "in_progress").value("missing")).isEqualTo("5,6");
      assertThat(central.lines("sorteo", "success")).isEmpty();
      for (Running agency : agencies) {
        assertThat(agency.isAlive()).isTrue();
        assertThat(agency.lines("connect", "in_progress")).as("disturbed").isEmpty();
      }
      agencies.add(round.agency(FIFTH));
      agencies.getLast().await("upload_bets", "success");
      assertThat(central.lines("sorteo", "success")).isEmpty();
      close(round, sixth, stored);
      agencies.add(round.agency(SIXTH));
      return round.evidenceWithoutTheLast(agencies);
    }
  }

  private static void close(NetworkRound round, SpokenFile file, int stored) throws IOException {
    ClosingReason reason = new ClosingReason("does not come");
    assertThat(ControlClient.ask(round.programs().data(), Closing.of(file.agency(), reason)))
        .isEqualTo(
            new Answer.Closed(
                List.of(new Message.Closed(file.agency(), stored, reason)), List.of(), 0));
  }

  /** The agencies that have come; all of them have finished. */
  private static List<Running> slowPeersDelayNobody(
      NetworkRound round, Running central, SpokenFile fifth, SpokenFile sixth) throws IOException {
    int port = round.programs().port();
    try (Peer silent = Peer.at(port);
        Peer greeting = Peer.at(port);
        Peer dripping = Peer.at(port);
        Peer stopping = Peer.at(port)) {
      greet(round, dripping, fifth);
      greet(round, stopping, sixth);
      byte[] half = sixth.batch(0, 20);
      stopping.send(Arrays.copyOf(half, half.length / 2));
      List<Running> agencies = round.agencies(PRESENT, "--batch-max-amount", "2");
      drip(central, greeting, fifth.hello(0), dripping, fifth.batch(0, 20));

      for (Peer slow : List.of(greeting, dripping, stopping)) {
        assertRefused(slow);
      }
      assertThat(silent.receiveToTheEnd()).isEmpty();
      for (Running agency : agencies) {
        agency.await("upload_bets", "success");
      }
      return agencies;
    }
  }

  /** Sends both a byte a second until all who are too slow have been refused. */
  private static void drip(
      Running central, Peer greeting, byte[] hello, Peer dripping, byte[] batch) {
    int[] sent = {0};
    await()
        .atMost(PATIENCE)
        .pollInterval(DROP)
        .until(() -> {
          if (sent[0] < hello.length - 1) {
            greeting.sendWhatItTakes(Arrays.copyOfRange(hello, sent[0], sent[0] + 1));
          }
          dripping.sendWhatItTakes(Arrays.copyOfRange(batch, sent[0], sent[0] + 1));
          sent[0]++;
          return central.lines("receive_message", "fail").size() == 3;
        });
  }

  private static void assertRefused(Peer peer) throws IOException {
    Decoded answer = peer.receive();
    while (answer instanceof Message.Ping) {
      answer = peer.receive();
    }
    assertThat(answer)
        .isInstanceOfSatisfying(
            Message.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.TOO_SLOW));
  }

  /** As {@code echo hola | nc} would, to see that the central is there. */
  private static void echo(NetworkRound round) throws IOException {
    try (Peer netcat = Peer.at(round.programs().port())) {
      netcat.send("hola\n".getBytes(StandardCharsets.UTF_8));
      assertThat(netcat.receiveText(5)).isEqualTo("hola\n");
    }
  }

  /** Stores some bets, unless they are stored, and leaves without having finished. */
  private static void leaveEarly(NetworkRound round, SpokenFile file, int stored)
      throws IOException {
    try (Peer peer = Peer.at(round.programs().port())) {
      greet(round, peer, file);
      peer.send(file.batch(0, stored));
      Decoded answer = peer.receive();
      assertThat(answer).isEqualTo(new Message.Stored(stored));
      round.promises().note(file.agency(), (Message.FromCentral) answer);
    }
  }

  private static void greet(NetworkRound round, Peer peer, SpokenFile file) throws IOException {
    peer.send(file.hello(0));
    Decoded answer = peer.receive();
    assertThat(answer).isInstanceOf(Message.Welcome.class);
    round.promises().note(file.agency(), (Message.FromCentral) answer);
  }
}
