package loteria.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import loteria.runtime.Guard;

/**
 * Connections under TLS 1.3, in which both sides show a certificate. The files are read again when
 * they have changed, which is looked at when a connection comes, at most once a second; if the new
 * ones cannot be used, the old ones hold. Thread-safe.
 */
public final class Tls {
  private static final String[] PROTOCOLS = {"TLSv1.3"};
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Is told of files that were read. */
  public interface Listener {
    /** They are used from now on; the own certificate is valid until then. */
    void certificatesUsed(Instant validUntil);

    /** They have changed, and those that were read before hold. */
    void certificatesNotUsed(BadTlsFileException why);
  }

  private final TlsFiles files;
  private final Listener listener;
  private final LongSupplier nanoTime;
  // Whoever moves it on looks at the files; nobody else touches credentials until a second later.
  private final AtomicLong lookAt;
  private volatile Credentials credentials;

  private Tls(TlsFiles files, Listener listener, LongSupplier nanoTime, Credentials credentials) {
    this.files = files;
    this.listener = listener;
    this.nanoTime = nanoTime;
    this.credentials = credentials;
    this.lookAt = new AtomicLong(nanoTime.getAsLong() + LOOK_NANOS);
  }

  /** Reads the files. */
  public static Tls open(TlsFiles files, Listener listener) throws BadTlsFileException {
    return open(files, listener, System::nanoTime);
  }

  static Tls open(TlsFiles files, Listener listener, LongSupplier nanoTime)
      throws BadTlsFileException {
    Credentials read = Credentials.read(files);
    listener.certificatesUsed(read.certificate().getNotAfter().toInstant());
    return new Tls(files, listener, nanoTime, read);
  }

  /** The agency that the own certificate names; empty if it names none. */
  public OptionalInt ownAgency() {
    return AgencyName.in(current().certificate());
  }

  /** One side of a connection that was accepted, whose peer must show a certificate. */
  public SSLEngine accept() {
    SSLEngine engine = current().context().createSSLEngine();
    engine.setUseClientMode(false);
    engine.setEnabledProtocols(PROTOCOLS);
    engine.setNeedClientAuth(true);
    return engine;
  }

  /**
   * One side of a connection to another central. The host is only that by which a session is found
   * that can be resumed: whom it is, {@link #isCentral} says.
   */
  public SSLEngine connect(String host, int port) {
    SSLEngine engine = current().context().createSSLEngine(host, port);
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(PROTOCOLS);
    return engine;
  }

  /**
   * The agency that the certificate names which the other side has shown; empty if it names none.
   *
   * @throws UntrustedException if the certificate is not valid now: a session that is resumed was
   *     not asked for it again
   */
  public static OptionalInt agency(SSLSession session) throws UntrustedException {
    return AgencyName.in(validCertificate(session));
  }

  /**
   * Whether the certificate which the other side has shown is that of a central.
   *
   * @throws UntrustedException as {@link #agency}
   */
  public static boolean isCentral(SSLSession session) throws UntrustedException {
    return AgencyName.isCentral(validCertificate(session));
  }

  private static X509Certificate validCertificate(SSLSession session) throws UntrustedException {
    try {
      X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
      certificate.checkValidity();
      return certificate;
    } catch (SSLPeerUnverifiedException unknown) {
      throw new UntrustedException("the other side shows no certificate", unknown);
    } catch (CertificateException invalid) {
      throw UntrustedException.of(invalid, invalid);
    }
  }

  /** Why the two sides did not come to believe each other, in words for people. */
  public static IOException failure(SSLException failed) {
    return UntrustedException.of(failed);
  }

  /**
   * TLS over a connection to that host, whose name its certificate must have. That the peer accepts
   * ours is only known when it has said something.
   *
   * @param under stays the caller's to close, also when this fails
   * @param millis how long the handshake may take
   * @throws UntrustedException if the host is not who it should be, or does not speak TLS
   */
  public Socket connect(Socket under, String host, int port, long millis) throws IOException {
    SSLSocket over =
        (SSLSocket)
            current()
                .context()
                .getSocketFactory()
                .createSocket(new UnderSocket.Patient(under), host, port, false);
    SSLParameters parameters = over.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    over.setSSLParameters(parameters);
    TlsSocket connected = shaken(under, over, millis);
    X509Certificate _ = validCertificate(connected.session());
    return connected;
  }

  /**
   * After the handshake. It is bounded in time as a whole: a peer that is not done by then has its
   * connection closed, however it doles out its bytes.
   */
  static TlsSocket shaken(Socket under, SSLSocket over, long millis) throws IOException {
    try (Guard _ = Guard.closing(under, millis)) {
      over.startHandshake();
      return new TlsSocket(under, over);
    } catch (IOException failed) {
      if (under.isClosed()) {
        throw new IOException(
            "the TLS handshake was cut, or took longer than %d ms".formatted(millis), failed);
      }
      throw failed instanceof SSLException refused ? UntrustedException.of(refused) : failed;
    }
  }

  Credentials current() {
    long now = nanoTime.getAsLong();
    long due = lookAt.get();
    if (now - due >= 0 && lookAt.compareAndSet(due, now + LOOK_NANOS)) {
      look();
    }
    return credentials;
  }

  private void look() {
    List<Credentials.Stamp> stamps = Credentials.stamps(files);
    if (stamps.equals(credentials.stamps())) {
      return;
    }
    try {
      credentials = Credentials.read(files);
      listener.certificatesUsed(credentials.certificate().getNotAfter().toInstant());
    } catch (BadTlsFileException bad) {
      // Said once, until they change again.
      credentials = credentials.seenAs(stamps);
      listener.certificatesNotUsed(bad);
    }
  }
}
