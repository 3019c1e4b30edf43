package loteria.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import loteria.journal.DataDirectory;
import loteria.journal.Directory;
import loteria.journal.FencedException;
import loteria.journal.StorageFullException;
import loteria.lottery.ClosingReason;
import loteria.lottery.Draw;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import loteria.server.Bet;
import loteria.server.Peer;
import loteria.server.SampleBets;
import loteria.server.ledger.ContradictionException;
import loteria.server.ledger.Deadlines;
import loteria.server.ledger.FaultyDisk;
import loteria.server.ledger.SharedLottery;
import loteria.server.operator.Answer;
import loteria.server.operator.Closing;
import loteria.server.operator.Drawing;
import loteria.server.status.Status;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several centrals share a lottery over one log: loops, sockets and files are real. */
final class SharedLotteryTest {
  private static final int AGENCIES = 4;
  private static final int DRAW = 2; // the number of the draw's partition
  private static final List<List<Bet>> FILES =
      IntStream.rangeClosed(1, AGENCIES).mapToObj(id -> SampleBets.file(id, 40 * id)).toList();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  private final FakeSharedLog.Cluster cluster = new FakeSharedLog.Cluster(DRAW);
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  /** One of the centrals. */
  private final class Node extends TestLoop {
    private volatile boolean halted;
    final FakeSharedLog shared;
    final SharedLottery lottery;

    /** What was drawn whenever it was told that it leads. */
    private final List<OptionalInt> led = new CopyOnWriteArrayList<>();

    Node(int agencies, OptionalInt number, List<UUID> topics) throws IOException {
      this(agencies, number, topics, null);
    }

    /** With the sealed file on that disk, if one is given. */
    Node(int agencies, OptionalInt number, List<UUID> topics, @Nullable Directory disk)
        throws IOException {
      super(
          DataDirectory.take(folder.resolve("node" + open.size())),
          null,
          agencies,
          Deadlines.DEFAULT,
          Loop.Bounds.DEFAULT);
      shared = new FakeSharedLog(cluster, peerAddress(), topics);
      lottery =
          new SharedLottery(
              shared,
              disk == null ? directory : disk,
              figures,
              rules(number),
              log.log(),
              led::add,
              this::halt);
      loop.start(lottery);
      lottery.start();
      open.add(this);
    }

    @Override
    void halt(Throwable cause) {
      halted = true;
      super.halt(cause);
    }

    @Override
    Peer connect() throws IOException {
      Peer peer = super.connect();
      open.add(peer);
      return peer;
    }

    /** Agency 1, of which ten bets are stored. */
    Peer storesTen() throws IOException {
      Peer peer = agency(1);
      peer.send(SampleBets.part(file(1), 0, 10));
      peer.awaitStored(10);
      return peer;
    }

