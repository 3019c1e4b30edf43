package loteria.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts whom the JDK trusts, if the certificate is valid now and for that use. PKIX (RFC 5280,
 * section 6.1) leaves that out for a certificate that is itself in the list of trusted ones; here
 * it is checked within the handshake, so that the peer is told. Thread-safe.
 */
final class PeerTrust extends X509ExtendedTrustManager {
  private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";
  private static final String ANY = "2.5.29.37.0";
  private static final int DIGITAL_SIGNATURE = 0;

  private final X509ExtendedTrustManager chains;

  private PeerTrust(X509ExtendedTrustManager chains) {
    this.chains = chains;
  }

  static TrustManager[] over(TrustManager[] managers) {
    TrustManager[] over = managers.clone();
    for (int i = 0; i < over.length; i++) {
      if (over[i] instanceof X509ExtendedTrustManager chains) {
        over[i] = new PeerTrust(chains);
      }
    }
    return over;
  }

  private static void require(X509Certificate[] chain, String use) throws CertificateException {
    X509Certificate certificate = chain[0];
    certificate.checkValidity();
    List<String> uses = certificate.getExtendedKeyUsage();
    if (uses != null && !uses.contains(use) && !uses.contains(ANY)) {
      throw new CertificateException(
          "Extended key usage does not permit use for TLS "
              + (use.equals(CLIENT) ? "client" : "server")
              + " authentication");
    }
    boolean[] keyUsage = certificate.getKeyUsage();
    if (keyUsage != null && !keyUsage[DIGITAL_SIGNATURE]) {
      throw new CertificateException("KeyUsage does not allow digital signatures");
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
      throws CertificateException {
    chains.checkClientTrusted(chain, type, socket);
    require(chain, CLIENT);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
      throws CertificateException {
    chains.checkServerTrusted(chain, type, socket);
    require(chain, SERVER);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
      throws CertificateException {
    chains.checkClientTrusted(chain, type, engine);
    require(chain, CLIENT);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
      throws CertificateException {
    chains.checkServerTrusted(chain, type, engine);
    require(chain, SERVER);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    chains.checkClientTrusted(chain, type);
    require(chain, CLIENT);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    chains.checkServerTrusted(chain, type);
    require(chain, SERVER);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return chains.getAcceptedIssuers();
  }
}
