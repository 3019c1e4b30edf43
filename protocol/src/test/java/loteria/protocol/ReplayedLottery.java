package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import loteria.lottery.Bet;
import loteria.lottery.Draw;
import loteria.lottery.Lottery;
import loteria.lottery.Offer;
import loteria.lottery.Standing;
import loteria.lottery.Verdict;

/** A lottery of one agency that follows a transcript and knows what the central has to answer. */
final class ReplayedLottery {
  private static final int AGENCY = 1;
  private static final int WINDOW = 16;

  private final Lottery lottery = new Lottery(AGENCY);
  private final List<Bet> bets = new ArrayList<>();
  private final Deque<Message.FromCentral> due = new ArrayDeque<>();
  private AgencyTurn agencyTurn = AgencyTurn.GREETING;
  private CentralTurn centralTurn = CentralTurn.GREETING;
  private int pongsDue;

  void reconnect() {
    due.clear();
    agencyTurn = AgencyTurn.GREETING;
    centralTurn = CentralTurn.GREETING;
    pongsDue = 0;
  }

  /** Nothing may be left to say. */
  void end() {
    assertThat(due).isEmpty();
    assertThat(pongsDue).isZero();
    assertThat(centralTurn).isEqualTo(CentralTurn.ENDED);
  }

  void agencySays(int line, Decoded decoded) {
    switch (decoded) {
      case Decoded.Malformed(var refusal, int row, String reason) ->
          due.add(new Message.Refused(refusal, row, lottery.standing(AGENCY).next(), reason));
      case Message.FromAgency message -> {
        agencyTurn =
            agencyTurn
                .after(message)
                .orElseThrow(() -> new AssertionError("line %d: out of order".formatted(line)));
        answer(line, message);
      }
      case Message other -> throw new AssertionError("line %d: %s".formatted(line, other));
    }
  }

  private void answer(int line, Message.FromAgency message) {
    switch (message) {
      case Message.Hello hello -> {
        assertThat(hello.versionMin()).as("line %d", line).isEqualTo(Codec.VERSION);
        assertThat(hello.versionMax()).as("line %d", line).isEqualTo(Codec.VERSION);
        Standing standing = lottery.standing(AGENCY);
        answer(
            lottery.greet(hello.agency(), hello.acked()),
            new Message.Welcome(Codec.VERSION, WINDOW, standing));
      }
      case Message.Batch batch -> {
        Bets offered = batch.bets();
        Verdict verdict =
            lottery.store(
                new Offer(
                    batch.agency(),
                    batch.first(),
                    offered.count(),
                    offered.checksum(),
                    offered.length()));
        if (verdict instanceof Verdict.Accepted) {
          BetCursor cursor = offered.cursor();
          while (cursor.next()) {
            bets.add(cursor.bet(AGENCY));
          }
        }
        answer(verdict, new Message.Stored(lottery.standing(AGENCY).next()));
      }
      case Message.Finish finish ->
          answer(
              lottery.finish(finish.agency(), finish.total(), finish.checksum()),
              new Message.Finished(finish.total()));
      case Message.AskWinners _ -> {
        assertThat(lottery.isComplete()).as("line %d", line).isTrue();
        List<String> winners = Draw.hold(bets.iterator(), Draw.NUMBER).of(AGENCY);
        due.addAll(Codec.pages(Draw.NUMBER, winners));
      }
      case Message.Pong _ -> pongsDue--;
    }
  }

  private void answer(Verdict verdict, Message.FromCentral success) {
    due.add(
        switch (verdict) {
          case Verdict.Accepted _, Verdict.Repeated _ -> success;
          case Verdict.Refused(var refusal, long next, String reason) ->
              new Message.Refused(refusal, 0, next, reason);
        });
  }

  void centralSays(int line, Decoded decoded) {
    assertThat(decoded).as("line %d", line).isInstanceOf(Message.FromCentral.class);
    Message.FromCentral message = (Message.FromCentral) decoded;
    centralTurn =
        centralTurn
            .after(message)
            .orElseThrow(() -> new AssertionError("line %d: out of order".formatted(line)));
    if (message instanceof Message.Ping) {
      pongsDue++;
    } else {
      assertThat(message).as("line %d", line).isEqualTo(due.poll());
    }
  }
}
