package loteria.checks.torture.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import loteria.checks.Bets;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;

/** Several programs claim one agency, one after the other and two at once: one is left. */
final class RivalPrograms implements Case {
  private static final int RIVALS = 4;
  private static final int FENCED = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Override
  public Title title() {
    return Title.of("several programs claim one agency", "23");
  }

  @Override
  public Evidence round(Path folder, long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<String>> files = List.of(Bets.rows(1, 900, 2), Bets.rows(2, 100, 0));
    try (NetworkRound round = NetworkRound.in(folder, files)) {
      Running central = round.central();
      List<Running> rivals = new ArrayList<>();
      int stored = 0;
      while (rivals.size() < RIVALS) {
        rivals.add(round.agency(1, "--batch-max-amount", "1"));
        stored += random.nextInt(1, 100);
        central.await("apuesta_recibida", "success", stored);
      }
      // The last one and this one come at the same time, more or less.
      rivals.add(round.agency(1, "--batch-max-amount", "1"));
      central.await("replace_session", "success", RIVALS);
      await().atMost(PATIENCE).until(() -> rivals.stream().filter(Running::isAlive).count() <= 1);
      List<Running> left = rivals.stream().filter(Running::isAlive).toList();
      assertThat(left).as("programs that were not fenced").hasSize(1);
      for (Running rival : rivals) {
        if (!left.contains(rival)) {
          rival.assertExits(FENCED);
          assertThat(rival.lines("connect", "in_progress")).as("attempts to come back").isEmpty();
        }
      }
      Evidence evidence = round.evidence(List.of(left.getFirst(), round.agency(2)));
      assertThat(central.lines("replace_session", "success")).hasSize(RIVALS);
      return evidence;
    }
  }
}
