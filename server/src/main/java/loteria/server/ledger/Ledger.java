package loteria.server.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongSupplier;
import loteria.journal.Block;
import loteria.journal.DataDirectory;
import loteria.journal.Directory;
import loteria.journal.Journal;
import loteria.journal.StorageFullException;
import loteria.lottery.AgencyState;
import loteria.lottery.ClosingReason;
import loteria.lottery.Decision;
import loteria.lottery.Lottery;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Frame;
import loteria.protocol.Message;
import loteria.server.Figures;
import loteria.server.ServerLog;
import loteria.server.operator.Answer;
import loteria.server.operator.Closing;
import loteria.server.operator.Drawing;
import loteria.server.operator.Request;
import loteria.server.seal.BrokenSealException;
import loteria.server.seal.Records;
import loteria.server.seal.SealedFile;
import loteria.server.seal.WinnersReader;
import org.jspecify.annotations.Nullable;

/**
 * Owns one journal, and the state that the journal gives: of the whole lottery, or, if several
 * centrals share it, of one partition. What sessions ask for is decided at once and added to a
 * group; the group's records are one block of the journal, made durable by one sync; only then is
 * anybody answered.
 *
 * <pre>
 *   Session -> decide -> group (replies) + block (records) -> endGroup() -> store -> stored() -> say
 * </pre>
 *
 * <p>Whoever drives it (the central's {@code Loop}, the simulation) ends the group, has the block
 * stored, on any thread, and says so. While one block is being stored the next group is decided;
 * its block is not written before.
 *
 * <p>Invariant: what an agency was told is durable, and so is all that was decided before it. After
 * an {@link IOException} the ledger must not be used again; the owner halts the process, and the
 * journal tells the next one what is true.
 *
 * <p>For one thread; it opens no socket, starts no thread and never sleeps.
 */
public final class Ledger implements Ledgers, AutoCloseable {
  /** How many batches an agency may have under way, unless it is to have fewer. */
  public static final int WINDOW = 16;

  static final String NO_ROOM = "no room left";

  private final LedgerState state;
  private final Lottery lottery;
  private final Figures figures;
  private final Journal journal;
  private final Settings settings;
  private final Sealing sealing;
  private final @Nullable Ownership ownership;
  private final ServerLog log;
  private final List<Ledger> here = List.of(this);

  /** The one session of each agency that is here. */
  private final Map<Integer, Session> live = new HashMap<>();

  /** The reader of each session that has not been told all of its winners. */
  private final Map<Session, WinnersReader> told = new HashMap<>();

  /** Sessions of agencies that say that more is stored than is known here. */
  private final Map<Session, Decision.Rejected> unproven = new LinkedHashMap<>();

  /** Whether a question is under way that shows if this central still owns the partition. */
  private boolean proving;

  /** What operators ask for, until a group begins. */
  private final List<Asked> requests = new ArrayList<>();

  private Group group = new Group();
  private @Nullable Group storing;
  private long sizeBefore;
  private boolean closed;

  private record Asked(Request request, Request.Operator operator) {}

  private Ledger(
      LedgerState state,
      Journal journal,
      Sealing sealing,
      @Nullable Ownership ownership,
      Settings settings,
      ServerLog log) {
    this.state = state;
    this.lottery = state.lottery();
    this.figures = state.figures();
    this.journal = journal;
    this.sealing = sealing;
    this.ownership = ownership;
    this.settings = settings;
    this.log = log;
    this.sizeBefore = journal.size();
  }

  /** What a ledger that owns a partition can ask about that. */
  @FunctionalInterface
  interface Ownership {
    /**
     * Makes sure that nobody else has written meanwhile. Takes a while: not on the ledger's thread.
     *
     * @throws loteria.journal.FencedException if somebody has
     */
    void require() throws IOException;
  }

  /**
   * What a ledger has to know besides its directory.
   *
   * @param number the number that will win, unless the draw was held already; empty if an operator
   *     says it
   * @param window how many batches an agency may have under way
   * @param beside where the seal and the draw are made
   * @param clock tells the times of the seal and the draw
   * @param nanoTime tells how much time passes
   */
  public record Settings(
      OptionalInt number, int window, Beside beside, InstantSource clock, LongSupplier nanoTime) {}

