package loteria.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import loteria.lottery.Share;
import loteria.lottery.Standing;
import loteria.protocol.Bets;
import loteria.protocol.Codec;
import loteria.protocol.Message;

/**
 * One session of an agency, from its Hello to its winners: it says what is to be sent, and is told
 * what was received. It knows no connection, no clock and no thread; whoever drives it sends all
 * that {@link #next} gives before it waits for something to {@link #hear}, until there is an {@link
 * #outcome}.
 *
 * <p>For one thread.
 */
public final class Upload implements AutoCloseable {
  private enum Stage {
    HELLO,
    WELCOME,
    BATCHES,
    FINISHED,
    ASK,
    WINNERS
  }

  private final int agency;
  private final BetSource.Opener bets;
  private final int batchBetsMax;
  private final boolean draws;
  private final List<String> documents = new ArrayList<>();

  private Stage stage = Stage.HELLO;
  private boolean pongDue;
  private long acked;
  private Optional<BetSource> source = Optional.empty();
  private Optional<Batcher> batcher = Optional.empty();
  private Optional<Bets> prepared = Optional.empty();
  private Optional<SentBets> sent = Optional.empty();
  private Optional<Message.Included> included = Optional.empty();
  private Optional<Outcome> ending = Optional.empty();
  private Optional<Outcome> outcome = Optional.empty();

  /**
   * A session that has not begun.
   *
   * @param bets opens the agency's bets at the first one
   * @param batchBetsMax the most bets of a batch
   * @param draws whether to finish and wait for the winners when all bets are stored
   * @param acked how many bets an earlier session of this program knows to be stored
   */
  public Upload(int agency, BetSource.Opener bets, int batchBetsMax, boolean draws, long acked) {
    this.agency = agency;
    this.bets = bets;
    this.batchBetsMax = batchBetsMax;
    this.draws = draws;
    this.acked = acked;
  }

  /** How the session has ended, once it has. */
  public Optional<Outcome> outcome() {
    return outcome;
  }

  /** How many of the agency's bets are known to be stored. */
  public long acked() {
    return acked;
  }

  /** What to send now; empty if it is the central's turn, or there is an outcome. */
  public Optional<Message.FromAgency> next() throws IOException {
    if (outcome.isPresent()) {
      return Optional.empty();
    }
    if (pongDue) {
      pongDue = false;
      return Optional.of(new Message.Pong());
    }
    return switch (stage) {
      case HELLO -> {
        stage = Stage.WELCOME;
        yield Optional.of(new Message.Hello(Codec.VERSION, Codec.VERSION, agency, acked));
      }
      case BATCHES -> nextOf(sent.orElseThrow());
      case ASK -> {
        stage = Stage.WINNERS;
        yield Optional.of(new Message.AskWinners());
      }
      case WELCOME, FINISHED, WINNERS -> Optional.empty();
    };
  }

  private Optional<Message.FromAgency> nextOf(SentBets sent) throws IOException {
    if (!sent.hasRoom()) {
      return Optional.empty();
    }
    prepare();
    if (prepared.isPresent()) {
      Message.Batch batch = sent.batch(prepared.get());
      prepared = Optional.empty();
      return Optional.of(batch);
    }
    if (!sent.isSettled()) {
      return Optional.empty();
    }
    if (ending.isPresent() || !draws) {
      outcome = Optional.of(ending.orElseGet(Outcome.Stored::new));
      return Optional.empty();
    }
    stage = Stage.FINISHED;
    return Optional.of(sent.finish());
  }

  /**
   * Has the next batch ready, if there is one: while the central is at work, so that it need not be
   * made when there is room for it. It may be called at any time, and need not be.
   */
  public void prepare() throws IOException {
    if (stage != Stage.BATCHES || prepared.isPresent() || ending.isPresent()) {
      return;
    }
    try {
      prepared = batcher.orElseThrow().next();
    } catch (BadRowException row) {
      ending = Optional.of(new Outcome.BadRow(row));
    }
  }

  /**
   * The central has said something.
   *
   * @throws IOException if it makes no sense here, or the bets cannot be read
   */
  public void hear(Message.FromCentral message) throws IOException {
    switch (message) {
      case Message.Welcome welcome when stage == Stage.WELCOME -> resume(welcome);
      case Message.Stored(long next) when sent.isPresent() -> acknowledge(next);
      case Message.Finished(long total) when stage == Stage.FINISHED && total == acked ->
          stage = Stage.ASK;
      case Message.Included told when stage == Stage.WINNERS && included.isEmpty() -> {
        included = Optional.of(told);
        requireOwn(told);
      }
      case Message.WinnersPage page when included.isPresent() -> {
        documents.addAll(page.documents());
        if (page.last()) {
          outcome = Optional.of(new Outcome.Drawn(included.get(), documents));
        }
      }
      case Message.Refused refused -> outcome = Optional.of(new Outcome.Refused(refused));
      case Message.Ping _ -> pongDue = true;
      case Message.Welcome _,
          Message.Stored _,
          Message.Finished _,
          Message.Included _,
          Message.WinnersPage _ ->
          // Not the message itself: it may hold documents.
          throw new IOException(
              "the central says %s in stage %s"
                  .formatted(message.getClass().getSimpleName(), stage));
    }
  }

  private void requireOwn(Message.Included told) {
    Share sealed = told.share();
    Share own = batcher.orElseThrow().share();
    if (told.seal().closed().contains(agency)) {
      conflict("the seal says that the agency had not finished, and it had");
    } else if (!sealed.equals(own)) {
      outcome = Optional.of(new Outcome.NotSealed(own, sealed));
    }
  }

  private void acknowledge(long next) throws IOException {
    if (!sent.orElseThrow().acknowledge(next)) {
      throw new IOException("the central says that %d bets are stored".formatted(next));
    }
    acked = next;
  }

  /** Finds where to go on, if the central has what the agency has. */
  private void resume(Message.Welcome welcome) throws IOException {
    Standing stored = welcome.standing();
    if (stored.next() < acked) {
      conflict(
          "the central has %d bets, of the %d that it has acknowledged"
              .formatted(stored.next(), acked));
      return;
    }
    try {
      source = Optional.of(bets.open());
      batcher = Optional.of(new Batcher(agency, source.get(), batchBetsMax));
      Standing own = batcher.get().skip(stored.next());
      if (own.next() != stored.next() || own.checksum() != stored.checksum()) {
        conflict(
            "the central has %d bets of checksum %08x, the agency has %d of checksum %08x there"
                .formatted(stored.next(), stored.checksum(), own.next(), own.checksum()));
        return;
      }
      sent = Optional.of(new SentBets(agency, welcome));
      acked = stored.next();
      stage = Stage.BATCHES;
      if (stored.finished()) {
        afterFinish(stored);
      }
    } catch (BadRowException row) {
      outcome = Optional.of(new Outcome.BadRow(row));
    }
  }

  private void afterFinish(Standing stored) throws IOException, BadRowException {
    if (batcher.orElseThrow().next().isPresent()) {
      conflict("the agency has finished with %d bets, and has more now".formatted(stored.next()));
    } else if (draws) {
      stage = Stage.ASK;
    }
  }

  private void conflict(String reason) {
    outcome = Optional.of(new Outcome.Conflict(reason));
  }

  /** Closes the bets. Idempotent. */
  @Override
  public void close() throws IOException {
    if (source.isPresent()) {
      source.get().close();
      source = Optional.empty();
    }
  }
}
