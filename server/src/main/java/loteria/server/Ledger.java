package loteria.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import loteria.journal.Directory;
import loteria.journal.Journal;
import loteria.journal.StorageFullException;
import loteria.lottery.Refusal;
import loteria.lottery.Standing;
import loteria.lottery.Verdict;
import loteria.lottery.Winners;
import loteria.protocol.Bets;
import loteria.protocol.Codec;
import loteria.protocol.Frame;
import loteria.protocol.Message;

/**
 * The owner of the lottery's state and of its journal. It takes requests in groups: decides each,
 * journals what was accepted as one block with one fsync, and only then answers anybody. When the
 * last agency has finished it has the bets sealed and the draw held.
 *
 * <p>Invariant: what an agency was told is durable. After an {@link IOException} other than a full
 * storage the ledger must not be used again; the owner halts the process, and the journal tells the
 * next one what is true.
 *
 * <p>For one thread; it reads no clock, and starts no thread but that which makes the sealed rows
 * ({@link SealedBets}).
 */
public final class Ledger implements AutoCloseable {
  /** How many batches an agency may have under way, unless it is to have fewer. */
  static final int WINDOW = 16;

  /** How many requests fit a group, so that all their frames fit one block of the journal. */
  public static final int GROUP_MAX =
      Journal.BLOCK_BYTES_MAX / (Journal.RECORD_HEADER_BYTES + Frame.BYTES_MAX);

  private static final String NO_ROOM = "no room left";

  private final LedgerState state;
  private final Figures figures;
  private final Directory directory;
  private final Journal journal;
  private final int window;
  private final DrawRoom drawRoom;
  private final ServerLog log;

  /** The one session of each agency that is here. */
  private final Map<Integer, Session> live = new HashMap<>();

  /** Those of them that wait for the draw. */
  private final Map<Integer, Session> waiting = new HashMap<>();

  private boolean closed;

  private Ledger(
      LedgerState state,
      Directory directory,
      Journal journal,
      int window,
      DrawRoom drawRoom,
      ServerLog log) {
    this.state = state;
    this.directory = directory;
    this.figures = state.figures();
    this.journal = journal;
    this.window = window;
    this.drawRoom = drawRoom;
    this.log = log;
  }

  /**
   * Opens the ledger of a directory and goes on where its journal ends; a lottery whose agencies
   * have all finished is sealed and drawn before this returns.
   *
   * @param agencies how many are expected
   * @param number the number that will win, unless the draw was held already
   */
  public static Ledger open(Directory directory, int agencies, int number, ServerLog log)
      throws IOException {
    return open(directory, new Figures(agencies), number, WINDOW, log);
  }

  /**
   * As {@link #open(Directory, int, int, ServerLog)}, with another window.
   *
   * @param figures show the lottery, of as many agencies as they have, from the first record on
   */
  static Ledger open(Directory directory, Figures figures, int number, int window, ServerLog log)
      throws IOException {
    LedgerState state = new LedgerState(figures);
    Journal journal = Journal.open(directory.open(LedgerState.JOURNAL_NAME), state::recover);
    log.recovered(journal.recovery(), state.lottery().bets());
    try {
      DrawRoom drawRoom = new DrawRoom(directory, state, journal, number, log);
      Ledger ledger = new Ledger(state, directory, journal, window, drawRoom, log);
      drawRoom.reopen();
      drawRoom.winners().ifPresent(ledger.figures::drawn);
      ledger.figures.journal(journal.size());
      ledger.settle();
      return ledger;
    } catch (IOException | RuntimeException failed) {
      journal.close();
      throw failed;
    }
  }

  /** A frame to be kept. */
  private record Kept(Message.Entry entry, ByteBuffer frame) {
    static Kept of(Message.Closed closed) {
      return new Kept(closed, ByteBuffer.wrap(Codec.encode(closed)));
    }
  }