  /**
   * Opens the ledger of a directory and goes on where its journal ends.
   *
   * @param figures show the lottery, of as many agencies as they have, from the first record on
   * @throws ContradictionException if the journal is of a lottery that expected other agencies
   * @throws IOException if the journal cannot be gone on with, or what was sealed is not there; it
   *     says why
   */
  public static Ledger open(Directory directory, Figures figures, Settings settings, ServerLog log)
      throws IOException {
    LedgerState state = new LedgerState(figures);
    Journal journal = Journal.open(directory.open(DataDirectory.JOURNAL), state::recover);
    log.recovered(journal.recovery(), state.lottery().bets());
    try {
      Sealing sealing = new Sealing(directory, state, Records.of(journal), settings, log);
      sealing.reopen();
      figures.grown(journal.size());
      Ledger ledger = new Ledger(state, journal, sealing, null, settings, log);
      sealing.join(ledger);
      sealing.lead(ledger);
      return ledger;
    } catch (IOException | RuntimeException failed) {
      journal.close();
      throw failed;
    }
  }

  /**
   * Puts back the sealed file of a directory that has none, as a start does; none if its journal
   * does not say that the bets were sealed.
   *
   * @throws BrokenSealException if the journal's bets are not what was sealed
   * @throws IOException if the journal cannot be gone on with; it says why
   */
  public static void restoreSealedFile(Directory directory, int agencies) throws IOException {
    LedgerState state = new LedgerState(new Figures(agencies));
    try (Journal journal = Journal.open(directory.open(DataDirectory.JOURNAL), state::recover)) {
      Optional<Lottery.Sealed> sealed = state.lottery().sealed();
      if (sealed.isPresent()) {
        SealedFile.restore(
            directory,
            state.lottery(),
            state.positions(),
            Records.of(journal),
            sealed.get().seal());
      }
    }
  }

  /**
   * The ledger of a partition that this central owns.
   *
   * @param whole what all partitions say, this one included
   * @param journal of the partition, whose storage never runs out of room
   */
  static Ledger of(
      LedgerState whole,
      Journal journal,
      Sealing sealing,
      Ownership ownership,
      Settings settings,
      ServerLog log) {
    return new Ledger(whole, journal, sealing, ownership, settings, log);
  }

  // Ledgers: this ledger is the only one.

  @Override
  public List<Ledger> here() {
    return here;
  }

  @Override
  public int most() {
    return 1;
  }

  @Override
  public Route route(int agency) {
    return new Route.Here(this);
  }

  @Override
  public Figures figures() {
    return figures;
  }

  @Override
  public ServerLog log() {
    return log;
  }

  // What sessions ask for.

  void greet(Session session, Message.Hello hello) {
    int agency = hello.agency();
    switch (lottery.greet(agency, hello.acked())) {
      case Decision.Accepted accepted -> throw new AssertionError(accepted);
      case Decision.Unchanged(AgencyState agencyState) -> welcome(session, agencyState);
      case Decision.Rejected rejected -> {
        if (rejected.refusal() == Refusal.ACKED_LOST && ownership != null) {
          session.stopReading();
          unproven.put(session, rejected);
          prove(ownership);
        } else {
          log.refused(agency, rejected.refusal(), rejected.reason());
          reject(session, rejected);
        }
      }
    }
  }

  /**
   * Agencies say that more is stored than is known here. Perhaps another central owns the partition
   * by now, and has stored it: then they must not be told that their bets are lost. All that say so
   * meanwhile wait for one next question.
   */
  private void prove(Ownership owner) {
    if (proving || unproven.isEmpty()) {
      return;
    }
    proving = true;
    List<Session> asked = List.copyOf(unproven.keySet());
    settings
        .beside()
        .run(
            () -> {
              owner.require();
              return asked;
            },
            proven -> {
              proving = false;
              for (Session session : proven) {
                Decision.Rejected rejected = unproven.remove(session);
                if (rejected != null) { // it has not left meanwhile
                  log.refused(session.agency(), rejected.refusal(), rejected.reason());
                  reject(session, rejected);
                }
              }
              prove(owner);
            });
  }

  private void welcome(Session session, AgencyState agencyState) {
    int agency = session.agency();
    Session older = live.put(agency, session);
    figures.heard(agency);
    figures.connected(agency, true);
    if (older != null) {
      log.fenced(agency);
      refuse(older, Refusal.FENCED, agencyState.next(), "a newer session took over");
    }
    group.reply(session, new Message.Welcome(Codec.VERSION, settings.window(), agencyState));
  }

