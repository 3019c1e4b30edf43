package loteria.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import loteria.lottery.AgencyState;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import loteria.server.Bet;
import loteria.server.Peer;
import loteria.server.SampleBets;
import loteria.server.ledger.Deadlines;
import loteria.server.ledger.FaultyDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A central that carries an agency's connection to another central. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RelayTest {
  private static final long FOREVER = 60_000;
  static final Deadlines PATIENT =
      new Deadlines(FOREVER, FOREVER, FOREVER, FOREVER, FOREVER, 1_000, FOREVER);

  static final String CANNOT_BE_REACHED = "the central that has agency 1 cannot be reached";

  private final List<Bet> file = SampleBets.file(1, 300);

  private static TestLoop relaying(String owner) throws IOException {
    return TestLoop.relaying(owner, null, PATIENT, Loop.Bounds.DEFAULT);
  }

  static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  static String at(ServerSocket owner) {
    return "127.0.0.1:" + owner.getLocalPort();
  }

  /** The relaying loop holds neither side any more. */
  private static void awaitNoConnections(TestLoop loop) {
    await().until(() -> loop.figures.openConnections() == 0);
    assertThat(loop.halts).isEmpty();
  }

  @Test
  void anUploadEndsAsOneThatIsNotCarried() throws Exception {
    FaultyDisk disk = new FaultyDisk(0);
    List<Bet> others = SampleBets.file(2, 40);
    try (TestLoop owner = TestLoop.start(disk, 2, PATIENT);
        TestLoop relay = relaying(owner.peerAddress())) {
      try (Peer carried = relay.connect();
          Peer direct = owner.agency(2)) {
        assertThat(carried.hello(1).state()).isEqualTo(AgencyState.NEW);
        carried.upload(1, file, 20);
        direct.upload(2, others, 20);
        carried.send(new Message.AskWinners());
        direct.send(new Message.AskWinners());
        assertThat(carried.winners().documents()).isEqualTo(SampleBets.winners(file));
        assertThat(direct.winners().documents()).isEqualTo(SampleBets.winners(others));
        carried.assertEnds();
      }
      assertThat(disk.bytes("bets.csv"))
          .asString()
          .isEqualTo(SampleBets.csv(file) + SampleBets.csv(others));
      awaitNoConnections(relay);
      assertThat(relay.figures.bets()).isZero();
      assertThat(relay.log.with("action: relay", "in_progress", "agency: 1")).hasSize(1);
    }
  }

  @Test
  void whatHasComeWithTheHelloIsSentOnHoweverItCame() throws Exception {
    byte[] hello = Codec.encode(Peer.helloOf(1));
    byte[] batch = Codec.encode(SampleBets.part(file, 0, 5));
    byte[] both = Arrays.copyOf(hello, hello.length + batch.length);
    System.arraycopy(batch, 0, both, hello.length, batch.length);
    for (int split = 1; split <= both.length; split += split < hello.length + 3 ? 1 : 97) {
      try (TestLoop owner = TestLoop.start(new FaultyDisk(0), 1, PATIENT);
          TestLoop relay = relaying(owner.peerAddress());
          Peer peer = relay.connect()) {
        peer.sendBytes(Arrays.copyOf(both, split));
        if (split % 2 == 0) {
          Thread.sleep(2); // so that the rest comes by itself
        }
        peer.sendBytes(Arrays.copyOfRange(both, split, both.length));
        assertThat(peer.next()).isInstanceOf(Message.Welcome.class);
        assertThat(peer.next()).isEqualTo(new Message.Stored(5));
      }
    }
  }

  @Test
  void aHelloThatComesByteByByteIsCarriedWhole() throws Exception {
    try (TestLoop owner = TestLoop.start(new FaultyDisk(0), 1, PATIENT);
        TestLoop relay = relaying(owner.peerAddress());
        Peer peer = relay.connect()) {
      for (byte each : Codec.encode(Peer.helloOf(1))) {
        peer.sendBytes(each);
        Thread.sleep(1);
      }
      assertThat(peer.next()).isInstanceOf(Message.Welcome.class);
    }
  }

  // One side ends.

  @Test
  void aLastWordOfTheOwnerIsHeardBeforeTheEnd() throws Exception {
    try (TestLoop owner = TestLoop.start(new FaultyDisk(0), 1, PATIENT);
        TestLoop relay = relaying(owner.peerAddress());
        Peer peer = relay.connect()) {
      assertThat(peer.hello(1).state()).isEqualTo(AgencyState.NEW);
      peer.send(SampleBets.part(file, 0, 5));
      peer.awaitStored(5);
      owner.end();
      assertThat(peer.assertRefused(Refusal.SHUTTING_DOWN).next()).isEqualTo(5);
      peer.end();
      awaitNoConnections(relay);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theAgencysConnectionEndsWhenTheOwnerDies(boolean reset) throws Exception {
    try (ServerSocket listener = listen();
        TestLoop relay = relaying(at(listener));
        Peer peer = relay.connect()) {
      peer.send(Peer.helloOf(1));
      try (Socket owner = listener.accept()) {
        owner.getOutputStream().write(Codec.encode(new Message.Welcome(4, 16, AgencyState.NEW)));
        assertThat(peer.next()).isInstanceOf(Message.Welcome.class);
        peer.send(SampleBets.part(file, 0, 5));
        owner.setSoLinger(reset, 0);
      }
      peer.assertEnds();
      peer.end();
      awaitNoConnections(relay);
      if (reset) {
        assertThat(relay.log.with("action: relay | result: fail", "agency: 1")).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theOwnerHearsAllThatAnAgencyHasSaidThatIsGone(boolean reset) throws Exception {
    byte[] hello = Codec.encode(Peer.helloOf(1));
    byte[] batch = Codec.encode(SampleBets.part(file, 0, 5));
    try (ServerSocket listener = listen();
        TestLoop relay = relaying(at(listener));
        Peer peer = relay.connect()) {
      peer.sendBytes(hello);
      try (Socket owner = listener.accept()) {
        owner.setSoTimeout(10_000);
        InputStream in = owner.getInputStream();
        assertThat(in.readNBytes(hello.length)).isEqualTo(hello);
        if (reset) {
          peer.reset();
        } else {
          peer.sendBytes(batch);
          peer.end();
          assertThat(in.readNBytes(batch.length)).isEqualTo(batch);
        }
        assertThat(in.read()).isEqualTo(-1);
        if (!reset) {
          owner.getOutputStream().write(Codec.encode(new Message.Stored(5)));
          assertThat(peer.next()).isEqualTo(new Message.Stored(5));
        }
      }
      awaitNoConnections(relay);
    }
  }

  // The owner cannot be reached.

  @Test
  void anAgencyIsToComeBackWhenNobodyListens() throws Exception {
    String nobody;
    try (ServerSocket closed = listen()) {
      nobody = at(closed);
    }
    try (TestLoop relay = relaying(nobody);
        Peer peer = relay.connect()) {
      peer.send(Peer.helloOf(1));
      assertThat(peer.assertRefused(Refusal.SHUTTING_DOWN).reason()).isEqualTo(CANNOT_BE_REACHED);
      peer.end();
      awaitNoConnections(relay);
      assertThat(relay.log.with("action: relay", "fail", "agency: 1", "Connection refused"))
          .hasSize(1);
      assertThat(relay.figures.refusals(Refusal.SHUTTING_DOWN)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere:1", "127.0.0.1", "127.0.0.1:0", ""})
  void anAgencyIsToComeBackWhenItsCentralHasNoAddress(String owner) throws Exception {
    try (TestLoop relay = relaying(owner);
        Peer peer = relay.connect()) {
      peer.send(Peer.helloOf(1));
      assertThat(peer.assertRefused(Refusal.SHUTTING_DOWN).reason()).isEqualTo(CANNOT_BE_REACHED);
    }
  }

  @Test
  void anAgencyIsToComeBackWhenTheOwnerSaysNothingAndEnds() throws Exception {
    try (ServerSocket listener = listen();
        TestLoop relay = relaying(at(listener));
        Peer peer = relay.connect()) {
      peer.send(Peer.helloOf(1));
      listener.accept().close();
      assertThat(peer.assertRefused(Refusal.SHUTTING_DOWN).reason()).isEqualTo(CANNOT_BE_REACHED);
      assertThat(relay.log.with("action: relay | result: fail", "agency: 1")).hasSize(1);
    }
  }

  @Test
  void whenBothMachinesHaveVanishedThereIsAnEnd() throws Exception {
    Deadlines deadlines = new Deadlines(FOREVER, FOREVER, 1_000, FOREVER, FOREVER, 50, FOREVER);
    try (ServerSocket listener = listen();
        TestLoop relay = TestLoop.relaying(at(listener), null, deadlines, Loop.Bounds.DEFAULT);
        Peer peer = relay.connect()) {
      peer.send(Peer.helloOf(1));
      try (Socket owner = listener.accept()) {
        owner.getOutputStream().write(Codec.encode(new Message.Ping()));
        assertThat(peer.nextOrPing()).isEqualTo(new Message.Ping());
        awaitNoConnections(relay);
        assertThat(relay.log.with("has said nothing for 2000 ms")).hasSize(1);
      }
    }
  }

  @Test
  void aConnectionOfAnotherCentralIsNotCarriedOn() throws Exception {
    try (ServerSocket owner = listen();
        TestLoop relay = relaying(at(owner));
        Peer peer = Peer.connect(relay.peerPort())) {
      peer.send(Peer.helloOf(1));
      assertThat(peer.assertRefused(Refusal.SHUTTING_DOWN).reason())
          .isEqualTo("another central has the agency by now");
      assertThat(relay.log.with("action: relay")).isEmpty();
    }
  }
}
