package loteria.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import loteria.journal.DataDirectory;
import loteria.lottery.Draw;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole central: many agencies at once, and how it ends. */
class CentralTest {
  private static final int MANY = 200;
  private static final int FLOODED = 40;
  private static final int FLOODERS = 64;

  /** A second, and room for a slow disk. */
  private static final long END_MILLIS = 3000;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path directory;

  @Test
  void servesManyAgenciesAtOnce() throws Exception {
    try (TestCentral central = TestCentral.start(directory, MANY);
        ExecutorService agencies = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Message>> winners = new ArrayList<>();
      for (int agency = 1; agency <= MANY; agency++) {
        List<Bet> file = SampleBets.file(agency, agency % 20);
        int number = agency;
        winners.add(agencies.submit(() -> winners(central.port(), number, file)));
      }
      for (int agency = 1; agency <= MANY; agency++) {
        List<Bet> file = SampleBets.file(agency, agency % 20);
        assertThat(winners.get(agency - 1).get())
            .isEqualTo(new Message.WinnersPage(Draw.NUMBER, true, SampleBets.winners(file)));
      }
      assertThat(central.log.with("action: sorteo")).hasSize(1);
      assertThat(central.log.with("result: fail")).isEmpty();
    }
  }

  private static Message winners(int port, int agency, List<Bet> file) throws IOException {
    try (Peer peer = Peer.connect(port)) {
      Message.Welcome ignored = peer.hello(agency);
      peer.upload(agency, file, 7);
      peer.send(new Message.AskWinners());
      return peer.winners();
    }
  }

  @Test
  void goesOnWithItsDirectoryWhereItLeftOff() throws Exception {
    List<Bet> first = SampleBets.file(1, 12);
    List<Bet> second = SampleBets.file(2, 5);
    try (TestCentral central = TestCentral.start(directory, 2)) {
      central.agency(1).upload(1, first, 5);
      Peer half = central.agency(2);
      half.send(SampleBets.part(second, 0, 3));
      half.awaitStored(3);
    }
    try (TestCentral central = TestCentral.start(directory, 2)) {
      Peer resumed = central.connect();
      assertThat(resumed.hello(2).state().next()).isEqualTo(3);
      resumed.send(SampleBets.part(second, 3, 5));
      resumed.awaitStored(5);
      resumed.send(SampleBets.finish(2, second));
      assertThat(resumed.next()).isEqualTo(new Message.Finished(5));
      central.log.await(1, "action: sorteo");
    }
    try (TestCentral central = TestCentral.start(directory, 2)) {
      Peer again = central.connect();
      assertThat(again.hello(1).state().finished()).isTrue();
      again.send(new Message.AskWinners());
      assertThat(again.winners())
          .isEqualTo(new Message.WinnersPage(Draw.NUMBER, true, SampleBets.winners(first)));
      assertThat(central.log.with("action: sorteo")).isEmpty();
    }
    List<Bet> all = new ArrayList<>(first);
    all.addAll(second);
    assertThat(Files.readString(directory.resolve("datos").resolve(DataDirectory.BETS)))
        .isEqualTo(SampleBets.csv(all));
  }

  /** What an agency is doing when the central goes down, and whether it is told so. */
  enum Busy {
    NOT_THERE(false),
    SILENT(false),
    IN_ITS_HELLO(false),
    IN_A_LINE_OF_TEXT(false),
    GREETED(true),
    IN_A_FRAME(true),
    UPLOADING(true),
    WAITING_FOR_THE_DRAW(true),
    TOLD_ITS_WINNERS(false);

    private final boolean told;

    Busy(boolean told) {
      this.told = told;
    }
  }

  @ParameterizedTest
  @EnumSource(Busy.class)
  void endsInTimeWhateverAnAgencyDoes(Busy busy) throws Exception {
    int agencies = busy == Busy.TOLD_ITS_WINNERS ? 1 : 2;
    try (TestCentral central = TestCentral.start(directory, agencies);
        ExecutorService uploader = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Peer> peers = new ArrayList<>();
      if (busy != Busy.NOT_THERE) {
        Peer peer = central.connect();
        peers.add(peer);
        occupy(peer, busy, uploader);
        central.log.await(1, "accept_connections | result: success");
      }
      assertEndsInTime(central);
      for (Peer peer : peers) {
        if (busy.told) {
          peer.assertRefused(Refusal.SHUTTING_DOWN);
        } else {
          peer.assertEnds();
        }
      }
      assertEverythingClosed(central);
    }
  }

