package loteria.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import loteria.lottery.AgencyState;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import loteria.server.Bet;
import loteria.server.Peer;
import loteria.server.SampleBets;
import loteria.server.ledger.Deadlines;
import loteria.server.ledger.FaultyDisk;
import loteria.tls.CertificateAuthority.Issued;
import loteria.tls.Tls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Centrals that know each other by their certificates. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RelayTlsTest {
  private static final long FOREVER = 60_000;
  private static final Deadlines PATIENT = RelayTest.PATIENT;

  /** More than the kernel holds for one that does not read. */
  private static final int MANY_BYTES = 16 << 20;

  private final Path folder;
  private final TestTls tls;
  private final Issued central;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
  private final List<Bet> file = SampleBets.file(1, 300);

  RelayTlsTest(@TempDir Path folder) {
    this.folder = folder;
    tls = new TestTls(folder);
    central = tls.central("localhost");
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private TestLoop owner(Issued certificate) throws IOException {
    return TestLoop.start(
        new FaultyDisk(0), tls.open(certificate), 1, PATIENT, Loop.Bounds.DEFAULT);
  }

  private TestLoop relaying(String owner, Deadlines deadlines) throws IOException {
    return TestLoop.relaying(owner, tls.open(central), deadlines, Loop.Bounds.DEFAULT);
  }

  private Peer connect(Issued certificate, int port) throws IOException {
    return Peer.over(tls.connect(certificate, port));
  }

  private Peer agency(TestLoop loop) throws IOException {
    return connect(tls.agency(1), loop.port());
  }

  private static void assertCannotBeReached(Peer peer) throws IOException {
    peer.send(Peer.helloOf(1));
    assertThat(peer.assertRefused(Refusal.SHUTTING_DOWN).reason())
        .isEqualTo(RelayTest.CANNOT_BE_REACHED);
  }

  @Test
  void anUploadIsCarriedUnderTls() throws Exception {
    try (TestLoop owner = owner(tls.central("elsewhere"));
        TestLoop relay = relaying(owner.peerAddress(), PATIENT)) {
      for (int session = 0; session < 2; session++) { // the second one is resumed
        try (Peer peer = agency(relay)) {
          Message.Welcome welcome = peer.hello(1);
          if (session == 0) {
            assertThat(welcome.state()).isEqualTo(AgencyState.NEW);
            peer.upload(1, file, 20);
          } else {
            assertThat(welcome.state().finished()).isTrue();
            peer.send(new Message.AskWinners());
            assertThat(peer.winners().documents()).isEqualTo(SampleBets.winners(file));
            peer.assertEnds();
          }
        }
      }
      await().until(() -> relay.figures.openConnections() == 0);
      await().until(() -> owner.figures.openConnections() == 0);
      assertThat(relay.log.with("result: fail")).isEmpty();
      assertThat(owner.log.with("result: fail")).isEmpty();
      assertThat(relay.halts).isEmpty();
    }
  }

  @Test
  void whoeverIsNoCentralIsNotCarriedTo() throws Exception {
    try (TestLoop owner = owner(new TestTls(folder).central("localhost"));
        TestLoop relay = relaying(owner.peerAddress(), PATIENT);
        Peer peer = agency(relay)) {
      assertCannotBeReached(peer);
      assertThat(relay.log.with("action: relay | result: fail", "of no CA that is trusted here"))
          .hasSize(1);
      owner.log.await(1, "action: tls_handshake | result: fail");
    }
  }

  @Test
  void anOwnerWithoutTlsIsNotCarriedTo() throws Exception {
    try (TestLoop owner = TestLoop.start(new FaultyDisk(0), 1, PATIENT);
        TestLoop relay = relaying(owner.peerAddress(), PATIENT);
        Peer peer = agency(relay)) {
      assertCannotBeReached(peer);
      assertThat(relay.log.with("action: relay | result: fail", "does not speak TLS")).hasSize(1);
    }
  }

  @Test
  void onlyCentralsComeInWhereCentralsDo() throws Exception {
    try (TestLoop owner = owner(central)) {
      int peers = owner.peerPort();
      try (Peer agency = connect(tls.agency(1), peers);
          Peer plain = Peer.connect(peers);
          Peer trusted = connect(central, peers);
          Peer wrongDoor = connect(central, owner.port())) {
        agency.send(Peer.helloOf(1));
        assertThat(agency.assertRefused(Refusal.FORBIDDEN).reason())
            .isEqualTo("the certificate is not that of a central");
        plain.send(Peer.helloOf(1));
        assertThat(plain.assertRefused(Refusal.FORBIDDEN).reason())
            .isEqualTo("this central speaks TLS only");
        wrongDoor.send(Peer.helloOf(1));
        assertThat(wrongDoor.assertRefused(Refusal.FORBIDDEN).reason())
            .isEqualTo("the certificate names no agency");
        assertThat(trusted.hello(1).state()).isEqualTo(AgencyState.NEW);
      }
    }
  }

  @Test
  void anAgencyIsToComeBackWhenTheOwnerTakesTooLong() throws Exception {
    Deadlines deadlines = new Deadlines(5_000, FOREVER, FOREVER, FOREVER, FOREVER, 1_000, FOREVER);
    try (ServerSocket silent = RelayTest.listen();
        TestLoop relay = relaying(RelayTest.at(silent), deadlines);
        Peer peer = agency(relay)) {
      assertCannotBeReached(peer);
      assertThat(relay.log.with("action: relay | result: fail", "not reached within 5000 ms"))
          .hasSize(1);
    }
  }

  // Slow readers. What is held for one side may not exceed the bound of all outputs here.

  /** A relay between two peers that say what they like; so many may be held up at once. */
  private final class Talk implements AutoCloseable {
    final byte[] many = new byte[MANY_BYTES];
    final Socket agency;
    final Socket owner;
    private final TestLoop relay;

    Talk(int sides, boolean underTls) throws IOException, GeneralSecurityException {
      new Random(1).nextBytes(many);
      byte[] hello = Codec.encode(Peer.helloOf(1));
      Loop.Bounds bounds = new Loop.Bounds(10, 1 << 20, (long) sides * Relay.HELD_BYTES_MAX);
      try (ServerSocket listener = RelayTest.listen()) {
        Tls own = underTls ? tls.open(central) : null;
        relay = TestLoop.relaying(RelayTest.at(listener), own, PATIENT, bounds);
        agency = underTls ? tls.connect(tls.agency(1), relay.port()) : TestTls.plain(relay.port());
        agency.getOutputStream().write(hello);
        Socket accepted = listener.accept();
        owner = underTls ? secured(accepted) : accepted;
        assertThat(owner.getInputStream().readNBytes(hello.length)).isEqualTo(hello);
      }
    }

    private SSLSocket secured(Socket accepted) throws IOException, GeneralSecurityException {
      SSLSocket secured =
          (SSLSocket)
              tls.context(central)
                  .getSocketFactory()
                  .createSocket(accepted, InputStream.nullInputStream(), true);
      secured.setNeedClientAuth(true);
      return secured;
    }

    private Void write(OutputStream out, AtomicLong written) throws IOException {
      for (int from = 0; from < many.length; from += 8192) {
        out.write(many, from, 8192);
        written.addAndGet(8192);
      }
      return null;
    }

    /** Waits until what is written has grown, and grows no more. */
    void fill(Socket to, List<Future<?>> writing) throws InterruptedException {
      AtomicLong written = new AtomicLong();
      writing.add(threads.submit(() -> write(to.getOutputStream(), written)));
      long seen = -1;
      while (seen <= 0 || seen != written.get()) {
        seen = written.get();
        Thread.sleep(200);
      }
    }

    void assertReads(Socket from) throws IOException {
      assertThat(Arrays.equals(from.getInputStream().readNBytes(many.length), many)).isTrue();
    }

    @Override
    public void close() throws IOException {
      owner.close();
      agency.close();
      relay.close();
      assertThat(relay.halts).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void aSlowReaderHoldsTheOtherSideUpAndNothingIsLost(boolean ownerIsSlow, boolean underTls)
      throws Exception {
    List<Future<?>> writing = new ArrayList<>();
    try (Talk talk = new Talk(1, underTls)) {
      Socket writer = ownerIsSlow ? talk.agency : talk.owner;
      Socket reader = ownerIsSlow ? talk.owner : talk.agency;
      talk.fill(writer, writing);
      talk.assertReads(reader);
      writing.getFirst().get(10, TimeUnit.SECONDS);
      reader.getOutputStream().write(7); // the other way was open all the while
      assertThat(writer.getInputStream().read()).isEqualTo(7);
    }
  }

  @Test
  void anAgencyHearsAnOwnerThatDoesNotReadForAWhile() throws Exception {
    List<Future<?>> writing = new ArrayList<>();
    try (Talk talk = new Talk(2, true)) {
      talk.fill(talk.agency, writing);
      talk.fill(talk.owner, writing);
      talk.assertReads(talk.agency);
      talk.assertReads(talk.owner);
      for (Future<?> each : writing) {
        each.get(10, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void aHostThatIsNoCentralIsNotCarriedTo() throws Exception {
    try (TestLoop owner = owner(tls.authority.host("localhost", tls.from, tls.until));
        TestLoop relay = relaying(owner.peerAddress(), PATIENT);
        Peer peer = agency(relay)) {
      assertCannotBeReached(peer);
      assertThat(relay.log.with("action: relay | result: fail", "is not that of a central"))
          .hasSize(1);
    }
  }

  /** A Hello of an agency that has gone would fence the session that it has elsewhere by now. */
  @Test
  void nothingIsSaidForAnAgencyThatHasGone() throws Exception {
    try (ServerSocket silent = RelayTest.listen();
        TestLoop relay = relaying(RelayTest.at(silent), PATIENT)) {
      Peer peer = agency(relay);
      peer.send(Peer.helloOf(1));
      try (peer;
          Socket owner = silent.accept()) {
        owner.setSoTimeout(20_000);
        assertThat(owner.getInputStream().read()).isEqualTo(TlsGate.HANDSHAKE_RECORD);
        peer.close();
        while (owner.getInputStream().read() >= 0) {
          // The handshake's first words.
        }
      }
      await().until(() -> relay.figures.openConnections() == 0);
    }
  }
}