  void receive(Session session, Message.Batch batch, ByteBuffer record) {
    if (!isLive(session)) {
      return; // it was refused or fenced while the batch was on the way
    }
    int agency = batch.agency();
    int count = batch.rows().count();
    figures.heard(agency);
    switch (lottery.add(
        agency, batch.first(), count, batch.rows().checksum(), batch.rows().length())) {
      case Decision.Accepted(AgencyState after) -> {
        group.keep(Group.Kept.of(batch, after, journal.add(record)));
        group.acknowledge(session, after.next());
      }
      case Decision.Unchanged(AgencyState same) -> group.acknowledge(session, same.next());
      case Decision.Rejected rejected -> {
        log.batchRefused(agency, count, rejected.refusal(), rejected.reason());
        reject(session, rejected);
      }
    }
  }

  void finish(Session session, Message.Finish finish, ByteBuffer record) {
    if (!isLive(session)) {
      return;
    }
    int agency = finish.agency();
    figures.heard(agency);
    Message.Finished finished = new Message.Finished(finish.total());
    switch (lottery.finish(agency, finish.total(), finish.checksum())) {
      case Decision.Accepted(AgencyState after) -> {
        group.keep(Group.Kept.of(agency, after, journal.add(record)));
        group.reply(session, finished);
      }
      case Decision.Unchanged _ -> group.reply(session, finished);
      case Decision.Rejected rejected -> {
        log.refused(agency, rejected.refusal(), rejected.reason());
        reject(session, rejected);
      }
    }
  }

  void askWinners(Session session) {
    if (!isLive(session)) {
      return;
    }
    int agency = session.agency();
    AgencyState agencyState = lottery.state(agency);
    figures.heard(agency);
    if (!agencyState.finished()) {
      refuse(
          session, Refusal.OUT_OF_ORDER, agencyState.next(), "asks for winners before its finish");
    } else if (sealing.winners().isPresent()) {
      tell(session);
    }
  }

  /** Refuses with the bet that is next, after all that is to be said before. */
  void refuse(Session session, Message.Refused refused) {
    int agency = session.agency();
    leave(session);
    long next = lottery.expects(agency) ? lottery.state(agency).next() : 0;
    group.reply(
        session, new Message.Refused(refused.refusal(), refused.row(), next, refused.reason()));
  }

  void heard(int agency) {
    figures.heard(agency);
  }

  /** The session is over. */
  void leave(Session session) {
    int agency = session.agency();
    unproven.remove(session);
    leaveWinners(session);
    if (live.remove(agency, session)) {
      figures.connected(agency, false);
    }
  }

  /** What is still to be read of its winners is not read any more. */
  private void leaveWinners(Session session) {
    WinnersReader reader = told.remove(session);
    if (reader != null) {
      reader.abandon();
    }
  }

  /** Whether a session has to be told more of its winners, which are being read. */
  boolean owesWinners(Session session) {
    return told.containsKey(session);
  }

  private boolean isLive(Session session) {
    return session.equals(live.get(session.agency()));
  }

  private void reject(Session session, Decision.Rejected rejected) {
    refuse(session, rejected.refusal(), rejected.next(), rejected.reason());
  }

  private void refuse(Session session, Refusal refusal, long next, String reason) {
    leave(session);
    session.stopReading();
    group.reply(session, new Message.Refused(refusal, 0, next, reason));
  }

  // What operators ask for.

  /**
   * An operator asks for something. A {@link Closing} closes all of its agencies, or none; a {@link
   * Drawing} holds the draw once the bets are sealed. The answer comes when it is durable.
   */
  @Override
  public void ask(Request request, Request.Operator operator) {
    requests.add(new Asked(request, operator));
    takeRequests();
  }

  /** A request begins a group: so its records fit the block, whatever is under way. */
  private void takeRequests() {
    while (group.isEmpty() && !requests.isEmpty()) {
      Asked asked = requests.removeFirst();
      switch (asked.request()) {
        case Closing closing -> closeAgencies(closing, asked.operator());
        case Drawing(int number) -> sealing.draw(this, number, asked.operator());
      }
    }
  }

