package loteria.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Decoded;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;
import loteria.server.TestCentral;
import loteria.server.ledger.Deadlines;
import loteria.tls.CertificateAuthority;
import loteria.tls.CertificateAuthority.Issued;
import loteria.tls.Tls;
import loteria.tls.TlsFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a central lets in that wants TLS. */
final class TlsGateTest {
  /** Time for a real handshake on a busy machine, and for a test to wait. */
  private static final int HANDSHAKE_MILLIS = 3_000;

  private static final int MILLIS = 20_000;

  private final Instant from = Instant.now().minus(Duration.ofHours(1));
  private final Instant until = Instant.now().plus(Duration.ofHours(1));
  private final CertificateAuthority authority = CertificateAuthority.found("CA", from, until);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private TestCentral central;

  @BeforeEach
  void start() throws Exception {
    TlsFiles files =
        TestTls.files(folder, authority, authority.central(List.of("localhost"), from, until));
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
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), central.port());
    socket.setSoTimeout(MILLIS);
    return socket;
  }

  private Socket tls(Issued issued) throws IOException {
    Tls tls = TestTls.open(folder, authority, issued);
    return tls.connect(plain(), "localhost", central.port(), MILLIS);
  }

  private static Decoded said(Socket socket) throws IOException {
    byte[] header = socket.getInputStream().readNBytes(4);
    int length = (Byte.toUnsignedInt(header[2]) << 8) | Byte.toUnsignedInt(header[3]);
    byte[] frame = new byte[length];
    System.arraycopy(header, 0, frame, 0, header.length);
    int read = socket.getInputStream().readNBytes(frame, header.length, length - header.length);
    assertThat(read).isEqualTo(length - header.length);
    return FrameReader.decode(ByteBuffer.wrap(frame)) instanceof FrameReader.Whole whole
        ? whole.decode()
        : new Decoded.Malformed(Refusal.BAD_FRAME, 0, "no frame");
  }

  private static void hello(Socket socket, int agency) throws IOException {
    socket
        .getOutputStream()
        .write(Codec.encode(new Message.Hello(Codec.VERSION, Codec.VERSION, agency, 0)));
  }

  private static void assertForbidden(Socket socket, String reason) throws IOException {
    assertThat(said(socket)).isEqualTo(new Message.Refused(Refusal.FORBIDDEN, 0, 0, reason));
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void welcomesTheAgencyOfTheCertificateAndRefusesOthersWithoutFencingThem() throws Exception {
    try (Socket second = tls(authority.agency(2, from, until));
        Socket third = tls(authority.agency(3, from, until))) {
      hello(second, 2);
      assertThat(said(second)).isInstanceOf(Message.Welcome.class);
      hello(third, 2);
      assertForbidden(third, "the certificate is that of agency 3, not of agency 2");
      second.getOutputStream().write(Codec.encode(new Message.Finish(2, 0, 0)));
      assertThat(said(second)).isEqualTo(new Message.Finished(0));
    }
    assertThat(central.log.with("receive_message", "agency: 2", "FORBIDDEN")).hasSize(1);
  }

  @Test
  void refusesACertificateThatNamesNoAgencyBeforeHello() throws Exception {
    Issued nobody = authority.agency(0, from, until);
    try (Socket socket = tls(nobody)) {
      hello(socket, 1);
      assertForbidden(socket, "the certificate names no agency");
    }
    assertThat(central.log.with("tls_handshake", "names no agency | count: 1")).hasSize(1);
  }

  @Test
  void answersWhatIsNotUnderTlsInItsOwnWords() throws Exception {
    try (Socket frames = plain();
        Socket text = plain();
        Socket neither = plain()) {
      hello(frames, 1);
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
        Socket agency = tls(authority.agency(1, from, until))) {
      begun.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0, 1});
      hello(agency, 1);
      assertThat(said(agency)).isInstanceOf(Message.Welcome.class);
      assertThat(begun.getInputStream().read()).isEqualTo(-1);
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
    central.log.await(1, "took longer than");
  }

  @Test
  void echoesUnderTlsOnly() throws Exception {
    try (Socket socket = tls(authority.agency(1, from, until))) {
      byte[] line = "añ\n".getBytes(StandardCharsets.UTF_8);
      socket.getOutputStream().write(line);
      assertThat(socket.getInputStream().readNBytes(line.length)).isEqualTo(line);
    }
  }
}
