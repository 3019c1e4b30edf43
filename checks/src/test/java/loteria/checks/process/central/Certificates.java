package loteria.checks.process.central;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import loteria.tls.CertificateAuthority;
import loteria.tls.CertificateAuthority.Issued;

/** A CA of a test, what it issues as files in a folder, and the flags that name them. */
final class Certificates {
  /** So that a program calls the central by a name of its certificate. */
  static final String HOST = "localhost";

  private static final Duration AN_HOUR = Duration.ofHours(1);

  private final CertificateAuthority authority =
      CertificateAuthority.found("CA", now().minus(AN_HOUR), now().plus(AN_HOUR));
  private final Path folder;

  Certificates(Path folder) throws IOException {
    this.folder = Files.createDirectory(folder);
    Files.writeString(folder.resolve("ca.pem"), authority.own().certificatePem());
  }

  private static Instant now() {
    return Instant.now();
  }

  Path ca() {
    return folder.resolve("ca.pem");
  }

  String[] central(String... hosts) throws IOException {
    return flags(
        "central",
        authority.central(Stream.of(hosts).toList(), now().minus(AN_HOUR), now().plus(AN_HOUR)),
        ca());
  }

  String[] agency(int agency) throws IOException {
    return agency(agency, AN_HOUR);
  }

  /** That of an agency which is valid for so long, or has not been for so long if negative. */
  String[] agency(int agency, Duration valid) throws IOException {
    return agency(agency, valid, ca());
  }

  /** That of an agency which trusts another CA. */
  String[] agency(int agency, Duration valid, Path trusted) throws IOException {
    return flags(
        "agency-" + agency,
        authority.agency(agency, now().minus(AN_HOUR), now().plus(valid)),
        trusted);
  }

  private String[] flags(String name, Issued issued, Path trusted) throws IOException {
    Path certificate = folder.resolve(name + ".pem");
    Path key = folder.resolve(name + ".key");
    Files.writeString(certificate, issued.certificatePem());
    Files.writeString(key, issued.keyPem());
    return new String[] {
      "--tls-certificate", certificate.toString(),
      "--tls-key", key.toString(),
      "--tls-ca", trusted.toString()
    };
  }
}
