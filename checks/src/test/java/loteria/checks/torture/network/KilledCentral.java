package loteria.checks.torture.network;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;

/**
 * The central is not there at first, then is killed again and again while the bets come, and
 * started again at the same port at once.
 */
final class KilledCentral implements Case {
  private static final int KILLS = 6;

  @Override
  public Title title() {
    return Title.of("the central killed and started at the same port", "42, 45");
  }

  @Override
  public Evidence round(Path folder, long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<String>> files = NetworkRound.threeFiles();
    try (NetworkRound round = NetworkRound.in(folder, files)) {
      List<Running> agencies = round.agencies(files.size(), "--batch-max-amount", "2");
      agencies.getFirst().await("connect", "in_progress");
      for (int kill = 0; kill < KILLS; kill++) {
        Running central = round.startCentral();
        // So few that there are bets left for the last one.
        central.killAt("apuesta_recibida", "success", random.nextInt(1, 80), central);
        central.assertExits(NetworkRound.KILLED);
      }
      var _ = round.central();
      return round.evidence(agencies);
    }
  }
}
