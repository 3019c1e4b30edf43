package loteria.tool.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import loteria.journal.DataDirectory;
import loteria.journal.Recovery;
import loteria.protocol.Message;
import loteria.runtime.Failures;

/** How far the lottery of a directory has come, by what its journal says and nothing else. */
public final class Standing {
  private String said = "the bets are not sealed";

  private Standing() {}

  /** That, as the end of a line for people; also why it cannot be told. */
  public static String of(Path directory) {
    if (!Files.exists(directory.resolve(DataDirectory.JOURNAL))) {
      return "there is no journal: it is no data directory of a central";
    }
    Standing standing = new Standing();
    try (JournalFile journal = JournalFile.in(directory)) {
      Recovery found = journal.read(standing::take);
      return found.records() == 0
          ? "its journal is empty"
          : "the journal says that " + standing.said;
    } catch (IOException unreadable) {
      return "the journal cannot be read: " + Failures.oneLine(unreadable);
    }
  }

  private void take(JournalFile.Entry entry) {
    switch (entry.content()) {
      case Message.Sealed _ -> said = "the bets are sealed and no draw was held";
      case Message.Drawn drawn -> said = "the draw was held, of number " + drawn.number();
      default -> {
        // The bets are not sealed yet.
      }
    }
  }
}
