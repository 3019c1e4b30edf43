package loteria.server.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Frame;
import loteria.protocol.Message;
import loteria.runtime.settings.BadSettingException;
import loteria.server.CentralSettings;
import loteria.server.ServerLog;
import loteria.server.ledger.Identity;
import loteria.tls.BadTlsFileException;
import loteria.tls.Tls;

/**
 * Lets in whoever speaks TLS and shows the certificate of an agency. The others are told why not,
 * in what they speak, and are counted. For the loop's thread, but for the parts of handshakes.
 */
public final class TlsGate implements AutoCloseable {
  /**
   * The first byte of a connection under TLS (RFC 8446, section 5.1): it starts no frame or text.
   */
  static final byte HANDSHAKE_RECORD = 0x16;

  /** How many handshakes are made at once: each takes some 100 kB. */
  static final int HANDSHAKES_MAX = 128;

  private static final byte[] PLAIN_TEXT_WORD =
      (Frame.TLS_ONLY_LINE + "\n").getBytes(StandardCharsets.US_ASCII);

  private final Tls tls;
  private final ServerLog log;
  private final ByteBuffer scratch = ByteBuffer.allocate(TlsTransport.RAW_BYTES);
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("tls").factory());
  private long refused;
  private int handshakes;

  TlsGate(Tls tls, ServerLog log) {
    this.tls = tls;
    this.log = log;
  }

  /**
   * The gate with the files that the settings name.
   *
   * @throws BadSettingException naming the setting of the file that cannot be used
   */
  public static TlsGate open(CentralSettings settings, ServerLog log) throws BadSettingException {
    try {
      return new TlsGate(Tls.open(settings.tlsFiles().orElseThrow(), log), log);
    } catch (BadTlsFileException bad) {
      throw settings.refusal(bad);
    }
  }

  /** How many more handshakes may begin now. */
  int room() {
    return HANDSHAKES_MAX - handshakes;
  }

  /** A handshake begins; {@link #over} must follow. */
  TlsTransport begin(SocketChannel channel, ByteBuffer begun, Consumer<Runnable> tasks)
      throws IOException {
    handshakes++;
    return new TlsTransport(channel, tls.accept(), begun, scratch, false, tasks);
  }

  /** A handshake with another central begins, as its client; {@link #over} must follow. */
  TlsTransport dial(SocketChannel channel, Consumer<Runnable> tasks) throws IOException {
    InetSocketAddress to = (InetSocketAddress) channel.getRemoteAddress();
    handshakes++;
    return new TlsTransport(
        channel,
        tls.connect(to.getHostString(), to.getPort()),
        ByteBuffer.allocate(0),
        scratch,
        true,
        tasks);
  }

  /** Runs a part of a handshake beside the loop. */
  void run(Runnable task) {
    worker.execute(task);
  }

  /** A handshake has ended, one way or the other. */
  void over() {
    handshakes--;
  }

  /**
   * Who a peer has shown itself to be.
   *
   * @throws IOException if its certificate is not valid, or names no agency
   */
  Identity identity(TlsTransport over) throws IOException {
    OptionalInt agency = Tls.agency(over.engine().getSession());
    if (agency.isEmpty()) {
      throw new IOException("the certificate names no agency");
    }
    return new Identity.Proven(agency.getAsInt());
  }

  /**
   * Requires that a peer is another central.
   *
   * @throws IOException if its certificate is not valid, or not that of a central
   */
  static void requireCentral(TlsTransport over) throws IOException {
    if (!Tls.isCentral(over.engine().getSession())) {
      throw new IOException("the certificate is not that of a central");
    }
  }

  /** A peer was not let in. */
  void refuse(String ip, IOException why) {
    refuse(ip, reason(why));
  }

  /** Why a connection has failed, in words for people. */
  static String reason(IOException why) {
    IOException told = why instanceof SSLException failed ? Tls.failure(failed) : why;
    return String.valueOf(told.getMessage());
  }

  void refuse(String ip, String why) {
    refused++;
    log.notAdmitted(ip, why, refused);
  }

  /** What a peer is told that does not speak TLS, by its first byte. */
  static byte[] plainWord(byte first) {
    if (first == Frame.MAGIC) {
      return forbidden(Frame.TLS_ONLY);
    }
    return Echo.startsText(first) ? PLAIN_TEXT_WORD.clone() : new byte[0];
  }

  static byte[] forbidden(String reason) {
    return Codec.encode(new Message.Refused(Refusal.FORBIDDEN, 0, 0, reason));
  }

  /** The fatal alert protocol_version, by which a client learns that there is no TLS here. */
  static byte[] noTlsHere() {
    return new byte[] {0x15, 0x03, 0x03, 0, 2, 2, 70};
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
