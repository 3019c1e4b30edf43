package loteria.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import loteria.journal.DataDirectory;
import loteria.lottery.ClosingReason;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import loteria.server.Bet;
import loteria.server.Peer;
import loteria.server.SampleBets;
import loteria.server.ledger.Deadlines;
import loteria.server.ledger.FaultyDisk;
import loteria.server.ledger.Ledger;
import loteria.server.operator.Answer;
import loteria.server.operator.Closing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop, its syncer and what is done beside it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoopTest {
  private static final long FOREVER = 60_000;
  private static final Deadlines LONG_DRAIN =
      new Deadlines(FOREVER, FOREVER, FOREVER, FOREVER, FOREVER, FOREVER, FOREVER);

  private final List<Bet> file = SampleBets.file(1, 10);
  private final FaultyDisk disk = new FaultyDisk(0);

  @Test
  void answersAllThatWasReceivedBeforeItEnds() throws IOException {
    List<Peer> peers = new ArrayList<>();
    try (TestLoop loop = TestLoop.start(disk, 50)) {
      for (int agency = 1; agency <= 50; agency++) {
        Peer peer = loop.agency(agency);
        peers.add(peer);
        peer.send(SampleBets.part(SampleBets.file(agency, 2), 0, 2));
        peer.awaitStored(2);
      }
      loop.end();
      loop.end();
      for (Peer peer : peers) {
        assertThat(peer.assertRefused(Refusal.SHUTTING_DOWN).next()).isEqualTo(2);
        peer.close();
      }
      assertThat(loop.halts).isEmpty();
      assertThat(loop.log.with("close_journal")).hasSize(1);
    }
  }

  /** Else agencies that send on would always have something under way, and none would be told. */
  @Test
  void takesNothingMoreWhileItEnds() throws Exception {
    SlowDirectory slow = new SlowDirectory(disk, 20);
    try (TestLoop loop = TestLoop.start(slow, 2);
        Peer first = loop.agency(1);
        Peer second = loop.agency(2)) {
      slow.hold();
      first.send(SampleBets.part(file, 0, 1));
      await().until(slow::isSyncing);
      Thread end = Thread.ofVirtual().start(loop::end);
      loop.log.await(1, "action: close_listener | result: success");
      second.send(SampleBets.part(SampleBets.file(2, 3), 0, 3));
      Thread.sleep(200); // for a loop that would read it
      slow.goOn();

      first.awaitStored(1);
      assertThat(first.assertRefused(Refusal.SHUTTING_DOWN).next()).isEqualTo(1);
      assertThat(second.assertRefused(Refusal.SHUTTING_DOWN).next()).isZero();
      for (Peer peer : List.of(first, second)) {
        peer.close();
      }
      end.join();
      assertThat(loop.log.with("close_journal")).hasSize(1);
      assertThat(loop.halts).isEmpty();
    }
  }

  /** In the order of docs/ejercicios.md: the listener, the journal, the connections. */
  @Test
  void closesTheJournalBeforeTheConnections() throws IOException {
    try (TestLoop loop = TestLoop.start(disk, 2);
        Peer agency = loop.agency(1);
        Peer silent = loop.connect()) {
      agency.send(SampleBets.part(file, 0, 2));
      agency.awaitStored(2);
      silent.sendBytes("uno\n".getBytes(StandardCharsets.UTF_8));
      assertThat(silent.read(4)).hasSize(4);
      loop.end();
      List<String> last =
          loop.log.lines().stream().filter(line -> line.contains("close_")).toList();
      assertThat(last)
          .satisfiesExactly(
              line -> assertThat(line).contains("close_listener"),
              line -> assertThat(line).contains("close_journal"),
              line -> assertThat(line).contains("close_connection"),
              line -> assertThat(line).contains("close_connection"));
    }
  }

  @Test
  void takesNothingMoreOnceItHasEnded() throws IOException {
    TestLoop loop = TestLoop.start(disk, 1);
    loop.close();
    AtomicInteger opened = new AtomicInteger();
    for (int i = 0; i < 1000; i++) {
      loop.loop.send(opened::incrementAndGet);
    }
    assertThat(opened).hasValue(0);
    assertThat(loop.halts).isEmpty();
  }

  /** The first bets of a file, each by itself: so the loop knows how long a sync takes. */
  private static void storesOneByOne(Peer peer, List<Bet> file, int bets) throws IOException {
    for (int i = 0; i < bets; i++) {
      peer.send(SampleBets.part(file, i, i + 1));
      peer.awaitStoredAtLeast(i + 1);
    }
  }

  @Test
  void haltsWithoutAWordWhenTheDiskFails() throws Exception {
    for (long syncMillis : new long[] {0, 20}) {
      for (FaultyDisk.Call call : List.of(FaultyDisk.Call.WRITE, FaultyDisk.Call.SYNC)) {
        FaultyDisk failing = new FaultyDisk(0);
        TestLoop loop = TestLoop.start(new SlowDirectory(failing, syncMillis), 1);
        try (Peer peer = loop.agency(1)) {
          storesOneByOne(peer, file, 5);
          failing.fail(call, 1, () -> new IOException("Input/output error"));
          peer.send(SampleBets.part(file, 5, 9));

          assertThat(loop.halted()).hasMessageContaining("Input/output error");
          assertThat(loop.log.with("cantidad: 4")).isEmpty();
        }
        loop.close();
        assertThat(loop.halts).isEmpty();
      }
    }
  }

  @Test
  void haltsWhenWhatIsImpossibleHappens() throws Exception {
    IllegalStateException impossible = new IllegalStateException("impossible");
    try (TestLoop loop = TestLoop.start(disk, 1)) {
      loop.loop.ask(_ -> {
        throw impossible;
      });
      assertThat(loop.halted()).isSameAs(impossible);
    }
    try (TestLoop loop = TestLoop.start(new FaultyDisk(0), 1)) {
      loop.loop.run(
          () -> {
            throw impossible;
          },
          result -> {
            throw new AssertionError(result);
          });
      assertThat(loop.halted()).isSameAs(impossible);
    }
  }

  @Test
  void haltsWhenTheDirectoryIsMovedAway() throws Exception {
    try (TestLoop loop = TestLoop.start(disk, 1);
        Peer peer = loop.agency(1)) {
      disk.moveAway();
      peer.send(SampleBets.part(file, 0, 4));
      assertThat(loop.halted()).hasMessageContaining("moved away");
      assertThat(loop.log.with("apuesta_recibida")).isEmpty();
    }
  }

  @Test
  void sealsByItselfWhenThereIsRoomAgain() throws Exception {
    try (TestLoop loop = TestLoop.start(disk, 1);
        Peer peer = loop.agency(1)) {
      peer.send(SampleBets.part(file, 0, 10));
      peer.awaitStored(10);
      disk.limitTo(disk.used() + 100);
      peer.send(SampleBets.finish(1, file), new Message.AskWinners());
      loop.log.await(1, "action: store_bets | result: fail");

      disk.limitTo(Long.MAX_VALUE);
      loop.log.await(1, "action: sorteo | result: success");
      assertThat(peer.next()).isEqualTo(new Message.Finished(10));
      assertThat(peer.winners().documents()).isEqualTo(SampleBets.winners(file));
      assertThat(loop.halts).isEmpty();
    }
  }

  // Two blocks in turn.

  @Test
  void neverWritesABlockBeforeTheOneBeforeItIsSynced() throws Exception {
    SlowDirectory slow = new SlowDirectory(disk, 7);
    try (TestLoop loop = TestLoop.start(slow, 4)) {
      List<Thread> uploads = new ArrayList<>();
      ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
      for (int agency = 1; agency <= 4; agency++) {
        int number = agency;
        uploads.add(
            Thread.ofVirtual()
                .start(() -> {
                  try (Peer peer = loop.agency(number)) {
                    List<Bet> bets = SampleBets.file(number, 300);
                    for (int from = 0; from < bets.size(); from += 3) {
                      peer.send(SampleBets.part(bets, from, from + 3));
                      if ((from + 3) % 30 == 0) {
                        peer.awaitStored(from + 3); // so there are ten blocks at least
                      }
                    }
                    peer.send(SampleBets.finish(number, bets));
                    assertThat(peer.next()).isEqualTo(new Message.Finished(bets.size()));
                  } catch (IOException | AssertionError failed) {
                    failures.add(failed);
                  }
                }));
      }
      for (Thread upload : uploads) {
        upload.join();
      }
      assertThat(failures).isEmpty();
      assertThat(slow.faults()).isEmpty();
      assertThat(slow.blocks()).isGreaterThan(5);
      assertThat(loop.halts).isEmpty();
    }
  }

  @Test
  void readsAndDecidesWhileABlockIsStoredAndAnswersNobodyBefore() throws Exception {
    SlowDirectory slow = new SlowDirectory(disk, 20);
    try (TestLoop loop = TestLoop.start(slow, 2);
        Peer first = loop.agency(1);
        Peer second = loop.agency(2)) {
      storesOneByOne(first, file, 4);
      slow.hold();
      first.send(SampleBets.part(file, 4, 5));
      await().until(slow::isSyncing);
      int blocks = slow.blocks();
      second.send(SampleBets.part(SampleBets.file(2, 3), 0, 3));
      // A peer that is answered at once, after the others were read: the loop goes on.
      try (Peer text = loop.connect()) {
        text.sendBytes("uno\n".getBytes(StandardCharsets.UTF_8));
        assertThat(text.read(4)).hasSize(4);
      }
      assertThat(slow.blocks()).isEqualTo(blocks);
      assertThat(loop.log.with("apuesta_recibida")).hasSizeLessThanOrEqualTo(4);
      slow.goOn();
      second.awaitStored(3);
      first.awaitStoredAtLeast(5);
      assertThat(slow.faults()).isEmpty();
    }
  }

  @Test
  void pingsAlsoThoseThatItHasNoRoomToRead() throws Exception {
    SlowDirectory slow = new SlowDirectory(disk, 20);
    Deadlines often = new Deadlines(FOREVER, FOREVER, FOREVER, 50, FOREVER, FOREVER, FOREVER);
    int agencies = 24;
    List<Peer> peers = new ArrayList<>();
    try (TestLoop loop = TestLoop.start(slow, agencies, often)) {
      for (int agency = 1; agency <= agencies; agency++) {
        peers.add(loop.agency(agency));
      }
      slow.hold();
      for (int agency = 1; agency <= agencies; agency++) {
        Peer peer = peers.get(agency - 1);
        List<Bet> many = SampleBets.file(agency, 110);
        for (int frame = 0; frame < Ledger.WINDOW; frame++) {
          peer.send(SampleBets.batch(agency, 110L * frame, many));
        }
      }
      for (Peer peer : peers) {
        assertThat(peer.nextOrPing()).isEqualTo(new Message.Ping());
      }
      assertThat(slow.isSyncing()).isTrue();
      slow.goOn();
      for (Peer peer : peers) {
        peer.awaitStored(110L * Ledger.WINDOW);
        peer.close();
      }
      assertThat(loop.halts).isEmpty();
    }
  }

  /** More than two blocks hold is not read; peers that leave meanwhile are no trouble. */
  @Test
  void waitsForRoomWithoutSpinningWhileTheDiskIsSlow() throws Exception {
    SlowDirectory slow = new SlowDirectory(disk, 20);
    List<Bet> many = SampleBets.file(1, 120);
    try (TestLoop loop = TestLoop.start(slow, 3, LONG_DRAIN)) {
      Peer first = loop.agency(1);
      storesOneByOne(first, many, 4);
      slow.hold();
      Thread flood =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  first.send(SampleBets.part(many, 4, 5));
                  for (long at = 5; at < 60_000; at += 110) {
                    first.send(SampleBets.batch(1, at, many.subList(0, 110)));
                  }
                } catch (IOException ended) {
                  // With the loop.
                }
              });
      await().until(slow::isSyncing);
      Thread.sleep(300); // until both blocks are full
      List<Peer> leaving = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Peer peer = loop.connect();
        peer.sendBytes("uno\n".getBytes(StandardCharsets.UTF_8));
        leaving.add(peer);
      }
      Thread.sleep(100);
      for (Peer peer : leaving) {
        peer.reset();
      }
      awaitRest(100);
      slow.goOn();
      first.awaitStoredAtLeast(20_000);
      assertThat(loop.halts).isEmpty();
      first.reset();
      flood.join();
    }
  }

  @Test
  void doesNotSpinOnPeersThatEndInEveryWay() throws Exception {
    try (TestLoop loop = TestLoop.start(disk, 3, LONG_DRAIN)) {
      byte[] frame = Codec.encode(SampleBets.part(file, 0, 9));
      Peer inFrame = loop.agency(1);
      inFrame.sendBytes(Arrays.copyOf(frame, 20));
      inFrame.end();
      Peer reset = loop.agency(2);
      reset.sendBytes(Arrays.copyOf(frame, 20));
      reset.reset();
      Peer refused = loop.connect();
      refused.send(Peer.helloOf(9));
      assertThat(refused.next()).isInstanceOf(Message.Refused.class);
      Peer chatty = loop.connect();
      chatty.send(Peer.helloOf(9));
      assertThat(chatty.next()).isInstanceOf(Message.Refused.class);
      chatty.sendBytes(new byte[100_000]);
      Peer halfClosed = loop.connect();
      halfClosed.send(Peer.helloOf(9));
      assertThat(halfClosed.next()).isInstanceOf(Message.Refused.class);
      halfClosed.end();
      Peer mute = Peer.connectNarrow(loop.port());
      mute.sendBytes("hola\n".repeat(2000).getBytes(StandardCharsets.UTF_8));
      mute.end();
      Thread.sleep(200);

      awaitRest(60);
      assertThat(loop.halts).isEmpty();
    }
  }

  /** Until the loop's thread takes less CPU than that in 500 ms: it may have something to end. */
  private static void awaitRest(long cpuMillis) {
    await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(() ->
            assertThat(cpuMillisIn(500)).as("CPU of the loop in 500 ms").isLessThan(cpuMillis));
  }

  /** How much CPU the loop's thread takes in so many milliseconds. */
  private static long cpuMillisIn(long millis) throws InterruptedException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long loop =
        Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
            .filter(info -> info != null && info.getThreadName().equals("loop"))
            .mapToLong(ThreadInfo::getThreadId)
            .max()
            .orElseThrow();
    long before = threads.getThreadCpuTime(loop);
    Thread.sleep(millis);
    return TimeUnit.NANOSECONDS.toMillis(threads.getThreadCpuTime(loop) - before);
  }

  // The mailbox.

  @Test
  void opensEveryLetterOnceAndThoseOfASenderInTheirOrder() throws Exception {
    int senders = 4;
    int tasks = 20_000;
    try (TestLoop loop = TestLoop.start(disk, 1)) {
      int[] next = new int[senders]; // of the loop's thread
      ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
      CountDownLatch opened = new CountDownLatch(senders * tasks);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < senders; i++) {
        int sender = i;
        threads.add(
            Thread.ofPlatform()
                .start(() -> {
                  for (int j = 0; j < tasks; j++) {
                    int task = j;
                    loop.loop.send(() -> {
                      if (next[sender]++ != task) {
                        wrong.add("%d of %d".formatted(task, sender));
                      }
                      opened.countDown();
                    });
                  }
                }));
      }
      assertThat(opened.await(TestLoop.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(wrong).isEmpty();
    }
  }

  @Test
  void answersAnOperatorWhoAsksWhileABlockIsStored() throws Exception {
    SlowDirectory slow = new SlowDirectory(disk, 20);
    try (TestLoop loop = TestLoop.start(slow, 2);
        Peer peer = loop.agency(1)) {
      storesOneByOne(peer, file, 4);
      slow.hold();
      peer.send(SampleBets.part(file, 4, 5));
      await().until(slow::isSyncing);
      ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
      loop.loop.ask(ledger -> ledger.ask(Closing.of(1, new ClosingReason("no")), answers::add));
      slow.goOn();
      await().until(() -> !answers.isEmpty());
      assertThat(answers.element())
          .isInstanceOfSatisfying(
              Answer.Closed.class,
              done -> assertThat(done.closed().getFirst().bets()).isEqualTo(5));
      peer.assertRefused(Refusal.CLOSED);
    }
  }

  // The end.

  @Test
  void endsInTimeWhileTheBetsAreSealed() throws Exception {
    List<Bet> many = SampleBets.file(1, 110);
    FaultyDisk busy = new FaultyDisk(0);
    TestLoop loop = TestLoop.start(busy, 1);
    try (Peer peer = loop.agency(1)) {
      int batches = 1500;
      List<Bet> all = new ArrayList<>();
      for (int i = 0; i < batches; i++) {
        peer.send(SampleBets.batch(1, 110L * i, many));
        all.addAll(many);
      }
      peer.awaitStoredAtLeast(110L * batches);
      peer.send(SampleBets.finish(1, all));
      loop.log.await(1, "finish_agency");
      long start = System.nanoTime();
      loop.close();
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(3000);
      assertThat(loop.halts).isEmpty();
    }
    try (TestLoop again = TestLoop.start(busy, 1)) {
      again.log.await(1, "action: sorteo");
      assertThat(busy.has(DataDirectory.BETS)).isTrue();
    }
  }
}
