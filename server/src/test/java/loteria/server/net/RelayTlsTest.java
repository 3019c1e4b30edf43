package loteria.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
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
import loteria.tls.CertificateAuthority;
import loteria.tls.CertificateAuthority.Issued;
import loteria.tls.Tls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Centrals that know each other by their certificates. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RelayTlsTest {
  private static final long FOREVER = 60_000;
  private static final int MILLIS = 20_000;
  private static final Deadlines PATIENT =
      new Deadlines(FOREVER, FOREVER, FOREVER, FOREVER, FOREVER, 1_000, FOREVER);

  private static final String CANNOT_BE_REACHED = "the central that has agency 1 cannot be reached";

  private final Instant from = Instant.now().minus(Duration.ofHours(1));
  private final Instant until = Instant.now().plus(Duration.ofHours(1));
  private final CertificateAuthority authority = CertificateAuthority.found("CA", from, until);
  private final Issued central = authority.central(List.of("localhost"), from, until);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
  private final List<Bet> file = SampleBets.file(1, 300);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private Tls tls(Issued issued) throws IOException {
    return TestTls.open(folder, authority, issued);
  }

  private TestLoop owner(Issued certificate) throws IOException {
    return TestLoop.start(new FaultyDisk(0), tls(certificate), 1, PATIENT, Loop.Bounds.DEFAULT);
  }

  private TestLoop relaying(String owner, Deadlines deadlines) throws IOException {
    return TestLoop.relaying(owner, tls(central), deadlines, Loop.Bounds.DEFAULT);
  }

  private Peer connect(Issued certificate, int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    Socket over = tls(certificate).connect(socket, "localhost", port, MILLIS);
    over.setSoTimeout(MILLIS);
    return Peer.over(over);
  }

  private Peer agency(TestLoop loop) throws IOException {
    return connect(authority.agency(1, from, until), loop.port());
  }

  private static void assertCannotBeReached(Peer peer) throws IOException {
    peer.send(Peer.helloOf(1));
    assertThat(peer.assertRefused(Refusal.SHUTTING_DOWN).reason()).isEqualTo(CANNOT_BE_REACHED);
  }

  @Test
  void anUploadIsCarriedUnderTls() throws Exception {
    try (TestLoop owner = owner(authority.central(List.of("elsewhere"), from, until));
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
    CertificateAuthority other = CertificateAuthority.found("CA", from, until);
    try (TestLoop owner = owner(other.central(List.of("localhost"), from, until));
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
      try (Peer agency = connect(authority.agency(1, from, until), peers);
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
    Deadlines deadlines = new Deadlines(2_000, FOREVER, FOREVER, FOREVER, FOREVER, 1_000, FOREVER);
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TestLoop relay = relaying("127.0.0.1:" + silent.getLocalPort(), deadlines);
        Peer peer = agency(relay)) {
      assertCannotBeReached(peer);
      assertThat(relay.log.with("action: relay | result: fail", "not reached within 2000 ms"))
          .hasSize(1);
    }
  }

  /** A relay between two peers that say what they like; what it holds for one side is bounded. */
  private final class Talk implements AutoCloseable {
    final byte[] many = new byte[RelayTest.MANY_BYTES];
    final Socket agency;
    final Socket owner;
    private final TestLoop relay;

    Talk(int sides) throws IOException, GeneralSecurityException {
      new Random(1).nextBytes(many);
      byte[] hello = Codec.encode(Peer.helloOf(1));
      try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        String address = "127.0.0.1:" + listener.getLocalPort();
        relay = TestLoop.relaying(address, tls(central), PATIENT, RelayTest.narrow(sides));
        Tls own = tls(authority.agency(1, from, until));
        Socket under = new Socket(InetAddress.getLoopbackAddress(), relay.port());
        agency = own.connect(under, "localhost", relay.port(), MILLIS);
        agency.getOutputStream().write(hello);
        SSLSocket accepted =
            (SSLSocket)
                TestTls.context(authority, central)
                    .getSocketFactory()
                    .createSocket(listener.accept(), InputStream.nullInputStream(), true);
        accepted.setNeedClientAuth(true);
        owner = accepted;
        assertThat(owner.getInputStream().readNBytes(hello.length)).isEqualTo(hello);
      }
    }

    AtomicLong write(Socket to, List<Future<?>> writing) {
      AtomicLong written = new AtomicLong();
      writing.add(threads.submit(() -> RelayTest.write(many, to.getOutputStream(), written)));
      return written;
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
  @ValueSource(booleans = {false, true})
  void aSlowReaderHoldsTheOtherSideUpAndNothingIsLost(boolean ownerIsSlow) throws Exception {
    List<Future<?>> writing = new ArrayList<>();
    try (Talk talk = new Talk(1)) {
      Socket writer = ownerIsSlow ? talk.agency : talk.owner;
      Socket reader = ownerIsSlow ? talk.owner : talk.agency;
      RelayTest.awaitStanding(talk.write(writer, writing));
      talk.assertReads(reader);
      writing.getFirst().get(10, TimeUnit.SECONDS);
      reader.getOutputStream().write(7); // the other way was open all the while
      assertThat(writer.getInputStream().read()).isEqualTo(7);
    }
  }

  @Test
  void anAgencyHearsAnOwnerThatDoesNotReadForAWhile() throws Exception {
    List<Future<?>> writing = new ArrayList<>();
    try (Talk talk = new Talk(2)) {
      RelayTest.awaitStanding(talk.write(talk.agency, writing));
      RelayTest.awaitStanding(talk.write(talk.owner, writing));
      talk.assertReads(talk.agency);
      talk.assertReads(talk.owner);
      for (Future<?> each : writing) {
        each.get(10, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void aHostThatIsNoCentralIsNotCarriedTo() throws Exception {
    try (TestLoop owner = owner(authority.host("localhost", from, until));
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
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TestLoop relay = relaying("127.0.0.1:" + silent.getLocalPort(), PATIENT)) {
      Peer peer = agency(relay);
      peer.send(Peer.helloOf(1));
      try (peer;
          Socket owner = silent.accept()) {
        owner.setSoTimeout(MILLIS);
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