    @Override
    public void close() {
      if (!halted) {
        lottery.close();
      }
      super.close();
      try {
        directory.close();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  private Node node() throws IOException {
    return new Node(AGENCIES, OptionalInt.of(Draw.NUMBER), cluster.topics);
  }

  /** A central alone receives all bets, and draws. */
  private static void holdLottery(Node node) throws Exception {
    node.shared.assign(DRAW, 0, 1);
    for (int agency = 1; agency <= AGENCIES; agency++) {
      var _ = upload(node, agency);
    }
    node.log.await(1, "action: sorteo | result: success");
  }

  private static List<Bet> file(int agency) {
    return FILES.get(agency - 1);
  }

  /** Agency 1 and 3 are of partition 0, 2 and 4 of partition 1. */
  private static Peer upload(Node node, int agency) throws IOException {
    Peer peer = node.agency(agency);
    peer.upload(agency, file(agency), 7);
    peer.send(new Message.AskWinners());
    return peer;
  }

  private static String sealed(Node node) throws IOException {
    return Files.readString(Path.of(node.directory.toString()).resolve(DataDirectory.BETS));
  }

  private static String expected() {
    StringBuilder text = new StringBuilder();
    for (int agency = 1; agency <= AGENCIES; agency++) {
      text.append(SampleBets.csv(file(agency)));
    }
    return text.toString();
  }

  private static void assertWinners(Peer peer, int agency) throws IOException {
    assertThat(peer.winners().documents()).isEqualTo(SampleBets.winners(file(agency)));
  }

  @Test
  void oneCentralThatOwnsAllHoldsTheLotteryAsOnOneMachine() throws Exception {
    Node node = node();
    node.shared.assign(DRAW, 0, 1);
    List<Peer> peers = new ArrayList<>();
    for (int agency = 1; agency <= AGENCIES; agency++) {
      peers.add(upload(node, agency));
    }
    for (int agency = 1; agency <= AGENCIES; agency++) {
      assertWinners(peers.get(agency - 1), agency);
    }
    assertThat(sealed(node)).isEqualTo(expected());
    assertThat(node.figures.state()).isEqualTo(Status.State.DRAWN);
  }

  @Test
  void eachServesItsOwnAndAllComeToTheSameSealAndWinners() throws Exception {
    Node a = node();
    Node b = node();
    a.shared.assign(DRAW, 0);
    b.shared.follow();
    b.shared.assign(1);
    Peer one = upload(a, 1);
    Peer two = upload(b, 2);
    Peer three = upload(a, 3);
    Peer four = upload(b, 4);
    a.shared.follow(); // all is complete: it seals and draws
    a.log.await(1, "action: sorteo | result: success");
    b.shared.follow();
    assertWinners(one, 1);
    assertWinners(two, 2);
    assertWinners(three, 3);
    assertWinners(four, 4);
    assertThat(sealed(a)).isEqualTo(expected());
    assertThat(sealed(b)).isEqualTo(expected());
    assertThat(b.figures.bets()).isEqualTo(a.figures.bets());
    assertThat(b.figures.state()).isEqualTo(Status.State.DRAWN);
    assertThat(a.led).containsExactly(OptionalInt.empty());
    assertThat(b.led).isEmpty();
  }

  @Test
  void anAgencyMayComeToAnyCentral() throws Exception {
    Node a = node();
    Node b = node();
    a.shared.assign(DRAW, 0);
    b.shared.follow();
    b.shared.assign(1);
    List<Peer> peers = new ArrayList<>();
    for (int agency = 1; agency <= AGENCIES; agency++) {
      peers.add(upload(agency <= 2 ? b : a, agency)); // 1 and 4 come to the wrong one
    }
    assertThat(a.figures.connected(1)).isTrue();
    assertThat(b.figures.connected(1)).isFalse();
    a.shared.follow();
    a.log.await(1, "action: sorteo | result: success");
    b.shared.follow();
    for (int agency = 1; agency <= AGENCIES; agency++) {
      assertWinners(peers.get(agency - 1), agency);
    }
  }

  @Test
  void aPartitionMovesInTheMiddleOfAnUploadAndTheAgencyGoesOn() throws Exception {
    Node a = node();
    Node b = node();
    a.shared.assign(DRAW, 0, 1);
    Peer peer = a.storesTen();
    Future<?> gone = a.shared.revoking(0);
    assertThat(peer.assertRefused(Refusal.SHUTTING_DOWN).next()).isEqualTo(10);
    gone.get(10, TimeUnit.SECONDS);
    assertThat(a.connect())
        .satisfies(again -> {
          again.send(Peer.helloOf(1));
          again.assertRefused(Refusal.SHUTTING_DOWN);
        });
    b.shared.follow();
    b.shared.assign(0);
    Peer again = b.connect();
    assertThat(again.hello(1).state().next()).isEqualTo(10);
    again.send(SampleBets.part(file(1), 10, 40), SampleBets.finish(1, file(1)));
    again.awaitStored(40);
    assertThat(again.next()).isEqualTo(new Message.Finished(40));
    assertThat(b.figures.finished(1)).isTrue();
  }

  @Test
  void whoeverWasOvertakenHaltsAndAcknowledgesNothing() throws Exception {
    Node a = node();
    Node b = node();
    a.shared.assign(DRAW, 0);
    Peer peer = a.storesTen();
    b.shared.follow();
    b.shared.assign(0);
    byte[] before = cluster.bytes(0);
    peer.send(SampleBets.part(file(1), 10, 20));
    assertThat(a.halted()).isInstanceOf(IOException.class).hasRootCauseMessage("epoch");
    assertThat(cluster.bytes(0)).isEqualTo(before);
    assertThat(b.agency(1)).isNotNull();
  }

  @Test
  void anOvertakenCentralDoesNotSayThatAcknowledgedBetsAreLost() throws Exception {
    Node a = node();
    Node b = node();
    a.shared.assign(DRAW, 0);
    b.shared.follow();
    b.shared.assign(0);
    var _ = b.storesTen();
    Peer astray = a.connect();
    astray.send(new Message.Hello(Codec.VERSION, Codec.VERSION, 1, 10));
    assertThat(a.halted()).isInstanceOf(FencedException.class);
    // The control: who owns it says so.
    Peer liar = b.connect();
    liar.send(new Message.Hello(Codec.VERSION, Codec.VERSION, 1, 11));
    liar.assertRefused(Refusal.ACKED_LOST);
  }

  @Test
  void whoeverTakesOverTheDrawAtAnyPointComesToTheSame() throws Exception {
    Node a = new Node(AGENCIES, OptionalInt.empty(), cluster.topics);
    Node b = node();
    a.shared.assign(DRAW, 0, 1);
    List<Peer> peers = new ArrayList<>();
    for (int agency = 1; agency <= AGENCIES; agency++) {
      peers.add(upload(a, agency));
    }
    a.log.await(1, "action: seal_bets | result: success"); // and it waits for the number
    a.shared.revoke(DRAW);
    b.shared.follow();
    b.shared.assign(DRAW);
    b.log.await(1, "action: sorteo | result: success");
    a.shared.follow();
    for (int agency = 1; agency <= AGENCIES; agency++) {
      assertWinners(peers.get(agency - 1), agency);
    }
    assertThat(sealed(b)).isEqualTo(sealed(a)).isEqualTo(expected());
    Node c = node();
    c.shared.follow();
    c.log.await(1, "7574");
    c.shared.assign(DRAW);
    assertThat(sealed(c)).isEqualTo(expected());
    Node d = node();
    d.shared.assign(DRAW); // before it has read a bet
    assertThat(c.led).isEqualTo(d.led).containsExactly(OptionalInt.of(Draw.NUMBER));
  }

  @Test
  void nobodyIsServedBeforeTheLotteryHasBegun() throws Exception {
    Node a = node();
    a.shared.assign(0);
    Peer peer = a.connect();
    peer.send(Peer.helloOf(1));
    assertThat(peer.assertRefused(Refusal.SHUTTING_DOWN).reason()).contains("nobody has begun");
    a.shared.assign(DRAW);
    assertThat(a.agency(1)).isNotNull();
  }

  @Test
  void refusesALotteryThatWasBegunOtherwise() throws Exception {
    node().shared.assign(DRAW);
    Node more = new Node(AGENCIES + 1, OptionalInt.of(1), cluster.topics);
    assertThatThrownBy(more.shared::follow)
        .cause()
        .as("what the thread of the log is told")
        .hasCauseInstanceOf(ContradictionException.class)
        .hasStackTraceContaining("begun with 4");
    assertThat(more.halted())
        .isInstanceOf(ContradictionException.class)
        .hasMessage("agencies: 5 here, and the lottery was begun with 4");
    Node other = new Node(AGENCIES, OptionalInt.of(1), List.of(new UUID(9, 9), new UUID(2, 2)));
    assertThatThrownBy(other.shared::follow).hasStackTraceContaining("made again");
    assertThat(other.halted())
        .isInstanceOf(ContradictionException.class)
        .hasMessageContaining("made again");
  }

  /** Bets come before the draw's partition says how many agencies there are. */
  @Test
  void refusesALotteryWithBetsOfMoreAgencies() throws Exception {
    Node all = node();
    all.shared.assign(DRAW, 0, 1);
    Peer four = all.agency(4);
    four.send(SampleBets.part(file(4), 0, 5));
    four.awaitStored(5);
    Node less = new Node(AGENCIES - 1, OptionalInt.of(1), cluster.topics);
    assertThatThrownBy(less.shared::follow)
        .cause()
        .hasCauseInstanceOf(ContradictionException.class);
    assertThat(less.halted())
        .isInstanceOf(ContradictionException.class)
        .hasMessageContaining("agency 4");
  }

  @Test
  void whoeverFollowsADrawWithoutRoomHoldsItWhenThereIsSome() throws Exception {
    Node a = node();
    FaultyDisk disk = new FaultyDisk(0);
    Node b = new Node(AGENCIES, OptionalInt.of(Draw.NUMBER), cluster.topics, disk);
    holdLottery(a);
    disk.fail(FaultyDisk.Call.OPEN, 1, () -> new StorageFullException("no room"));
    b.shared.follow();
    b.log.await(1, "no room");
    b.log.await(1, "7574"); // a second later
    assertThat(b.figures.state()).isEqualTo(Status.State.DRAWN);
  }

  @Test
  void isStartingUntilItHasReadWhatWasStored() throws Exception {
    Node a = node();
    a.shared.assign(DRAW, 0, 1);
    Peer one = a.storesTen();
    Node b = node();
    b.figures.starting();
    assertThat(b.figures.state()).isEqualTo(Status.State.STARTING);
    b.shared.follow();
    assertThat(b.figures.state()).isEqualTo(Status.State.RECEIVING);
    assertThat(b.figures.bets()).isEqualTo(10);
    assertThat(b.figures.newBets()).isZero();
    assertThat(b.figures.secondsSinceHeard(1)).isNull();
    one.send(SampleBets.part(file(1), 10, 15));
    one.awaitStored(15);
    b.shared.follow();
    assertThat(b.figures.newBets()).isEqualTo(5);
    assertThat(b.figures.secondsSinceHeard(1)).isNotNull();
  }

  /** It knows that there is a draw, and not yet what it gave. */
  @Test
  void noOperatorDrawsAgainWhatIsBeingFollowed() throws Exception {
    Node a = node();
    FaultyDisk disk = new FaultyDisk(0);
    Node b = new Node(AGENCIES, OptionalInt.empty(), cluster.topics, disk);
    holdLottery(a);
    a.shared.revoke(DRAW);
    byte[] before = cluster.bytes(DRAW);
    disk.fail(FaultyDisk.Call.OPEN, 2, () -> new StorageFullException("no descriptor"));
    b.shared.follow();
    b.shared.assign(DRAW);
    b.log.await(1, "no descriptor");
    BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    b.loop.ask(ledgers -> ledgers.ask(new Drawing(1), answers::add));
    assertThat(answers.poll(10, TimeUnit.SECONDS)).isInstanceOf(Answer.Refused.class);
    b.log.await(1, "7574");
    assertThat(cluster.bytes(DRAW)).isEqualTo(before);
  }

  @Test
  void operatorsAreSentToTheCentralThatHasWhatTheyAskFor() throws Exception {
    Node a = node();
    Node b = node();
    a.shared.assign(DRAW, 0);
    b.shared.follow();
    b.shared.assign(1);
    BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    a.loop.ask(ledgers -> ledgers.ask(Closing.of(2, new ClosingReason("late")), answers::add));
    assertThat(answers.poll(10, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused ->
                assertThat(refused.why())
                    .contains("ask the central that has the agency", b.peerAddress()));
    a.loop.ask(
        ledgers -> ledgers.ask(Closing.ofAllMissing(new ClosingReason("late")), answers::add));
    assertThat(answers.poll(10, TimeUnit.SECONDS)).isInstanceOf(Answer.Refused.class);
    b.loop.ask(ledgers -> ledgers.ask(new Drawing(1), answers::add));
    assertThat(answers.poll(10, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            Answer.Refused.class, refused -> assertThat(refused.why()).contains("the draw"));
    b.loop.ask(ledgers -> ledgers.ask(Closing.of(2, new ClosingReason("late")), answers::add));
    assertThat(answers.poll(10, TimeUnit.SECONDS)).isInstanceOf(Answer.Closed.class);
    a.shared.follow();
    assertThat(a.figures.closedFor(2)).isEqualTo(new ClosingReason("late"));
  }

  @Test
  void doubtHaltsAndNobodyIsAnswered() throws Exception {
    Node a = node();
    a.shared.assign(DRAW, 0);
    Peer peer = a.agency(1);
    a.shared.broken = new IOException("the answer of the commit was lost");
    peer.send(SampleBets.part(file(1), 0, 10));
    assertThat(a.halted()).hasMessageContaining("the answer of the commit was lost");
  }
}
