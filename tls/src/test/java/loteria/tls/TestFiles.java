package loteria.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import loteria.tls.CertificateAuthority.Issued;

/** A CA of a test, and files of what it issues, in a folder. */
final class TestFiles {
  final CertificateAuthority authority =
      CertificateAuthority.found("Test CA", hoursFromNow(-1), hoursFromNow(1));
  private final Path folder;

  TestFiles(Path folder) throws IOException {
    this.folder = folder;
    write("ca.pem", authority.own().certificatePem());
  }

  static Instant hoursFromNow(int hours) {
    return Instant.now().plus(Duration.ofHours(hours));
  }

  Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** The files of a program with that certificate, which trusts this CA. */
  TlsFiles of(String name, Issued issued) throws IOException {
    return of(name, issued, folder.resolve("ca.pem"));
  }

  TlsFiles of(String name, Issued issued, Path ca) throws IOException {
    return new TlsFiles(
        write(name + ".pem", issued.certificatePem()), write(name + ".key", issued.keyPem()), ca);
  }
}
