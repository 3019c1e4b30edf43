package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import loteria.lottery.AgencyState;
import loteria.lottery.BetRow;
import loteria.lottery.Decision;
import loteria.lottery.Draw;
import loteria.lottery.Lottery;
import loteria.lottery.Seal;

/** A lottery of one agency that follows a transcript and knows what the central has to answer. */
final class ReplayedLottery {
  private static final int AGENCY = 1;
  private static final int WINDOW = 16;

  private final Lottery lottery = new Lottery(AGENCY);
  private final ByteBuffer sealed = ByteBuffer.allocate(1 << 20);
  private final Deque<Message.FromCentral> due = new ArrayDeque<>();
  private Turns.OfAgency agencyTurn = Turns.OfAgency.GREETING;
  private Turns.OfCentral centralTurn = Turns.OfCentral.GREETING;
  private int pongsDue;

  void reconnect() {
    due.clear();
    agencyTurn = Turns.OfAgency.GREETING;
    centralTurn = Turns.OfCentral.GREETING;
    pongsDue = 0;
  }

  /** Nothing may be left to say. */
  void end() {
    assertThat(due).isEmpty();
    assertThat(pongsDue).isZero();
    assertThat(centralTurn).isEqualTo(Turns.OfCentral.ENDED);
  }

  void agencySays(int line, Decoded decoded) {
    switch (decoded) {
      case Decoded.Malformed(var refusal, int row, String reason) ->
          due.add(new Message.Refused(refusal, row, lottery.state(AGENCY).next(), reason));
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
        AgencyState state = lottery.state(AGENCY);
        answer(
            lottery.greet(hello.agency(), hello.acked()),
            new Message.Welcome(Codec.VERSION, WINDOW, state));
      }
      case Message.Batch batch -> {
        Rows rows = batch.rows();
        Decision decision =
            lottery.add(
                batch.agency(), batch.first(), rows.count(), rows.checksum(), rows.length());
        if (decision instanceof Decision.Accepted) {
          rows.putInto(sealed);
        }
        answer(decision, new Message.Stored(lottery.state(AGENCY).next()));
      }
      case Message.Finish finish ->
          answer(
              lottery.finish(finish.agency(), finish.total(), finish.checksum()),
              new Message.Finished(finish.total()));
      case Message.AskWinners _ -> {
        assertThat(lottery.isComplete()).as("line %d", line).isTrue();
        AgencyState state = lottery.state(AGENCY);
        due.add(new Message.SealReceipt(seal(), state.next(), state.checksum()));
        due.add(new Message.WinnersPage(Draw.NUMBER, true, winners()));
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

  /** The winning documents, which all fit a page. */
  private List<String> winners() {
    Draw draw = new Draw(Draw.NUMBER);
    List<String> documents = new ArrayList<>();
    int row = 0;
    for (int next = Draw.after(sealed.array(), row, sealed.position()); next >= 0; ) {
      if (draw.wins(sealed.array(), next)) {
        documents.add(BetRow.document(sealed.array(), next));
      }
      row = next;
      next = Draw.after(sealed.array(), row, sealed.position());
    }
    assertThat(row).isEqualTo(sealed.position());
    return documents;
  }

  private void answer(Decision decision, Message.FromCentral success) {
    due.add(
        switch (decision) {
          case Decision.Accepted _, Decision.Unchanged _ -> success;
          case Decision.Rejected(var refusal, long next, String reason) ->
              new Message.Refused(refusal, 0, next, reason);
        });
  }

  /** What is to be said now, which is then taken for said. */
  List<Message.FromCentral> takeDue() {
    List<Message.FromCentral> taken = List.copyOf(due);
    due.clear();
    return taken;
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