  private static void occupy(Peer peer, Busy busy, ExecutorService uploader) throws IOException {
    List<Bet> file = SampleBets.file(1, 20);
    switch (busy) {
      case NOT_THERE, SILENT -> {}
      case IN_ITS_HELLO -> peer.sendBytes((byte) 0x90, (byte) 1);
      case IN_A_LINE_OF_TEXT -> {
        peer.sendBytes("uno\nd".getBytes(StandardCharsets.UTF_8));
        assertThat(peer.read(4)).isEqualTo("uno\n".getBytes(StandardCharsets.UTF_8));
      }
      case GREETED -> peer.hello(1);
      case IN_A_FRAME -> {
        peer.hello(1);
        peer.sendBytes(Arrays.copyOf(Codec.encode(SampleBets.part(file, 0, 9)), 50));
      }
      case UPLOADING -> {
        peer.hello(1);
        Future<?> ignored = uploader.submit(() -> uploadForEver(peer, file));
        peer.awaitStoredAtLeast(5L * file.size());
      }
      case WAITING_FOR_THE_DRAW -> {
        peer.hello(1);
        peer.upload(1, file, 20);
        peer.send(new Message.AskWinners());
      }
      case TOLD_ITS_WINNERS -> {
        peer.hello(1);
        peer.upload(1, file, 20);
        peer.send(new Message.AskWinners());
        assertThat(peer.winners().last()).isTrue();
      }
    }
  }

  private static void uploadForEver(Peer peer, List<Bet> file) {
    try {
      for (long first = 0; ; first += file.size()) {
        peer.send(SampleBets.batch(1, first, file));
      }
    } catch (IOException closed) {
      // The central is down.
    }
  }

  @Test
  void endsInTimeWithManyAgencies() throws Exception {
    try (TestCentral central = TestCentral.start(directory, MANY)) {
      List<Peer> peers = new ArrayList<>();
      for (int agency = 1; agency <= MANY; agency++) {
        peers.add(central.agency(agency));
      }
      assertEndsInTime(central);
      for (Peer peer : peers) {
        peer.assertRefused(Refusal.SHUTTING_DOWN);
      }
      assertEverythingClosed(central);
    }
  }

  @RepeatedTest(5)
  void closesWhomItAcceptsWhileItEnds() throws Exception {
    try (TestCentral central = TestCentral.start(directory, 1);
        ExecutorService strangers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 4; i++) {
        Future<?> ignored = strangers.submit(() -> connectForEver(central.port()));
      }
      central.log.await(20, "accept_connections | result: success");
      assertEndsInTime(central);
      assertEverythingClosed(central);
    }
  }

  /** A connection that finds the queue full is tried again by the kernel, a second later. */
  @RepeatedTest(5)
  void answersAnHonestAgencyAtOnceInAFlood() throws Exception {
    try (ExecutorService strangers = Executors.newVirtualThreadPerTaskExecutor();
        TestCentral central = TestCentral.start(directory, FLOODED)) {
      for (int i = 0; i < FLOODERS; i++) {
        Future<?> ignored = strangers.submit(() -> connectForEver(central.port()));
      }
      List<Long> millis = new ArrayList<>();
      for (int agency = 1; agency <= FLOODED; agency++) {
        long start = System.nanoTime();
        central.agency(agency);
        millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
      }
      // Most of them: a machine with much else to do holds up one or the other.
      Collections.sort(millis);
      assertThat(millis.get(FLOODED / 2)).as("%s", millis).isLessThan(END_MILLIS);
    }
  }

  private static void connectForEver(int port) {
    try {
      while (true) {
        Peer.connect(port).close();
      }
    } catch (IOException refused) {
      // The central is down.
    }
  }

  @Test
  void endsOnce() throws Exception {
    try (TestCentral central = TestCentral.start(directory, 1)) {
      central.closeCentral();
      central.closeCentral();
      assertEverythingClosed(central);
    }
  }

  private static void assertEndsInTime(TestCentral central) {
    long start = System.nanoTime();
    central.closeCentral();
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(END_MILLIS);
  }

  private static void assertEverythingClosed(TestCentral central) {
    assertThat(central.log.with("action: close_connection | result: success"))
        .hasSameSizeAs(central.log.with("action: accept_connections | result: success"));
    assertThat(central.log.with("action: close_listener | result: success")).hasSize(1);
    assertThat(central.log.with("action: close_journal | result: success")).hasSize(1);
    assertThat(central.log.with("action: shutdown | result: success")).hasSize(1);
    assertThat(central.log.with("result: fail")).isEmpty();
  }
}