  private void closeAgencies(Closing closing, Request.Operator operator) {
    List<Integer> named =
        closing.agency().isPresent() ? List.of(closing.agency().getAsInt()) : lottery.missing();
    List<Message.Closed> nowClosed = new ArrayList<>();
    List<Message.Closed> earlier = new ArrayList<>();
    Optional<String> refused = lottery.whyNotClosed(named);
    if (refused.isPresent()) {
      log.closingRefused(refused.get());
      // With the group: the finish that it is refused for may not be durable yet.
      group.tell(operator, new Answer.Refused(refused.get()), new Answer.Refused(NO_ROOM));
      return;
    }
    for (int agency : named) {
      switch (lottery.close(agency, closing.reason())) {
        case Decision.Accepted(AgencyState after) -> {
          Message.Closed entry = new Message.Closed(agency, after.next(), closing.reason());
          nowClosed.add(entry);
          group.keep(
              Group.Kept.of(agency, after, journal.add(ByteBuffer.wrap(Codec.encode(entry)))));
          group.thenRun(() -> dismiss(agency));
        }
        case Decision.Unchanged(AgencyState same) ->
            earlier.add(new Message.Closed(agency, same.next(), reason(same)));
        case Decision.Rejected rejected -> throw new AssertionError(rejected.reason());
      }
    }
    int awaited = lottery.missing().size();
    group.tell(
        operator, new Answer.Closed(nowClosed, earlier, awaited), new Answer.Refused(NO_ROOM));
  }

  private static ClosingReason reason(AgencyState closed) {
    return Objects.requireNonNull(closed.closed());
  }

  /** The session of an agency that was closed is told so, as it will be if it comes again. */
  private void dismiss(int agency) {
    Session session = live.get(agency);
    if (session != null && lottery.greet(agency, 0) instanceof Decision.Rejected rejected) {
      reject(session, rejected);
    }
  }

  // The group.

  /** Whether the block has room for the records of so many bytes of frames. */
  public boolean hasRoom(int frameBytes) {
    int records = frameBytes / Frame.BYTES_MIN + 1;
    return journal.room() >= frameBytes + records * Journal.RECORD_HEADER_BYTES;
  }

  /** Whether there is a group to end: something was decided. */
  public boolean hasGroup() {
    return !group.isEmpty();
  }

  /** Whether a block is being stored. */
  public boolean isStoring() {
    return storing != null;
  }

  /** Whether something is to be done yet: a group to be ended, or a block to be stored. */
  public boolean hasWork() {
    return isStoring() || hasGroup();
  }

  /** Whether everybody was answered who can be: another central may have the ledger then. */
  boolean hasAnswered() {
    return !hasWork() && !proving;
  }

  /** Whether all that was decided is stored. */
  boolean isIdle() {
    return storing == null && journal.isEmpty();
  }

  /**
   * Ends the group.
   *
   * @return the block that is to be stored before anybody is answered, while the next group is
   *     decided; empty if there is nothing to store: then all were answered
   */
  public Optional<Block> endGroup() throws IOException {
    assert storing == null : "a block is being stored";
    Group ended = group;
    group = new Group();
    if (journal.isEmpty()) {
      ended.answer(settings.nanoTime().getAsLong());
      takeRequests();
      return Optional.empty();
    }
    lottery.endGroup();
    if (ownership != null) {
      lottery.commit(); // a partition never runs out of room: nothing of it is ever undone
    }
    storing = ended;
    Block block = journal.endBlock();
    takeRequests();
    return Optional.of(block);
  }

  /** Stores a block that {@link #endGroup} has given: writes and syncs, on any one thread. */
  public void store(Block block) throws IOException {
    journal.store(block);
  }

  /** The block is durable: everybody of its group is answered. */
  public void stored() throws IOException {
    Group durable = Objects.requireNonNull(storing, "no block is being stored");
    storing = null;
    if (ownership == null) {
      lottery.commit();
    }
    state.commit(durable.kept());
    if (!durable.kept().isEmpty()) {
      log.group(durable::log);
    }
    figures.grown(journal.size() - sizeBefore);
    sizeBefore = journal.size();
    figures.full(false);
    durable.answer(settings.nanoTime().getAsLong());
    settle();
  }

