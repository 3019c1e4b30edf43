package loteria.client;

import java.time.Instant;
import loteria.runtime.settings.BadSettingException;
import loteria.tls.BadTlsFileException;
import loteria.tls.Tls;
import loteria.tls.TlsFiles;

/** Logs certificates that have changed and cannot be used; of others there is nothing to say. */
record CertificatesLog(ClientLog log) implements Tls.Listener {
  /**
   * TLS with the files that the settings name.
   *
   * @throws BadSettingException naming the setting of the file that cannot be used
   */
  static Tls open(TlsFiles files, AgencySettings settings, ClientLog log)
      throws BadSettingException {
    try {
      return Tls.open(files, new CertificatesLog(log));
    } catch (BadTlsFileException bad) {
      throw settings.refusal(bad);
    }
  }

  @Override
  public void certificatesUsed(Instant validUntil) {
    // An agency is soon done, and the central says when it is late.
  }

  @Override
  public void certificatesNotUsed(BadTlsFileException why) {
    log.certificatesNotUsed(why.getMessage());
  }
}
