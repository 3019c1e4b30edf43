package loteria.server.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import loteria.tls.BadTlsFileException;
import loteria.tls.CertificateAuthority;
import loteria.tls.CertificateAuthority.Issued;
import loteria.tls.Tls;
import loteria.tls.TlsFiles;

/** TLS by a certificate that a test's own CA has issued. */
final class TestTls {
  private TestTls() {}

  /** Lays the files of a program that has this certificate. */
  static TlsFiles files(Path folder, CertificateAuthority authority, Issued issued)
      throws IOException {
    String name = issued.certificate().getSerialNumber().toString();
    return new TlsFiles(
        Files.writeString(folder.resolve(name + ".pem"), issued.certificatePem()),
        Files.writeString(folder.resolve(name + ".key"), issued.keyPem()),
        Files.writeString(folder.resolve("ca.pem"), authority.own().certificatePem()));
  }

  /** The same, opened. */
  static Tls open(Path folder, CertificateAuthority authority, Issued issued) throws IOException {
    return Tls.open(files(folder, authority, issued), new Silent());
  }

  /** The same, for the JDK's own sockets. */
  static SSLContext context(CertificateAuthority authority, Issued issued)
      throws IOException, GeneralSecurityException {
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
