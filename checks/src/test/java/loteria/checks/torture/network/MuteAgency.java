package loteria.checks.torture.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import loteria.checks.Bets;
import loteria.checks.process.Drawn;
import loteria.checks.process.Peer;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.peers.SpokenFile;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Message;

/**
 * An agency asks for more winners than the network holds and never reads them, though it answers
 * heartbeats that it cannot have heard, and somebody writes text and never reads it back; others
 * are told their winners meanwhile.
 */
final class MuteAgency {
  /** The documents of so many take more than the 4 MiB that Linux lets a socket hold. */
  private static final int WINNERS = 230_000;

  private static final int LINE_BYTES = 8000;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration PONG_EVERY = Duration.ofMillis(500);

  private MuteAgency() {}

  static Case asCase() {
    return Case.of("an agency that never reads, and an echo", "30, 41", MuteAgency::round);
  }

  private static Evidence round(Path folder, SplittableRandom random) throws Exception {
    List<String> all =
        IntStream.range(0, WINNERS).mapToObj("A,B,%020d,1990-01-01,7574"::formatted).toList();
    List<List<String>> files =
        List.of(
            all, Bets.rows(2, random.nextInt(1, 200), 1), Bets.rows(3, random.nextInt(1, 200), 1));
    try (NetworkRound round = NetworkRound.in(folder, files)) {
      Running central = round.central();
      List<Running> agencies = round.agencies(files.size(), "--batch-max-amount", "1000");
      Drawn.assertWinners(agencies, files);
      try (Peer mute = Peer.at(round.programs().port());
          Peer writer = Peer.at(round.programs().port())) {
        Thread writing = Thread.ofVirtual().start(() -> writeWithoutEnd(writer));
        mute.send(new SpokenFile(1, List.of()).hello(WINNERS));
        assertThat(mute.receive()).isInstanceOf(Message.Welcome.class);
        // They start meanwhile: the mute one is closed after half a minute.
        List<Running> others = List.of(round.agency(2), round.agency(3));
        mute.send(Codec.encode(new Message.AskWinners()));
        assertServed(others, central);
        pongUntilClosed(mute, central);
        assertThat(writing.join(PATIENCE)).as("whoever reads no text is closed").isTrue();
        NetworkRound.awaitEachConnectionClosed(central);
      }
      return round.evidence(agencies);
    }
  }

  private static void assertServed(List<Running> others, Running central) {
    for (Running other : others) {
      other.assertExits(0);
      assertThat(other.lines("connect", "in_progress")).as("disturbed").isEmpty();
    }
    assertThat(central.lines("receive_message", "fail")).as("closed so far").isEmpty();
  }

  private static void pongUntilClosed(Peer mute, Running central) {
    await()
        .atMost(PATIENCE)
        .pollInterval(PONG_EVERY)
        .until(() -> {
          mute.sendWhatItTakes(Codec.encode(new Message.Pong()));
          return !central.lines("receive_message", "fail").isEmpty();
        });
    assertThat(central.only("receive_message", "fail").value("error"))
        .contains(Refusal.TOO_SLOW.name(), "does not read");
  }

  private static void writeWithoutEnd(Peer writer) {
    byte[] line = ("a".repeat(LINE_BYTES - 1) + "\n").getBytes(StandardCharsets.US_ASCII);
    try {
      while (true) {
        writer.send(line);
      }
    } catch (IOException _) {
      // Closed, as it should be.
    }
  }
}
