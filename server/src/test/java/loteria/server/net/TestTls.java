package loteria.server.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import loteria.tls.BadTlsFileException;
import loteria.tls.CertificateAuthority;
import loteria.tls.CertificateAuthority.Issued;
import loteria.tls.Tls;
import loteria.tls.TlsFiles;

/** A CA of a test's own, and TLS by the certificates that it has issued. */
final class TestTls {
  private static final int MILLIS = 20_000;

  final Instant from = Instant.now().minus(Duration.ofHours(1));
  final Instant until = Instant.now().plus(Duration.ofHours(1));
  final CertificateAuthority authority = CertificateAuthority.found("CA", from, until);
  private final Path folder;

  /** Files are laid in that folder. */
  TestTls(Path folder) {
    this.folder = folder;
  }

  Issued central(String host) {
    return authority.central(List.of(host), from, until);
  }

  Issued agency(int agency) {
    return authority.agency(agency, from, until);
  }

  /** Lays the files of a program that has this certificate. */
  TlsFiles files(Issued issued) throws IOException {
    String name = issued.certificate().getSerialNumber().toString();
    return new TlsFiles(
        Files.writeString(folder.resolve(name + ".pem"), issued.certificatePem()),
        Files.writeString(folder.resolve(name + ".key"), issued.keyPem()),
        Files.writeString(folder.resolve("ca.pem"), authority.own().certificatePem()));
  }

  /** The same, opened. */
  Tls open(Issued issued) throws IOException {
    return Tls.open(files(issued), new Silent());
  }

  /** A connection that waits for what it is told, but not for ever. */
  static Socket plain(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(MILLIS);
    return socket;
  }

  /** The same, under TLS. */
  Socket connect(Issued issued, int port) throws IOException {
    Socket over = open(issued).connect(plain(port), "localhost", port, MILLIS);
    over.setSoTimeout(MILLIS);
    return over;
  }

  /** The same, for the JDK's own sockets. */
  SSLContext context(Issued issued) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    char[] none = {};
    store.setKeyEntry("own", key(issued), none, new Certificate[] {issued.certificate()});
    store.setCertificateEntry("ca", authority.own().certificate());
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, none);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static PrivateKey key(Issued issued) throws GeneralSecurityException {
    String base64 = issued.keyPem().replaceAll("-----[A-Z ]+-----|\\s", "");
    return KeyFactory.getInstance(issued.certificate().getPublicKey().getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  private static final class Silent implements Tls.Listener {
    @Override
    public void certificatesUsed(Instant validUntil) {
      // As it should be.
    }

    @Override
    public void certificatesNotUsed(BadTlsFileException why) {
      throw new AssertionError(why);
    }
  }
}
