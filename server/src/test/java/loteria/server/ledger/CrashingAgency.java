package loteria.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import loteria.lottery.Refusal;
import loteria.protocol.Message;
import loteria.server.Bet;
import loteria.server.SampleBets;
import org.jspecify.annotations.Nullable;

/**
 * An agency over the lives of a central: it goes on where each says, and holds it to what the
 * former ones acknowledged.
 */
final class CrashingAgency {
  private static final int BATCH_BETS = 3;
  private static final int BATCHES_AT_ONCE = 2;

  private final int number;
  private final List<Bet> file;
  private final boolean finishes;
  private @Nullable TestSession session;
  private int heard;
  private boolean greeted;
  private boolean asked;
  private int next;
  private boolean finished;
  private boolean done;

  /** What it was told, by any life. */
  private long acked;

  private boolean ackedFinish;
  private @Nullable List<String> winners;

  /**
   * @param finishes whether it says that it has no more; otherwise it waits to be closed
   */
  CrashingAgency(int number, List<Bet> file, boolean finishes) {
    this.number = number;
    this.file = file;
    this.finishes = finishes;
  }

  /** There is a new central, or none. */
  void reconnect(@Nullable TestLedger central) {
    session = central == null ? null : central.session();
    heard = 0;
    greeted = false;
    asked = false;
    done = false;
  }

  boolean isDone() {
    return done;
  }

  @Nullable List<String> winners() {
    return winners;
  }

  List<Bet> file() {
    return file;
  }

  /**
   * Sends what comes next, having heard the answers to all that it sent before; whether there is
   * anything.
   */
  boolean speak() {
    if (session == null) {
      return false;
    }
    if (!greeted) {
      greeted = true;
      session.hello(number, acked);
    } else if (next < file.size()) {
      for (int from = next, i = 0; from < file.size() && i < BATCHES_AT_ONCE; i++) {
        int to = Math.min(from + BATCH_BETS, file.size());
        session.send(SampleBets.part(file, from, to));
        from = to;
      }
    } else if (!finishes) {
      return false;
    } else if (!finished) {
      session.send(SampleBets.finish(number, file));
    } else if (!asked) {
      asked = true;
      session.send(new Message.AskWinners());
    } else {
      return false;
    }
    return true;
  }

  /** Takes note of what it was told. */
  void listen() {
    if (session == null) {
      return;
    }
    for (; heard < session.heard().size(); heard++) {
      switch (session.heard().get(heard)) {
        case Message.Welcome welcome -> {
          assertThat(welcome.state().next()).isBetween(acked, (long) file.size());
          assertThat(welcome.state().finished() || !ackedFinish).isTrue();
          next = (int) welcome.state().next();
          finished = welcome.state().finished();
          assertThat(welcome.state().checksum())
              .isEqualTo(SampleBets.checksum(file.subList(0, next)));
        }
        case Message.Stored(long stored) -> {
          acked = Math.max(acked, stored);
          next = (int) stored;
        }
        case Message.Finished(long total) -> {
          assertThat(total).isEqualTo(file.size());
          finished = true;
          ackedFinish = true;
        }
        case Message.SealReceipt receipt -> {
          assertThat(receipt.bets()).isEqualTo(file.size());
          assertThat(receipt.checksum()).isEqualTo(SampleBets.checksum(file));
        }
        case Message.WinnersPage page -> {
          assertThat(winners == null || winners.equals(page.documents())).isTrue();
          winners = page.documents();
          done = true;
        }
        case Message.Refused refused -> {
          assertThat(refused.refusal() == Refusal.CLOSED && !finishes).as("%s", refused).isTrue();
          assertThat(refused.next()).isEqualTo(file.size());
          done = true;
        }
        case Message.Ping _ -> {}
      }
    }
  }

  /** acked ⊆ found ⊆ sent, a gap-free prefix of the file, nothing twice. */
  void check(String foundRows, boolean foundFinish) {
    int found = (int) foundRows.lines().count();
    assertThat(found).as("agency %d: acked ⊆ found", number).isGreaterThanOrEqualTo((int) acked);
    assertThat(found).as("agency %d: found ⊆ sent", number).isLessThanOrEqualTo(file.size());
    assertThat(foundRows).isEqualTo(SampleBets.csv(file.subList(0, found)));
    assertThat(foundFinish || !ackedFinish).as("agency %d: acked finish", number).isTrue();
    assertThat(!foundFinish || found == file.size()).isTrue();
  }
}
