package loteria.checks.torture.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import loteria.checks.Bets;
import loteria.checks.process.Drawn;
import loteria.checks.process.Line;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;
import loteria.protocol.Message;

/**
 * Two agencies are behind a cable that is cut, one in the midst of its upload, one that waits for
 * the draw. A new program of the first wins at once, the heartbeat finds that the second is gone,
 * and when the cable is mended both come back by themselves.
 */
final class HalfOpen implements Case {
  @Override
  public Title title() {
    return Title.of("half-open connections", "18", NetworkNamespace::unavailable);
  }

  @Override
  public Evidence round(Path folder, long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
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
}
