package loteria.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import loteria.lottery.Refusal;
import loteria.protocol.Message;
import loteria.server.Peer;
import loteria.server.TestCentral;
import loteria.server.ledger.Deadlines;
import loteria.tls.TlsFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a central lets in that wants TLS. */
final class TlsGateTest {
  /** Time for a real handshake on a busy machine, and for a test to wait. */
  private static final int HANDSHAKE_MILLIS = 5_000;

  private final Path folder;
  private final TestTls tls;

  TlsGateTest(@TempDir Path folder) {
    this.folder = folder;
    tls = new TestTls(folder);
  }

  @SuppressWarnings("NullAway.Init")
  private TestCentral central;

  @BeforeEach
  void start() throws Exception {
    TlsFiles files = tls.files(tls.central("localhost"));
    Deadlines usual = Deadlines.DEFAULT;
    central =
        TestCentral.start(
            folder,
            new Deadlines(
                HANDSHAKE_MILLIS,
                usual.frame(),
                usual.silence(),
                usual.ping(),
                usual.unread(),
                usual.drain(),
                usual.echo()),
            "--agencies=3",
            "--tls-certificate=" + files.certificate(),
            "--tls-key=" + files.key(),
            "--tls-ca=" + files.ca());
  }

  @AfterEach
  void end() throws IOException {
    central.close();
  }

  private Socket plain() throws IOException {
    return TestTls.plain(central.port());
  }

  private Peer agency(int agency) throws IOException {
    return Peer.over(tls.connect(tls.agency(agency), central.port()));
  }

  private static void assertForbidden(Peer peer, String reason) throws IOException {
    assertThat(peer.assertRefused(Refusal.FORBIDDEN))
        .isEqualTo(new Message.Refused(Refusal.FORBIDDEN, 0, 0, reason));
  }

  @Test
  void welcomesTheAgencyOfTheCertificateAndRefusesOthersWithoutFencingThem() throws Exception {
    try (Peer second = agency(2);
        Peer third = agency(3)) {
      assertThat(second.hello(2)).isNotNull();
      third.send(Peer.helloOf(2));
      assertForbidden(third, "the certificate is that of agency 3, not of agency 2");
      second.send(new Message.Finish(2, 0, 0));
      assertThat(second.next()).isEqualTo(new Message.Finished(0));
    }
    assertThat(central.log.with("receive_message", "agency: 2", "FORBIDDEN")).hasSize(1);
  }

  @Test
  void refusesACertificateThatNamesNoAgencyBeforeHello() throws Exception {
    try (Peer nobody = agency(0)) {
      nobody.send(Peer.helloOf(1));
      assertForbidden(nobody, "the certificate names no agency");
    }
    assertThat(central.log.with("tls_handshake", "names no agency | count: 1")).hasSize(1);
  }

  @Test
  void answersWhatIsNotUnderTlsInItsOwnWords() throws Exception {
    try (Peer frames = Peer.over(plain());
        Socket text = plain();
        Socket neither = plain()) {
      frames.send(Peer.helloOf(1));
      assertForbidden(frames, "this central speaks TLS only");
      text.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(text.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .isEqualTo("loteria: this central speaks TLS only\n");
      neither.getOutputStream().write(0xff);
      assertThat(neither.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(central.log.with("tls_handshake", "speaks without TLS | count: ")).hasSize(3);
  }

  @Test
  void isNotHeldUpByHandshakesThatDoNotEnd() throws Exception {
    try (Socket silent = plain();
        Socket begun = plain();
        Peer agency = agency(1)) {
      begun.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0, 1});
      assertThat(agency.hello(1)).isNotNull();
      assertThat(begun.getInputStream().read()).isEqualTo(-1);
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
    central.log.await(1, "took longer than");
  }

  @Test
  void echoesUnderTlsOnly() throws Exception {
    try (Peer peer = agency(1)) {
      byte[] line = "añ\n".getBytes(StandardCharsets.UTF_8);
      peer.sendBytes(line);
      assertThat(peer.read(line.length)).isEqualTo(line);
    }
  }
}
