package loteria.client.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import loteria.client.bets.BadRowException;
import loteria.client.bets.Bet;
import loteria.client.bets.ListedBets;
import loteria.client.bets.MadeUpBets;
import loteria.lottery.AgencyState;
import loteria.lottery.Decision;
import loteria.lottery.Draw;
import loteria.lottery.Lottery;
import loteria.protocol.Codec;
import loteria.protocol.Decoded;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;
import loteria.protocol.Rows;

/**
 * A central for one agency, without disk or network: it decides by the rules of the lottery, and
 * holds the draw as soon as the agency asks. For one thread.
 */
public final class MemoryCentral {
  private static final int PAGE_DOCUMENTS_MAX = 3;

  private final int agency;
  private final int window;
  private final Lottery lottery = new Lottery(9);
  private final List<Bet> stored = new ArrayList<>();
  private int badRows;

  public MemoryCentral(int agency, int window) {
    this.agency = agency;
    this.window = window;
  }

  /** A central that has these bets already. */
  public static MemoryCentral with(int agency, int window, List<Bet> bets, boolean finished) {
    MemoryCentral central = new MemoryCentral(agency, window);
    try {
      Bet.forEachBatch(
          ListedBets.of(bets),
          1_000,
          rows -> central.answers(new Message.Batch(agency, central.stored.size(), rows)));
    } catch (IOException | BadRowException impossible) {
      throw new AssertionError(impossible);
    }
    if (finished) {
      int checksum = central.lottery.state(agency).checksum();
      central.answers(new Message.Finish(agency, bets.size(), checksum));
    }
    return central;
  }

  /** What is stored, in its order. */
  public List<Bet> stored() {
    return stored;
  }

  public boolean isFinished() {
    return lottery.state(agency).finished();
  }

  /** How often it has refused a row that is no bet. */
  public int badRows() {
    return badRows;
  }

  /** What is answered to the agency, of whose rows nobody knows whether they are bets. */
  public List<Message.FromCentral> answers(Message.FromAgency message) {
    FrameReader.Step frame = FrameReader.decode(ByteBuffer.wrap(Codec.encode(message)));
    return answers(((FrameReader.Whole) frame).decode());
  }

  /** What is answered to the agency's frame. */
  public List<Message.FromCentral> answers(Decoded message) {
    List<Message.FromCentral> answers =
        switch (message) {
          case Message.Hello hello -> List.of(greet(hello));
          case Message.Batch batch -> List.of(store(batch));
          case Message.Finish(int who, long total, int checksum) ->
              List.of(
                  switch (lottery.finish(who, total, checksum)) {
                    case Decision.Rejected rejected -> refused(rejected);
                    case Decision.Accepted _, Decision.Unchanged _ -> new Message.Finished(total);
                  });
          case Message.AskWinners _ -> pages();
          case Message.Pong _ -> List.of();
          case Decoded.Malformed bad -> {
            badRows++;
            long next = lottery.state(agency).next();
            yield List.of(new Message.Refused(bad.refusal(), bad.row(), next, bad.reason()));
          }
          case Message other -> throw new AssertionError(other);
        };
    lottery.commit();
    return answers;
  }

  private Message.FromCentral greet(Message.Hello hello) {
    return switch (lottery.greet(hello.agency(), hello.acked())) {
      case Decision.Rejected rejected -> refused(rejected);
      case Decision.Accepted(AgencyState state) -> welcome(state);
      case Decision.Unchanged(AgencyState state) -> welcome(state);
    };
  }

  private Message.FromCentral welcome(AgencyState state) {
    return new Message.Welcome(Codec.VERSION, window, state);
  }

  private Message.FromCentral store(Message.Batch batch) {
    Rows rows = batch.rows();
    return switch (lottery.add(
        batch.agency(), batch.first(), rows.count(), rows.checksum(), rows.length())) {
      case Decision.Rejected rejected -> refused(rejected);
      case Decision.Unchanged(AgencyState state) -> new Message.Stored(state.next());
      case Decision.Accepted(AgencyState state) -> {
        stored.addAll(Bet.of(rows));
        yield new Message.Stored(state.next());
      }
    };
  }

  private List<Message.FromCentral> pages() {
    List<String> documents = MadeUpBets.winners(stored);
    List<Message.FromCentral> pages = new ArrayList<>();
    pages.add(MadeUpBets.receipt(stored));
    int from = 0;
    while (documents.size() - from > PAGE_DOCUMENTS_MAX) {
      List<String> page = documents.subList(from, from + PAGE_DOCUMENTS_MAX);
      pages.add(new Message.WinnersPage(Draw.NUMBER, false, page));
      from += PAGE_DOCUMENTS_MAX;
    }
    List<String> last = documents.subList(from, documents.size());
    pages.add(new Message.WinnersPage(Draw.NUMBER, true, last));
    return pages;
  }

  private static Message.Refused refused(Decision.Rejected rejected) {
    return new Message.Refused(rejected.refusal(), 0, rejected.next(), rejected.reason());
  }
}
