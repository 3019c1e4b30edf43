package loteria.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/**
 * A certificate that was issued, and its key, both in PEM; the key is PKCS#8.
 *
 * @param certificatePem the certificate alone
 * @param keyPem not encrypted
 */
public record Issued(String certificatePem, String keyPem) {
  /** The certificate. */
  public X509Certificate certificate() {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(certificatePem.getBytes(StandardCharsets.US_ASCII)));
    } catch (CertificateException broken) {
      throw new IllegalStateException("what was issued is no certificate", broken);
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "Issued[%s]".formatted(certificate().getSubjectX500Principal());
  }
}
