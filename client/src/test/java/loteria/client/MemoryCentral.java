package loteria.client;

import java.util.ArrayList;
import java.util.List;
import loteria.lottery.Bet;
import loteria.lottery.Draw;
import loteria.lottery.Lottery;
import loteria.lottery.Offer;
import loteria.lottery.Verdict;
import loteria.protocol.BetCursor;
import loteria.protocol.Bets;
import loteria.protocol.Codec;
import loteria.protocol.Message;

/**
 * A central for one agency, without disk or network: it decides by the rules of the lottery, and
 * holds the draw as soon as the agency asks. For one thread.
 */
final class MemoryCentral {
  private static final int PAGE_DOCUMENTS_MAX = 3;

  private final int agency;
  private final int window;
  private final Lottery lottery = new Lottery(9);
  private final List<Bet> stored = new ArrayList<>();

  MemoryCentral(int agency, int window) {
    this.agency = agency;
    this.window = window;
  }

  /** A central that has these bets already. */
  static MemoryCentral with(int agency, int window, List<Bet> bets, boolean finished)
      throws Exception {
    MemoryCentral central = new MemoryCentral(agency, window);
    Batcher batcher = new Batcher(agency, ListedBets.of(bets), 1_000);
    while (central.stored.size() < bets.size()) {
      Bets batch = batcher.next().orElseThrow();
      central.answers(new Message.Batch(agency, central.stored.size(), batch));
    }
    if (finished) {
      int checksum = central.lottery.standing(agency).checksum();
      central.answers(new Message.Finish(agency, bets.size(), checksum));
    }
    return central;
  }

  /** What is stored, in its order. */
  List<Bet> stored() {
    return stored;
  }

  boolean isFinished() {
    return lottery.standing(agency).finished();
  }

  /** What is answered to the agency. */
  List<Message.FromCentral> answers(Message.FromAgency message) {
    List<Message.FromCentral> answers =
        switch (message) {
          case Message.Hello hello -> List.of(greet(hello));
          case Message.Batch batch -> List.of(store(batch));
          case Message.Finish(int who, long total, int checksum) ->
              List.of(
                  switch (lottery.finish(who, total, checksum)) {
                    case Verdict.Refused refused -> refused(refused);
                    case Verdict.Accepted _, Verdict.Repeated _ -> new Message.Finished(total);
                  });
          case Message.AskWinners _ -> pages();
          case Message.Pong _ -> List.of();
        };
    lottery.commit();
    return answers;
  }

  private Message.FromCentral greet(Message.Hello hello) {
    return switch (lottery.greet(hello.agency(), hello.acked())) {
      case Verdict.Refused refused -> refused(refused);
      case Verdict.Accepted(var standing) -> new Message.Welcome(Codec.VERSION, window, standing);
      case Verdict.Repeated(var standing) -> new Message.Welcome(Codec.VERSION, window, standing);
    };
  }

  private Message.FromCentral store(Message.Batch batch) {
    Bets bets = batch.bets();
    Offer offer =
        new Offer(batch.agency(), batch.first(), bets.count(), bets.checksum(), bets.length());
    return switch (lottery.store(offer)) {
      case Verdict.Refused refused -> refused(refused);
      case Verdict.Repeated(var standing) -> new Message.Stored(standing.next());
      case Verdict.Accepted(var standing) -> {
        BetCursor cursor = bets.cursor();
        while (cursor.next()) {
          stored.add(cursor.bet(agency));
        }
        yield new Message.Stored(standing.next());
      }
    };
  }

  private List<Message.FromCentral> pages() {
    List<String> documents = MadeUpBets.winners(stored);
    List<Message.FromCentral> pages = new ArrayList<>();
    pages.add(MadeUpBets.included(stored));
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

  private static Message.Refused refused(Verdict.Refused refused) {
    return new Message.Refused(refused.refusal(), 0, refused.next(), refused.reason());
  }
}
