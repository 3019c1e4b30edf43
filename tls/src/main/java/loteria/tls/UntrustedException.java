package loteria.tls;

import java.io.IOException;
import java.io.Serial;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * One of the two sides does not believe who the other is, or does not speak TLS: to come back
 * changes nothing. The message is one line.
 */
public final class UntrustedException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private static final int CAUSES_MAX = 10;
  private static final String ALERT = "Received fatal alert: ";

  /** The alerts (RFC 8446, section 6.2) that speak of who we are, or of what we can. */
  private static final Set<String> REFUSALS =
      Set.of(
          "handshake_failure",
          "bad_certificate",
          "unsupported_certificate",
          "certificate_revoked",
          "certificate_expired",
          "certificate_unknown",
          "unknown_ca",
          "access_denied",
          "decrypt_error",
          "certificate_required");

  /** As the JDK says that it knows no issuer of that name, and none of that key. */
  private static final Set<String> UNTRUSTED_CA =
      Set.of(
          "unable to find valid certification path",
          "does not chain with any of the trust anchors",
          "signature check failed");

  UntrustedException(String message, Exception cause) {
    super(message, cause);
  }

  /**
   * Why TLS has failed, and whether it would fail again: if not, the failure itself. The JDK tells
   * alerts and most of its own reasons by their words alone; one that is not known here counts as a
   * connection that was lost, which is tried again.
   */
  static IOException of(SSLException failed) {
    String words = String.valueOf(failed.getMessage());
    int alert = words.indexOf(ALERT);
    if (alert >= 0) {
      return ofAlert(words.substring(alert + ALERT.length()), failed);
    }
    if (words.contains("Empty client certificate chain")) {
      return new UntrustedException("the other side shows no certificate", failed);
    }
    if (words.contains("Unsupported or unrecognized SSL message")) {
      return new UntrustedException("the other side does not speak TLS", failed);
    }
    Throwable cause = failed;
    CertificateException last = null;
    for (int i = 0; i < CAUSES_MAX && cause != null; i++) {
      if (cause instanceof CertificateException certificate) {
        last = certificate;
      }
      cause = cause.getCause();
    }
    return last == null ? failed : of(last, failed);
  }

  private static IOException ofAlert(String alert, SSLException failed) {
    if (alert.equals("protocol_version")) {
      return new UntrustedException("the other side does not speak TLS, or not 1.3", failed);
    }
    return REFUSALS.contains(alert)
        ? new UntrustedException(
            "the other side does not accept this certificate: " + alert, failed)
        : failed;
  }

  /** {@code problem} is the innermost of the exceptions about the certificate. */
  static UntrustedException of(CertificateException problem, Exception cause) {
    String words = String.valueOf(problem.getMessage());
    return new UntrustedException(
        switch (problem) {
          case CertificateExpiredException _ ->
              "the other side's certificate has expired: " + words;
          case CertificateNotYetValidException _ ->
              "the other side's certificate is not valid yet: " + words;
          default ->
              UNTRUSTED_CA.stream().anyMatch(words::contains)
                  ? "the other side's certificate is of no CA that is trusted here"
                  : "the other side's certificate is not accepted: " + words;
        },
        cause);
  }
}
