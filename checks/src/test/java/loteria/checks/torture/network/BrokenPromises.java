package loteria.checks.torture.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;
import loteria.checks.Bets;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Account;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;

/**
 * The control of all that goes through the relay: a journal is cut, and an agency brings the bets
 * of another, so that whoever counts must find bets lost and bets that were never sent.
 */
final class BrokenPromises implements Case {
  @Override
  public Title title() {
    return Title.of("control: a journal cut, another's bets brought", "20, 21").asControlIf(true);
  }

  @Override
  public Evidence round(Path folder, long seed) throws Exception {
    List<List<String>> files = List.of(Bets.rows(1, 300, 1), Bets.rows(2, 300, 1));
    Path others = Files.createDirectory(folder.resolve("others"));
    try (NetworkRound round = NetworkRound.in(folder, files)) {
      Files.copy(round.programs().file(1), others.resolve("agency-2.csv"));
      Running central = round.central();
      Running second = round.agency(2, "--data", others.toString(), "--batch-max-amount", "3");
      second.await("upload_bets", "success");
      // All of its blocks come after the other's: each cut below is in the midst of them.
      long before = Files.size(round.programs().journal());
      Running first = round.agency(1, "--batch-max-amount", "3", "--task", "upload");
      first.await("upload_bets", "success");
      second.kill();
      first.kill();
      // It would hold the draw at once, had both finished with what is theirs.
      central.kill();
      cut(round.programs().journal(), before, new SplittableRandom(seed));
      Evidence evidence = Account.of(round.programs().journal(), round.promises(), files);
      assertThat(evidence.lost()).as("all that 2 was promised, and some of 1").isGreaterThan(300);
      assertThat(evidence.doubled()).as("bets of another that were found").isEqualTo(300);
      return evidence;
    }
  }

  private static void cut(Path journal, long from, SplittableRandom random) throws Exception {
    try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE)) {
      channel.truncate(random.nextLong(from, channel.size() - 1000));
    }
  }
}
