package loteria.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import loteria.lottery.Bet;
import loteria.lottery.Refusal;
import loteria.lottery.Share;
import loteria.protocol.Codec;
import loteria.protocol.Message;
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
  private RecordingSession session;
  private int heard;
  private @Nullable Message asked;
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
  CrashingAgency(int number, List<Bet> file, boolean finishes, FaultyDisk disk) {
    this.number = number;
    this.file = file;
    this.finishes = finishes;
    this.session = new RecordingSession(disk);
  }

  /** There is a new central. */
  void reconnect(FaultyDisk disk) {
    session = new RecordingSession(disk);
    heard = 0;
    asked = null;
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

  /** What it sends next, having heard the answers to all that it sent before. */
  List<Request> requests() {
    List<Request> requests = new ArrayList<>();
    if (asked == null) {
      asked = new Message.Hello(Codec.VERSION, Codec.VERSION, number, acked);
      requests.add(TestLedger.greet(session, number, acked));
    } else if (next < file.size()) {
      for (int from = next, i = 0; from < file.size() && i < BATCHES_AT_ONCE; i++) {
        int to = Math.min(from + BATCH_BETS, file.size());
        requests.add(TestLedger.store(session, SampleBets.part(file, from, to)));
        from = to;
      }
    } else if (!finishes) {
      return requests;
    } else if (!finished) {
      requests.add(TestLedger.finish(session, number, file));
    } else if (!(asked instanceof Message.AskWinners)) {
      asked = new Message.AskWinners();
      requests.add(TestLedger.ask(session, number));
    }
    return requests;
  }

  /** Takes note of what it was told. */
  void listen() {
    for (; heard < session.heard().size(); heard++) {
      switch (session.heard().get(heard)) {
        case Message.Welcome welcome -> {
          assertThat(welcome.standing().next()).isBetween(acked, (long) file.size());
          assertThat(welcome.standing().finished() || !ackedFinish).isTrue();
          next = (int) welcome.standing().next();
          finished = welcome.standing().finished();
          assertThat(welcome.standing().checksum())
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
        case Message.Included(_, Share share) ->
            assertThat(share).isEqualTo(SampleBets.share(file));
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
  void check(List<Bet> found, boolean foundFinish) {
    assertThat(found)
        .as("agency %d: acked ⊆ found", number)
        .hasSizeGreaterThanOrEqualTo((int) acked);
    assertThat(found.size()).as("agency %d: found ⊆ sent", number).isLessThanOrEqualTo(file.size());
    assertThat(found).isEqualTo(file.subList(0, found.size()));
    assertThat(foundFinish || !ackedFinish).as("agency %d: acked finish", number).isTrue();
    assertThat(!foundFinish || found.size() == file.size()).isTrue();
  }
}
