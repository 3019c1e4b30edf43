package loteria.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import loteria.tls.CertificateAuthority.Issued;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two sides that come to believe each other, or do not. */
final class TlsTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final long MILLIS = 20_000;
  private static final Instant BEFORE = TestFiles.hoursFromNow(-1);
  private static final Instant LATER = TestFiles.hoursFromNow(1);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> heard = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private TestFiles files;

  @SuppressWarnings("NullAway.Init")
  private Issued central;

  @BeforeEach
  void prepare() throws IOException {
    files = new TestFiles(folder);
    central = files.authority.central(List.of("localhost", "127.0.0.1"), BEFORE, LATER);
  }

  @AfterEach
  void end() {
    threads.close();
  }

  private final class Told implements Tls.Listener {
    @Override
    public void certificatesUsed(Instant validUntil) {
      heard.add("used");
    }

    @Override
    public void certificatesNotUsed(BadTlsFileException why) {
      heard.add(why.problem());
    }
  }

  /** A certificate of that agency. */
  private Issued agency(int number) {
    return files.authority.agency(number, BEFORE, LATER);
  }

  private Tls tls(TlsFiles of) throws IOException {
    return Tls.open(of, new Told(), nanos::get);
  }

  /** The central's side of a connection, blocking; the central itself has an engine. */
  private static TlsSocket accept(Tls tls, Socket under, byte[] begun, long millis)
      throws IOException {
    SSLSocket over =
        (SSLSocket)
            tls.current()
                .context()
                .getSocketFactory()
                .createSocket(under, new ByteArrayInputStream(begun), false);
    over.setEnabledProtocols(new String[] {"TLSv1.3"});
    over.setNeedClientAuth(true);
    return Tls.shaken(under, over, millis);
  }

  /** What the two sides make of each other: each is an agency's number, a byte, or an exception. */
  private record Met(Object central, Object agency) {}

  private Met meet(Tls centralTls, Tls agencyTls, String host) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
      Future<Object> accepted =
          threads.submit(() -> {
            try (Socket socket = server.accept()) {
              byte[] first = {(byte) socket.getInputStream().read()};
              try {
                TlsSocket over = accept(centralTls, new UnderSocket.Patient(socket), first, MILLIS);
                over.getOutputStream().write(7);
                over.shutdownOutput();
                Object agency = Tls.agency(over.session());
                assertThat(over.getInputStream().read()).isEqualTo(-1);
                return agency;
              } catch (IOException failed) {
                socket.shutdownOutput();
                var _ = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                throw failed;
              }
            }
          });
      Future<Object> connected =
          threads.submit(() -> {
            try (Socket socket = new Socket(LOOPBACK, server.getLocalPort());
                Socket over = agencyTls.connect(socket, host, server.getLocalPort(), MILLIS)) {
              int read = over.getInputStream().read();
              assertThat(over.getInputStream().read()).isEqualTo(-1);
              return read;
            }
          });
      return new Met(result(accepted), result(connected));
    }
  }

  private static Object result(Future<Object> future) throws Exception {
    try {
      return future.get(MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      return failed.getCause() instanceof UntrustedException untrusted
          ? String.valueOf(untrusted.getMessage())
          : failed;
    }
  }

  private Met meet(Tls centralTls, Tls agencyTls) throws Exception {
    return meet(centralTls, agencyTls, "localhost");
  }

  private Met meet(Issued centralHas, Issued agencyHas) throws Exception {
    return meet(centralHas, agencyHas, "localhost");
  }

  private Met meet(Issued centralHas, Issued agencyHas, String host) throws Exception {
    return meet(tls(files.of("central", centralHas)), tls(files.of("agency", agencyHas)), host);
  }

  @Test
  void theCentralLearnsTheAgencyOfTheCertificate() throws Exception {
    for (String host : List.of("localhost", "127.0.0.1")) {
      Met met = meet(central, agency(3), host);
      assertThat(met.agency()).isEqualTo(7);
      assertThat(met.central()).hasToString("OptionalInt[3]");
    }
  }

  @Test
  void aCentralOfAnotherNameIsNotBelieved() throws Exception {
    Met met = meet(central, agency(3), "server");
    assertThat(met.agency()).asString().contains("No subject alternative DNS name matching");
    assertThat(met.central()).asString().contains("certificate_unknown");
  }

  @Test
  void anAgencyIsNoCentralAndACentralNoAgency() throws Exception {
    Issued agency = agency(3);
    assertThat(meet(agency, agency).agency()).asString().contains("Extended key usage");
    assertThat(meet(central, central).central()).hasToString("OptionalInt.empty");
    Issued host = files.authority.host("localhost", BEFORE, LATER);
    assertThat(meet(central, host).central()).asString().contains("Extended key usage");
  }

  @Test
  void whatHasExpiredOrIsNotYetValidIsNotBelieved() throws Exception {
    Instant past = Instant.now().minus(Duration.ofMinutes(1));
    Met expired = meet(central, files.authority.agency(3, BEFORE, past));
    assertThat(expired.central()).asString().contains("certificate has expired: NotAfter");
    assertThat(expired.agency())
        .asString()
        .startsWith("the other side does not accept this certificate: certificate_");
    Instant future = Instant.now().plus(Duration.ofMinutes(30));
    Met early = meet(central, files.authority.agency(3, future, LATER));
    assertThat(early.central()).asString().contains("is not valid yet");
    Met late = meet(files.authority.central(List.of("localhost"), BEFORE, past), agency(3));
    assertThat(late.agency()).asString().contains("has expired");
  }

  @Test
  void aCertificateOfAnotherCaIsNotBelievedThoughThatHasTheSameName() throws Exception {
    for (String name : List.of("Test CA", "Another CA")) {
      CertificateAuthority other = CertificateAuthority.found(name, BEFORE, LATER);
      Met met = meet(central, other.agency(3, BEFORE, LATER));
      assertThat(met.central()).asString().contains("of no CA that is trusted here");
      assertThat(met.agency()).asString().contains("does not accept this certificate");
      Met reverse = meet(other.central(List.of("localhost"), BEFORE, LATER), agency(3));
      assertThat(reverse.agency()).asString().contains("of no CA that is trusted here");
    }
  }

  @Test
  void oneCertificateCanBeTrustedInsteadOfItsCa() throws Exception {
    Issued three = agency(3);
    Path trusted = files.write("trusted.pem", three.certificatePem());
    Tls strict = tls(files.of("central", central, trusted));
    Tls agency = tls(files.of("agency", three));
    assertThat(meet(strict, agency).central()).hasToString("OptionalInt[3]");
    Tls four = tls(files.of("four", agency(4)));
    assertThat(meet(strict, four).central()).asString().contains("of no CA that is trusted here");
  }

  @Test
  void aCertificateThatIsItselfTrustedMustBeValidAndForItsUse() throws Exception {
    Instant past = Instant.now().minus(Duration.ofMinutes(1));
    Instant future = Instant.now().plus(Duration.ofMinutes(30));
    Issued good = agency(3);
    for (Bad bad :
        List.of(
            new Bad(files.authority.agency(3, BEFORE, past), "has expired"),
            new Bad(files.authority.agency(3, future, LATER), "is not valid yet"),
            new Bad(
                files.authority.host("localhost", BEFORE, LATER),
                "Extended key usage does not permit use for TLS client"))) {
      Path trusted = files.write("trusted-agency.pem", bad.certificate.certificatePem());
      Met met =
          meet(
              tls(files.of("central", central, trusted)), tls(files.of("agency", bad.certificate)));
      assertThat(met.central()).asString().contains(bad.problem);
      assertThat(met.agency()).asString().contains("does not accept this certificate");
    }
    List<String> host = List.of("localhost");
    for (Bad bad :
        List.of(
            new Bad(files.authority.central(host, BEFORE, past), "has expired"),
            new Bad(files.authority.central(host, future, LATER), "is not valid yet"))) {
      Path trusted = files.write("trusted-central.pem", bad.certificate.certificatePem());
      Met met =
          meet(tls(files.of("central", bad.certificate)), tls(files.of("agency", good, trusted)));
      assertThat(met.agency()).asString().contains(bad.problem);
      assertThat(met.central()).asString().contains("does not accept this certificate");
    }
    Path itself = files.write("trusted-agency.pem", good.certificatePem());
    Met other = meet(tls(files.of("central", good)), tls(files.of("agency", good, itself)));
    assertThat(other.agency()).asString().containsAnyOf("Extended key usage", "No name matching");
  }

  /** A certificate that must not be believed, and why. */
  private record Bad(Issued certificate, String problem) {}

  @Test
  void whyItIsRefusedIsReadThoughTheConnectionIsResetBeforeItWrites() throws Exception {
    CertificateAuthority other = CertificateAuthority.found("Another CA", BEFORE, LATER);
    Tls centralTls = tls(files.of("central", central));
    Tls agencyTls = tls(files.of("agency", other.agency(3, BEFORE, LATER)));
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
        Socket peer = new Socket(LOOPBACK, server.getLocalPort())) {
      Future<Object> refusing =
          threads.submit(() -> {
            try (Socket socket = server.accept()) {
              return accept(centralTls, socket, new byte[0], MILLIS);
            }
          });
      Socket over = agencyTls.connect(peer, "localhost", server.getLocalPort(), MILLIS);
      assertThat(result(refusing)).asString().contains("of no CA");
      // The first write meets a connection that is closed, the second one that is reset.
      for (int i = 0; i < 3; i++) {
        over.getOutputStream().write(new byte[100_000]);
        Thread.sleep(50);
      }
      assertThatThrownBy(() -> over.getInputStream().read())
          .isInstanceOf(UntrustedException.class)
          .hasMessageContaining("does not accept this certificate");
    }
  }

  @Test
  void aConnectionThatIsLostInTheHandshakeIsNoReasonNotToComeBack() throws Exception {
    Tls agencyTls = tls(files.of("agency", agency(3)));
    for (int read : List.of(0, 1, 100)) {
      try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
          Socket peer = new Socket(LOOPBACK, server.getLocalPort())) {
        Future<Object> full =
            threads.submit(() -> {
              try (Socket socket = server.accept()) {
                return socket.getInputStream().readNBytes(read).length;
              }
            });
        assertThatThrownBy(() -> agencyTls.connect(peer, "localhost", 1, MILLIS))
            .isInstanceOf(IOException.class)
            .isNotInstanceOf(UntrustedException.class);
        assertThat(full.get()).isEqualTo(read);
      }
    }
  }

  @Test
  void aHandshakeIsBoundedHoweverItsBytesAreDoledOut() throws Exception {
    Tls tls = tls(files.of("central", central));
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
        Socket peer = new Socket(LOOPBACK, server.getLocalPort());
        Socket accepted = server.accept()) {
      Future<Object> doling =
          threads.submit(() -> {
            peer.getOutputStream().write(new byte[] {3, 1, 2, 0});
            return peer.getInputStream().read();
          });
      assertThatThrownBy(() -> accept(tls, accepted, new byte[] {0x16}, 50))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(UntrustedException.class)
          .hasMessageContaining("took longer than 50 ms");
      assertThat(doling.get()).isEqualTo(-1);
    }
  }

  @Test
  void closesAtOnceThoughSomebodyIsWriting() throws Exception {
    Tls centralTls = tls(files.of("central", central));
    Tls agencyTls = tls(files.of("agency", agency(3)));
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
        Socket peer = new Socket(LOOPBACK, server.getLocalPort());
        Socket accepted = server.accept()) {
      Future<Socket> agency = threads.submit(() -> agencyTls.connect(peer, "localhost", 1, MILLIS));
      TlsSocket over = accept(centralTls, accepted, new byte[0], MILLIS);
      Socket _ = agency.get();
      Future<Object> writing =
          threads.submit(() -> {
            while (true) {
              over.getOutputStream().write(new byte[100_000]);
              nanos.incrementAndGet();
            }
          });
      // The agency reads nothing: sooner or later the writer waits.
      long seen = -1;
      while (seen != nanos.get()) {
        seen = nanos.get();
        assertThatThrownBy(() -> writing.get(100, TimeUnit.MILLISECONDS));
      }
      over.close();
      assertThatThrownBy(() -> writing.get(MILLIS, TimeUnit.MILLISECONDS))
          .hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void readsTheFilesAgainWhenTheyHaveChangedAndKeepsTheFormerIfTheyAreBroken() throws Exception {
    TlsFiles agencys = files.of("agency", agency(3));
    Tls centralTls = tls(files.of("central", central));
    Tls agencyTls = tls(agencys);
    heard.clear();
    TlsFiles unused = files.of("agency", agency(4));
    assertThat(unused).isEqualTo(agencys);
    assertThat(meet(centralTls, agencyTls).central())
        .as("within the second")
        .hasToString("OptionalInt[3]");

    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(meet(centralTls, agencyTls).central()).hasToString("OptionalInt[4]");
    assertThat(heard).containsExactly("used");

    Files.writeString(agencys.key(), central.keyPem());
    for (int i = 0; i < 2; i++) {
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
      assertThat(meet(centralTls, agencyTls).central()).hasToString("OptionalInt[4]");
    }
    Files.delete(agencys.key());
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(meet(centralTls, agencyTls).central()).hasToString("OptionalInt[4]");
    assertThat(heard).containsExactly("used", "is not the key of the certificate", "is not there");
  }
}
