package loteria.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A certificate that was issued, and its key. */
public record Issued(X509Certificate certificate, PrivateKey key) {
  /** The certificate in PEM. */
  public String certificatePem() {
    return Pem.of(certificate);
  }

  /** The key in PEM, as PKCS#8. */
  public String keyPem() {
    return Pem.of(key);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "Issued[%s]".formatted(certificate.getSubjectX500Principal());
  }
}
