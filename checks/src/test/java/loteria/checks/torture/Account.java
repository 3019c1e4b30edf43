package loteria.checks.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import loteria.checks.process.Found;
import loteria.journal.FileStorage;
import loteria.journal.Journal;
import loteria.journal.Storage;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;

/**
 * What a journal is found to hold, against what was promised and what was sent. It takes the bets
 * as they come, by no rule of the lottery, so that it can count what a broken central would do.
 */
final class Account {
  private final Map<Integer, List<String>> found = new HashMap<>();

  private Account() {}

  /**
   * Counts the bets that were promised, those of them that are not there, and those that are there
   * once too often.
   *
   * @param sent the rows of agency 1, 2…
   */
  static Evidence of(Path journal, Promises promises, List<List<String>> sent) throws IOException {
    Account account = new Account();
    account.read(journal);
    Evidence evidence = Evidence.NONE;
    for (int k = 1; k <= sent.size(); k++) {
      List<String> rows = account.found.getOrDefault(k, List.of());
      evidence = evidence.plus(count(rows, sent.get(k - 1), promises.to(k)));
    }
    return evidence;
  }

  private static Evidence count(List<String> found, List<String> sent, long promised) {
    assertThat(promised).as("promised, of the bets sent").isLessThanOrEqualTo(sent.size());
    Set<String> once = new HashSet<>(found);
    long lost = sent.subList(0, (int) promised).stream().filter(row -> !once.contains(row)).count();
    once.retainAll(new HashSet<>(sent));
    return new Evidence(promised, lost, found.size() - once.size());
  }

  private void read(Path journal) throws IOException {
    try (Storage storage = FileStorage.openToRead(journal)) {
      var _ =
          Journal.inspect(
              storage,
              (position, record) -> {
                if (FrameReader.decode(record) instanceof FrameReader.Whole whole
                    && whole.decode() instanceof Message.Batch batch) {
                  found
                      .computeIfAbsent(batch.agency(), agency -> new ArrayList<>())
                      .addAll(Found.rows(batch));
                }
              });
    }
  }
}
