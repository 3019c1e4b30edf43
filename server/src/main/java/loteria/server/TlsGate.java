package loteria.server;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Frame;
import loteria.protocol.Message;
import loteria.runtime.BadSettingException;
import loteria.tls.BadTlsFileException;
import loteria.tls.Tls;
import loteria.tls.TlsSocket;

/**
 * Lets in whoever speaks TLS and shows the certificate of an agency. The others are told why not,
 * in what they speak, and are counted. Thread-safe.
 */
final class TlsGate {
  /** What a peer that came in speaks through, and who it is. */
  record Admitted(Socket socket, Identity identity) {}

  private static final byte[] PLAIN_TEXT_WORD =
      "loteria: this central speaks TLS only\n".getBytes(StandardCharsets.US_ASCII);

  private final Tls tls;
  private final ServerLog log;
  private final AtomicLong refused = new AtomicLong();

  private TlsGate(Tls tls, ServerLog log) {
    this.tls = tls;
    this.log = log;
  }

  /**
   * The gate with the files that the settings name.
   *
   * @throws BadSettingException naming the setting of the file that cannot be used
   */
  static TlsGate open(CentralSettings settings, ServerLog log) throws BadSettingException {
    try {
      return new TlsGate(
          Tls.open(settings.tlsFiles().orElseThrow(), new CertificatesLog(log)), log);
    } catch (BadTlsFileException bad) {
      throw settings.refusal(bad);
    }
  }

  /**
   * Who comes by a connection.
   *
   * @param begun what it has said already, at least a byte
   * @param deadline by when the handshake must be done, as {@link System#nanoTime()}
   * @return empty if it was refused
   */
  Optional<Admitted> admit(Socket socket, byte[] begun, long deadline, Deadlines deadlines)
      throws IOException {
    String ip = socket.getInetAddress().getHostAddress();
    if (begun[0] != TlsRecord.HANDSHAKE) {
      refuse(ip, "speaks without TLS");
      LastWord.say(socket, plainWord(begun[0]), deadlines.drain());
      return Optional.empty();
    }
    TlsSocket over;
    OptionalInt agency;
    try {
      long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      over = tls.accept(socket, begun, Math.max(millis, 1));
      agency = over.agency();
    } catch (IOException failed) {
      refuse(ip, String.valueOf(failed.getMessage()));
      // The alert that says why must not be overtaken by a reset.
      LastWord.say(socket, new byte[0], deadlines.drain());
      return Optional.empty();
    }
    if (agency.isEmpty()) {
      refuse(ip, "the certificate names no agency");
      LastWord.say(over, forbidden("the certificate names no agency"), deadlines.drain());
      return Optional.empty();
    }
    return Optional.of(new Admitted(over, new Identity.Proven(agency.getAsInt())));
  }

  private void refuse(String ip, String why) {
    log.notAdmitted(ip, why, refused.incrementAndGet());
  }

  private static byte[] plainWord(byte first) {
    if (first == Frame.MAGIC) {
      return forbidden("this central speaks TLS only");
    }
    return Echo.startsText(first) ? PLAIN_TEXT_WORD.clone() : new byte[0];
  }

  private static byte[] forbidden(String reason) {
    return Codec.encode(new Message.Refused(Refusal.FORBIDDEN, 0, 0, reason));
  }
}