  /**
   * There was no room for the block: nothing of its group has happened, nor of the one after it.
   */
  public void notStored(StorageFullException full) throws IOException {
    Group lost = Objects.requireNonNull(storing, "no block is being stored");
    storing = null;
    Group after = group;
    group = new Group();
    journal.discard();
    sealing.undone();
    Set<Integer> undone = lottery.rollback();
    log.storageFull(full);
    figures.full(true);
    for (Group not : List.of(lost, after)) {
      for (Group.Kept kept : not.kept()) {
        if (kept.bets() > 0) {
          log.batchRefused(kept.agency(), kept.bets(), Refusal.STORAGE_FULL, NO_ROOM);
        }
      }
      not.undo(this::refusalOf, undone);
      not.answer(settings.nanoTime().getAsLong());
    }
    takeRequests();
  }

  /** The refusal for a session whose agency's decisions were undone, instead of its replies. */
  private Message.Refused refusalOf(Session session, Message.@Nullable Refused planned) {
    AgencyState agencyState = lottery.state(session.agency());
    long next = agencyState.next();
    boolean undone =
        planned != null && planned.refusal() == Refusal.CLOSED && !agencyState.isOver();
    if (planned != null && !undone) {
      return new Message.Refused(planned.refusal(), planned.row(), next, planned.reason());
    }
    leave(session);
    session.stopReading();
    return new Message.Refused(Refusal.STORAGE_FULL, 0, next, NO_ROOM);
  }

  // The seal, the draw and the winners.

  /**
   * Has the bets sealed and the number drawn, if it is time. To be called now and then: there may
   * not have been room.
   */
  @Override
  public void settle() throws IOException {
    sealing.advance();
  }

  /** The seal or the draw is to be kept. */
  void keep(Message.Entry entry, Beside.Task then) {
    journal.add(ByteBuffer.wrap(Codec.encode(entry)));
    group.thenRun(then);
  }

  /** Gives back what the storage holds in reserve. */
  void trim() throws IOException {
    journal.trim();
  }

  /** The draw was held: tells those who wait. Once. */
  void drawn() {
    live.values().stream().filter(Session::awaitsWinners).forEach(this::tell);
  }

  /** Tells an agency what of the seal is its own, and then, page by page, who has won. */
  private void tell(Session session) {
    int agency = session.agency();
    AgencyState own = lottery.state(agency);
    told.put(session, sealing.reader(agency));
    group.reply(
        session,
        new Message.SealReceipt(lottery.sealed().orElseThrow().seal(), own.next(), own.checksum()));
  }

  /** All was sent that the session had to say: the next page of winners, if it is at that. */
  void sentAll(Session session) {
    WinnersReader reader = told.get(session);
    if (reader != null && reader.begin()) {
      settings
          .beside()
          .run(
              reader::next,
              page -> {
                reader.end();
                if (!reader.equals(told.get(session))) {
                  return; // it has left meanwhile, or a newer session took over
                }
                if (page.last()) {
                  told.remove(session);
                }
                session.say(page, settings.nanoTime().getAsLong());
              });
    }
  }

  /** Whether an agency is connected. */
  boolean hasSessions() {
    return !live.isEmpty();
  }

  @Override
  public List<Integer> missing() {
    boolean begun = hasSessions() || lottery.bets() > 0;
    return begun ? lottery.missing() : List.of();
  }

  /**
   * Every agency is told that another central takes over, once what was decided is stored. Nothing
   * more is decided for those that are here.
   */
  void retire() {
    for (Session session : List.copyOf(live.values())) {
      long next = lottery.state(session.agency()).next();
      refuse(session, Refusal.SHUTTING_DOWN, next, "another central takes over");
    }
  }

  /** Tells every agency that the central is going down, after what was decided was stored. */
  public void goDown() {
    assert storing == null && group.isEmpty() : "a group is under way";
    long now = settings.nanoTime().getAsLong();
    for (Session session : List.copyOf(live.values())) {
      long next = lottery.state(session.agency()).next();
      leave(session);
      session.say(
          new Message.Refused(Refusal.SHUTTING_DOWN, 0, next, "the central is going down"), now);
    }
    requests.forEach(
        asked -> asked.operator().told(new Answer.Refused("the central is going down")));
    requests.clear();
  }

  /** Closes the journal. Idempotent. */
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      journal.close();
      log.journalClosed();
    }
  }
}
