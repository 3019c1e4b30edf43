package loteria.checks.torture.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import loteria.checks.Bets;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;
import loteria.checks.torture.relay.Mischiefs;

/** Uploads over connections that mischief of one kind befalls. */
record RelayedUploads(Mischiefs.Kind kind) implements Case {
  private static final Duration ROUND_MAX = Duration.ofMinutes(2);
  private static final String STOPPED = "BAD_FRAME";

  @Override
  public Title title() {
    return Title.of(kind.title(), kind.rows());
  }

  @Override
  public Evidence round(Path folder, long seed) throws Exception {
    List<List<String>> files =
        List.of(Bets.rows(1, 500, 2), Bets.rows(2, 300, 0), Bets.rows(3, 400, 1));
    Mischiefs mischiefs = new Mischiefs(kind, seed);
    try (NetworkRound round = NetworkRound.in(folder, files, mischiefs)) {
      var _ = round.central();
      List<Running> agencies = new ArrayList<>(round.agencies(files.size(), flags()));
      await()
          .atMost(ROUND_MAX)
          .until(() -> {
            startAgainWhoWasStopped(agencies, round);
            return agencies.stream().noneMatch(Running::isAlive);
          });
      Evidence evidence = round.evidence(agencies);
      assertThat(mischiefs.done()).as("times that something was done").isPositive();
      return evidence;
    }
  }

  private static String[] flags() {
    return new String[] {"--batch-max-amount", "3"};
  }

  /** A damaged header has made an agency stop, as if it were a bug: a person starts it again. */
  private void startAgainWhoWasStopped(List<Running> agencies, NetworkRound round) {
    for (int k = 1; k <= agencies.size(); k++) {
      Running agency = agencies.get(k - 1);
      if (kind == Mischiefs.Kind.FLIPPED
          && !agency.isAlive()
          && agency.exitCode() == 1
          && agency.lines("apuesta_enviada", "fail").getLast().value("error").contains(STOPPED)) {
        agencies.set(k - 1, round.agency(k, flags()));
      }
    }
  }
}
