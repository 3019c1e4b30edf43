package loteria.client;

import java.time.Instant;
import loteria.tls.BadTlsFileException;
import loteria.tls.Tls;

/** Logs certificates that have changed and cannot be used; of others there is nothing to say. */
record CertificatesLog(ClientLog log) implements Tls.Listener {
  static Tls.Listener of(ClientLog log) {
    return new CertificatesLog(log);
  }

  @Override
  public void used(Instant validUntil) {
    // An agency is soon done, and the central says when it is late.
  }

  @Override
  public void notUsed(BadTlsFileException why) {
    log.certificatesNotUsed(why.getMessage());
  }
}
