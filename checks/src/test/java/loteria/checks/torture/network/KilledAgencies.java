package loteria.checks.torture.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import loteria.checks.process.Drawn;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;

/** Programs of agencies are killed and run again, and once more when all is over. */
final class KilledAgencies implements Case {
  private static final int KILLS = 5;

  @Override
  public Title title() {
    return Title.of("agencies killed and run again, also after the draw", "42, 47");
  }

  @Override
  public Evidence round(Path folder, long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<String>> files = NetworkRound.threeFiles();
    try (NetworkRound round = NetworkRound.in(folder, files)) {
      Running central = round.central();
      List<Running> agencies = round.agencies(files.size(), "--batch-max-amount", "2");
      int stored = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        int k = random.nextInt(files.size());
        stored += random.nextInt(1, 100);
        central.killAt("apuesta_recibida", "success", stored, agencies.get(k));
        // Unless all was stored and drawn before it came to that.
        assertThat(agencies.get(k).exitCode()).isIn(NetworkRound.KILLED, 0);
        agencies.set(k, round.agency(k + 1, "--batch-max-amount", "2"));
      }
      Drawn.assertWinners(agencies, files);
      byte[] journal = Files.readAllBytes(round.programs().journal());

      List<Running> again = round.agencies(files.size());
      Evidence evidence = round.evidence(again);
      assertThat(round.programs().journal()).hasBinaryContent(journal);
      return evidence;
    }
  }
}
