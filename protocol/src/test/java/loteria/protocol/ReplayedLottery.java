package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import loteria.lottery.Draw;
import loteria.lottery.Lottery;
import loteria.lottery.Offer;
import loteria.lottery.Seal;
import loteria.lottery.Standing;
import loteria.lottery.Verdict;
import loteria.lottery.Winners;

/** A lottery of one agency that follows a transcript and knows what the central has to answer. */
final class ReplayedLottery {
  private static final int AGENCY = 1;
  private static final int WINDOW = 16;

  private final Lottery lottery = new Lottery(AGENCY);
  private final ByteBuffer sealed = ByteBuffer.allocate(1 << 16);
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
            BetsCsv.putRow(AGENCY, cursor, sealed);
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
        Winners winners = winners();
        due.add(new Message.Included(seal(), winners.share(AGENCY)));
        due.addAll(Codec.pages(Draw.NUMBER, winners.of(AGENCY)));
      }
      case Message.Pong _ -> pongsDue--;
    }
  }

  private Seal seal() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(sealed.duplicate().flip());
      return new Seal(lottery.bets(), HexFormat.of().formatHex(sha256.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private Winners winners() {
    Draw draw = new Draw(Draw.NUMBER);
    assertThat(draw.take(sealed.array(), 0, sealed.position())).isEqualTo(sealed.position());
    return draw.finish();
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
