package loteria.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import loteria.journal.Block;
import loteria.journal.DataDirectory;
import loteria.journal.Journal;
import loteria.journal.StorageFullException;
import loteria.lottery.AgencyState;
import loteria.lottery.ClosingReason;
import loteria.lottery.Draw;
import loteria.protocol.Codec;
import loteria.protocol.Decoded;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;
import loteria.protocol.Rows;
import loteria.server.Bet;
import loteria.server.CapturedLog;
import loteria.server.Figures;
import loteria.server.SampleBets;
import loteria.server.operator.Closing;
import loteria.server.operator.Request;

/**
 * A ledger on a disk that fails on demand, without sockets or threads: blocks are stored at once or
 * when the test says so, and so is done what is to be done beside it.
 */
final class TestLedger {
  static final ClosingReason REASON = new ClosingReason("no llegó");
  static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_123L);

  final FaultyDisk disk;
  final CapturedLog log;
  final Figures figures;
  private final Aside aside = new Aside();
  private final List<TestSession> sessions = new ArrayList<>();
  private final Ledger ledger;
  private final long[] now = {TimeUnit.SECONDS.toNanos(1)};
  private boolean storesLater;
  private Optional<Block> sealed = Optional.empty();

  // What the disk has, as of so many syncs.
  private int syncs = -1;
  private List<AgencyState> durable = List.of();

  private TestLedger(FaultyDisk disk, int agencies, OptionalInt number, CapturedLog log)
      throws IOException {
    this.disk = disk;
    this.log = log;
    this.figures = new Figures(agencies);
    this.ledger =
        Ledger.open(
            disk,
            figures,
            new Ledger.Settings(
                number, Ledger.WINDOW, aside, InstantSource.fixed(TIME), () -> now[0]),
            log.log());
  }

  static TestLedger open(FaultyDisk disk, int agencies) throws IOException {
    return open(disk, agencies, Draw.NUMBER);
  }

  static TestLedger open(FaultyDisk disk, int agencies, int number) throws IOException {
    return open(disk, agencies, number, new CapturedLog());
  }

  /** One whose number an operator says. */
  static TestLedger waiting(FaultyDisk disk, int agencies) throws IOException {
    return opened(new TestLedger(disk, agencies, OptionalInt.empty(), new CapturedLog()));
  }

  static TestLedger open(FaultyDisk disk, int agencies, int number, CapturedLog log)
      throws IOException {
    return opened(new TestLedger(disk, agencies, OptionalInt.of(number), log));
  }

  private static TestLedger opened(TestLedger opened) throws IOException {
    opened.settle();
    return opened;
  }

  /** A directory whose journal has these records, whatever they are. */
  static FaultyDisk journalled(List<? extends Message> records) throws IOException {
    return journalledBytes(records.stream().map(Codec::encode).toList());
  }

  static FaultyDisk journalledBytes(List<byte[]> records) throws IOException {
    FaultyDisk disk = new FaultyDisk(0);
    try (Journal journal =
        Journal.open(disk.open(DataDirectory.JOURNAL), (position, found) -> {})) {
      assertThat(journal.append(records.stream().map(ByteBuffer::wrap).toList()))
          .hasSize(records.size());
    }
    return disk;
  }

  static TestLedger ofAgencies(int agencies) throws IOException {
    return open(new FaultyDisk(0), agencies);
  }

  Ledger ledger() {
    return ledger;
  }

  // Time.

  long now() {
    return now[0];
  }

  /** So much time passes, and everybody sees it. */
  void pass(long millis) throws IOException {
    now[0] += TimeUnit.MILLISECONDS.toNanos(millis);
    sessions.forEach(TestSession::tick);
    turn();
  }

  // Turns of the loop.

  /** Does all that can be done: groups are ended, stored and answered, answers are read. */
  void turn() throws IOException {
    boolean goesOn = true;
    while (goesOn) {
      goesOn = aside.work();
      goesOn |= store();
      goesOn |= listen();
    }
  }

  /** Time has come for what there may not have been room for, and all that follows is done. */
  void settle() throws IOException {
    ledger.settle();
    turn();
  }

  private boolean store() throws IOException {
    boolean any = false;
    while (!ledger.isStoring() && ledger.hasGroup()) {
      any = true;
      sealed = ledger.endGroup();
      if (!storesLater) {
        storeSealed();
      }
    }
    return any;
  }

  private void storeSealed() throws IOException {
    if (sealed.isEmpty()) {
      return;
    }
    Block block = sealed.get();
    sealed = Optional.empty();
    try {
      ledger.store(block);
    } catch (StorageFullException full) {
      ledger.notStored(full);
      return;
    }
    ledger.stored();
  }

  private boolean listen() {
    boolean any = false;
    for (TestSession session : List.copyOf(sessions)) {
      any |= session.listen();
    }
    return any;
  }

  /** From now on a block waits to be stored until {@link #storeBlock}. */
  void storeLater() {
    storesLater = true;
  }

  /** The block that waits is stored, or is not, and its group is told. */
  void storeBlock() throws IOException {
    assertThat(sealed).as("a block that waits").isPresent();
    storeSealed();
    turn();
  }

  /** From now on blocks are stored at once. */
  void storeAtOnce() throws IOException {
    storesLater = false;
    storeSealed();
    turn();
  }

  /** From now on nothing is done beside the ledger, until {@link #goOnAside}. */
  void holdAside() {
    aside.held = true;
  }

  void goOnAside() throws IOException {
    aside.held = false;
    turn();
  }

  /** How many things wait to be done beside the ledger. */
  int waitsAside() {
    return aside.tasks.size();
  }

  private static final class Aside implements Beside {
    private final Queue<Beside.Task> tasks = new ArrayDeque<>();
    private boolean held;

    @Override
    public <T> void run(Work<T> work, Then<T> then) {
      tasks.add(() -> {
        T result;
        try {
          result = work.run();
        } catch (IOException failed) {
          then.failed(failed);
          return;
        }
        then.done(result);
      });
    }

    @Override
    public void send(Beside.Task task) {
      tasks.add(task);
    }

    boolean work() throws IOException {
      boolean any = false;
      while (!held && !tasks.isEmpty()) {
        tasks.remove().run();
        any = true;
      }
      return any;
    }
  }

  // Sessions.

  TestSession session() {
    return session(Deadlines.DEFAULT);
  }

  TestSession session(Deadlines deadlines) {
    return session(deadlines, new Identity.Trusted());
  }

  TestSession session(Deadlines deadlines, Identity identity) {
    TestSession session =
        new TestSession(
            this,
            deadlines,
            identity,
            now() + TimeUnit.MILLISECONDS.toNanos(deadlines.handshake()));
    sessions.add(session);
    return session;
  }

  /** A session that was welcomed. */
  TestSession greeted(int agency) throws IOException {
    return greeted(agency, 0);
  }

  TestSession greeted(int agency, long acked) throws IOException {
    TestSession session = session();
    session.hello(agency, acked);
    turn();
    return session;
  }

  /** An agency that has sent all that it has. */
  TestSession finished(int agency, List<Bet> file) throws IOException {
    TestSession session = greeted(agency);
    if (!file.isEmpty()) {
      session.send(SampleBets.part(file, 0, file.size()));
    }
    session.send(SampleBets.finish(agency, file));
    turn();
    return session;
  }

  void close(Request.Operator operator, int agency) {
    ledger.ask(Closing.of(agency, REASON), operator);
  }

  void closeAllMissing(Request.Operator operator) {
    ledger.ask(Closing.ofAllMissing(REASON), operator);
  }

  // What is durable.

  /** Nothing was said that would not be true after a loss of power. */
  void requireDurable(int agency, Message.FromCentral message) {
    if (!disk.syncs() || agency < 1 || agency > figures.agencies()) {
      return;
    }
    AgencyState state = durable(agency);
    switch (message) {
      case Message.Welcome welcome ->
          assertThat(welcome.state().next()).as("%s", message).isLessThanOrEqualTo(state.next());
      case Message.Stored stored ->
          assertThat(stored.next()).as("%s", message).isLessThanOrEqualTo(state.next());
      case Message.Refused refused ->
          assertThat(refused.next()).as("%s", message).isLessThanOrEqualTo(state.next());
      case Message.Finished _ -> assertThat(state.finished()).as("%s", message).isTrue();
      case Message.SealReceipt _, Message.WinnersPage _, Message.Ping _ -> {}
    }
  }

  /** What the disk would still have of an agency after a loss of power. */
  AgencyState durable(int agency) {
    if (syncs != disk.count(FaultyDisk.Call.SYNC)) {
      durable = read();
      syncs = disk.count(FaultyDisk.Call.SYNC);
    }
    return durable.get(agency - 1);
  }

  /** By a fold of its own, so that it can find a wrong one of the ledger. */
  private List<AgencyState> read() {
    List<AgencyState> found =
        new ArrayList<>(Collections.nCopies(figures.agencies(), AgencyState.NEW));
    FaultyDisk left = new FaultyDisk(0);
    left.put(DataDirectory.JOURNAL, disk.durable(DataDirectory.JOURNAL));
    try {
      Journal.inspect(
          left.open(DataDirectory.JOURNAL),
          (_, record) -> {
            if (FrameReader.decode(record) instanceof FrameReader.Whole whole) {
              fold(whole.decode(), found);
            }
          });
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return found;
  }

  private static void fold(Decoded entry, List<AgencyState> found) {
    if (entry instanceof Message.Batch batch) {
      Rows rows = batch.rows();
      AgencyState before = found.get(batch.agency() - 1);
      found.set(batch.agency() - 1, before.with(rows.count(), rows.checksum(), rows.length()));
    } else if (entry instanceof Message.Finish finish) {
      AgencyState before = found.get(finish.agency() - 1);
      found.set(finish.agency() - 1, new AgencyState(before.next(), before.checksum(), true));
    }
  }

  /** An agency's own closing. */
  static Closing closing(int agency, String reason) {
    return new Closing(OptionalInt.of(agency), new ClosingReason(reason));
  }
}