  /**
   * Decides, stores and answers a group of requests, at most {@link #GROUP_MAX} in the order in
   * which they came.
   */
  public void process(List<Request> group) throws IOException {
    List<Answer> answers = new ArrayList<>(group.size());
    List<Kept> accepted = new ArrayList<>(group.size());
    for (Request request : group) {
      if (request instanceof Request.Close close) {
        conclude(answers, accepted);
        close(close);
      } else {
        decide(request, answers, accepted);
      }
    }
    conclude(answers, accepted);
    settle();
  }

  private void conclude(List<Answer> answers, List<Kept> accepted) throws IOException {
    if (!accepted.isEmpty()) {
      store(answers, accepted);
    }
    say(answers);
    answers.clear();
    accepted.clear();
  }

  /** Acknowledgements are cumulative: of several for one session only the last is said. */
  private void say(List<Answer> answers) {
    Map<Session, Integer> last = new HashMap<>();
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i).message() instanceof Message.Stored) {
        last.put(answers.get(i).session(), i);
      }
    }
    for (int i = 0; i < answers.size(); i++) {
      Answer answer = answers.get(i);
      if (!(answer.message() instanceof Message.Stored)
          || last.getOrDefault(answer.session(), i) == i) {
        if (answer.message() instanceof Message.Refused refused) {
          figures.refused(refused.refusal());
        }
        answer.say();
      }
    }
  }

  /** What of all this can be seen from outside. */
  Figures figures() {
    return figures;
  }

  /** Makes durable what was accepted; false if there is no room, and so it has not happened. */
  private boolean store(List<Answer> answers, List<Kept> accepted) throws IOException {
    try {
      List<Message.Entry> entries = accepted.stream().map(Kept::entry).toList();
      long[] positions = journal.append(accepted.stream().map(Kept::frame).toList());
      directory.check();
      state.commit(entries, positions);
      log.stored(entries);
      figures.journal(journal.size());
      figures.full(false);
      return true;
    } catch (StorageFullException full) {
      Set<Integer> undone = state.lottery().rollback();
      answers.replaceAll(answer -> undone.contains(answer.agency()) ? full(answer) : answer);
      log.storageFull(full);
      figures.full(true);
      accepted.forEach(kept -> {
        if (kept.entry() instanceof Message.Batch(int agency, _, Bets bets)) {
          log.batchRefused(agency, bets.count(), Refusal.STORAGE_FULL, NO_ROOM);
        }
      });
      return false;
    }
  }

  /** What is said instead to an agency whose bets could not be stored. */
  private Answer full(Answer answer) {
    long next = state.lottery().standing(answer.agency()).next();
    if (answer.message() instanceof Message.Refused(Refusal refusal, int row, _, String reason)) {
      return new Answer(
          answer.session(), answer.agency(), new Message.Refused(refusal, row, next, reason));
    }
    leave(answer.session(), answer.agency());
    return Answer.refused(answer.session(), answer.agency(), Refusal.STORAGE_FULL, next, NO_ROOM);
  }

  private void decide(Request request, List<Answer> answers, List<Kept> accepted) {
    switch (request) {
      case Request.Greet greet -> greet(greet, answers);
      case Request.Store store when isLive(store.session(), store.batch().agency()) ->
          store(store, answers, accepted);
      case Request.Finish finish when isLive(finish.session(), finish.finish().agency()) ->
          finish(finish, answers, accepted);
      case Request.AskWinners ask when isLive(ask.session(), ask.agency()) ->
          askWinners(ask, answers);
      case Request.Refuse refuse -> refuse(refuse, answers);
      case Request.Leave leave -> leave(leave.session(), leave.agency());
      // The session was refused or fenced while its request was on the way.
      case Request.Store _, Request.Finish _, Request.AskWinners _ -> {}
      case Request.Close _ -> throw new AssertionError("a group of its own");
    }
  }

  /**
   * An operator closes agencies: all of them, or none. They are a group of their own, in one block
   * (of {@link loteria.lottery.Lottery#CLOSED_MAX} at the most, which fit), so that whoever is
   * closed is told so only when that is true.
   */
  private void close(Request.Close request) throws IOException {
    Closing closing = request.closing();
    List<Message.Closed> closed = new ArrayList<>();
    List<Message.Closed> earlier = new ArrayList<>();
    for (int agency : named(closing)) {
      switch (state.lottery().close(agency, closing.reason())) {
        case Verdict.Accepted(Standing standing) ->
            closed.add(new Message.Closed(agency, standing.next(), closing.reason()));
        case Verdict.Repeated(Standing standing) ->
            earlier.add(
                new Message.Closed(
                    agency, standing.next(), state.lottery().closedFor(agency).orElseThrow()));
        case Verdict.Refused refused -> {
          state.lottery().rollback();
          refuse(request, refused.reason());
          return;
        }
      }
    }
    if (!closed.isEmpty() && !store(new ArrayList<>(), closed.stream().map(Kept::of).toList())) {
      refuse(request, NO_ROOM);
      return;
    }
    closed.forEach(entry -> dismiss(entry.agency()));
    int awaited = state.lottery().missing().size();
    request.operator().told(new ClosingAnswer.Done(closed, earlier, awaited));
  }

  private List<Integer> named(Closing closing) {
    return closing.agency().isPresent()
        ? List.of(closing.agency().getAsInt())
        : state.lottery().missing();
  }

  private void refuse(Request.Close request, String why) {
    log.closingRefused(why);
    request.operator().told(new ClosingAnswer.Refused(why));
  }

  /** The session of an agency that was closed is told so, as it will be if it comes again. */
  private void dismiss(int agency) {
    Session session = live.remove(agency);
    if (session != null && state.lottery().greet(agency, 0) instanceof Verdict.Refused refused) {
      Answer.refused(session, agency, refused).say();
    }
  }

  private void greet(Request.Greet greet, List<Answer> answers) {
    int agency = greet.hello().agency();
    switch (state.lottery().greet(agency, greet.hello().acked())) {
      case Verdict.Accepted(Standing standing) ->
          welcome(greet.session(), agency, standing, answers);
      case Verdict.Repeated(Standing standing) ->
          welcome(greet.session(), agency, standing, answers);
      case Verdict.Refused refused -> {
        log.refused(agency, refused.refusal(), refused.reason());
        answers.add(Answer.refused(greet.session(), agency, refused));
      }
    }
  }

  private void welcome(Session session, int agency, Standing standing, List<Answer> answers) {
    Session older = live.put(agency, session);
    figures.connected(agency, true);
    waiting.remove(agency);
    if (older != null) {
      log.fenced(agency);
      answers.add(
          Answer.refused(
              older, agency, Refusal.FENCED, standing.next(), "a newer session took over"));
    }
    answers.add(new Answer(session, agency, new Message.Welcome(Codec.VERSION, window, standing)));
  }

  private void store(Request.Store store, List<Answer> answers, List<Kept> accepted) {
    Message.Batch batch = store.batch();
    switch (state.lottery().store(LedgerState.offer(batch))) {
      case Verdict.Accepted(Standing standing) -> {
        accepted.add(new Kept(batch, store.frame()));
        answers.add(
            new Answer(store.session(), batch.agency(), new Message.Stored(standing.next())));
      }
      case Verdict.Repeated(Standing standing) ->
          answers.add(
              new Answer(store.session(), batch.agency(), new Message.Stored(standing.next())));
      case Verdict.Refused refused -> {
        log.batchRefused(batch.agency(), batch.bets().count(), refused.refusal(), refused.reason());
        leave(store.session(), batch.agency());
        answers.add(Answer.refused(store.session(), batch.agency(), refused));
      }
    }
  }

  private void finish(Request.Finish request, List<Answer> answers, List<Kept> accepted) {
    Message.Finish finish = request.finish();
    Message.Finished finished = new Message.Finished(finish.total());
    switch (state.lottery().finish(finish.agency(), finish.total(), finish.checksum())) {
      case Verdict.Accepted _ -> {
        accepted.add(new Kept(finish, request.frame()));
        answers.add(new Answer(request.session(), finish.agency(), finished));
      }
      case Verdict.Repeated _ ->
          answers.add(new Answer(request.session(), finish.agency(), finished));
      case Verdict.Refused refused -> {
        log.refused(finish.agency(), refused.refusal(), refused.reason());
        leave(request.session(), finish.agency());
        answers.add(Answer.refused(request.session(), finish.agency(), refused));
      }
    }
  }

  private void askWinners(Request.AskWinners ask, List<Answer> answers) {
    Standing standing = state.lottery().standing(ask.agency());
    Optional<Winners> winners = drawRoom.winners();
    if (!standing.finished()) {
      leave(ask.session(), ask.agency());
      answers.add(
          Answer.refused(
              ask.session(),
              ask.agency(),
              Refusal.OUT_OF_ORDER,
              standing.next(),
              "asks for winners before its finish"));
    } else if (winners.isPresent()) {
      told(ask.agency(), winners.get())
          .forEach(word -> answers.add(new Answer(ask.session(), ask.agency(), word)));
    } else {
      waiting.put(ask.agency(), ask.session());
    }
  }

  private void refuse(Request.Refuse refuse, List<Answer> answers) {
    leave(refuse.session(), refuse.agency());
    boolean known = state.lottery().expects(refuse.agency());
    answers.add(
        new Answer(
            refuse.session(),
            refuse.agency(),
            new Message.Refused(
                refuse.malformed().refusal(),
                refuse.malformed().row(),
                known ? state.lottery().standing(refuse.agency()).next() : 0,
                refuse.malformed().reason())));
  }

  private boolean isLive(Session session, int agency) {
    return session.equals(live.get(agency));
  }

  private void leave(Session session, int agency) {
    if (live.remove(agency, session)) {
      figures.connected(agency, false);
      waiting.remove(agency);
    }
  }

  /**
   * Seals the bets and holds the draw, if it is time; tells those who wait. To be called again now
   * and then: there may not have been room, and the directory is to be looked after.
   */
  public void settle() throws IOException {
    directory.check();
    if (drawRoom.winners().isPresent() || !state.lottery().isComplete()) {
      return;
    }
    boolean held = drawRoom.hold();
    figures.full(!held);
    figures.journal(journal.size());
    if (!held) {
      return;
    }
    Winners winners = drawRoom.winners().orElseThrow();
    figures.drawn(winners);
    waiting.forEach((agency, session) -> told(agency, winners).forEach(session::say));
    waiting.clear();
  }

  /** What an agency is told of the draw: what of the seal is its own, and who has won. */
  private List<Message.FromCentral> told(int agency, Winners winners) {
    List<Message.FromCentral> words = new ArrayList<>();
    words.add(new Message.Included(state.seal().orElseThrow(), winners.share(agency)));
    words.addAll(Codec.pages(winners.number(), winners.of(agency)));
    return words;
  }

  /** The agencies that are awaited: none once the bets are sealed, nor before anybody has come. */
  List<Integer> missing() {
    boolean begun = !live.isEmpty() || state.lottery().bets() > 0;
    return begun ? state.lottery().missing() : List.of();
  }

  /** Tells every agency that the central is going down, and closes the journal. Idempotent. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    live.forEach((agency, session) ->
        session.say(
            new Message.Refused(
                Refusal.SHUTTING_DOWN,
                0,
                state.lottery().standing(agency).next(),
                "the central is going down")));
    live.clear();
    waiting.clear();
    journal.close();
    log.journalClosed();
  }
}
