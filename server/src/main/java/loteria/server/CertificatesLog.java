package loteria.server;

import java.time.Instant;
import loteria.tls.BadTlsFileException;
import loteria.tls.Tls;

/** Logs which certificates are used. */
public record CertificatesLog(ServerLog log) implements Tls.Listener {
  @Override
  public void used(Instant validUntil) {
    log.certificatesUsed(validUntil);
  }

  @Override
  public void notUsed(BadTlsFileException why) {
    log.certificatesNotUsed(why.getMessage());
  }
}
