package loteria.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What was read of the three files, and how they looked just before. Immutable, so thread-safe.
 *
 * @param certificate the program's own
 */
record Credentials(X509Certificate certificate, SSLContext context, List<Stamp> stamps) {
  /** How a file looks without its being read; the key tells a file that was renamed to its name. */
  record Stamp(@Nullable FileTime modified, long bytes, @Nullable Object key) {
    static Stamp of(Path file) {
      try {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(found.lastModifiedTime(), found.size(), found.fileKey());
      } catch (IOException _) {
        // Not there, or not to be seen: that, too, is how it looks.
        return new Stamp(null, 0, null);
      }
    }
  }

  static List<Stamp> stamps(TlsFiles files) {
    return files.all().stream().map(Stamp::of).toList();
  }

  static Credentials read(TlsFiles files) throws BadTlsFileException {
    List<Stamp> stamps = stamps(files);
    OwnCertificate own = OwnCertificate.read(files);
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(
          new KeyManager[] {own}, PeerTrust.over(trust(files.ca()).getTrustManagers()), null);
      return new Credentials(own.certificate(), context, stamps);
    } catch (GeneralSecurityException unusable) {
      throw new BadTlsFileException(
          files.ca(), "cannot be trusted: " + unusable.getMessage(), unusable);
    }
  }

  private static TrustManagerFactory trust(Path ca)
      throws BadTlsFileException, GeneralSecurityException {
    Set<TrustAnchor> anchors =
        Pem.certificates(ca).stream()
            .map(certificate -> new TrustAnchor(certificate, null))
            .collect(Collectors.toSet());
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
    // There is no list of revoked certificates: docs/SECURITY.md says how one is withdrawn.
    parameters.setRevocationEnabled(false);
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(new CertPathTrustManagerParameters(parameters));
    return factory;
  }

  /** The same, as if they had been read of files that look like that. */
  Credentials seenAs(List<Stamp> stamps) {
    return new Credentials(certificate, context, stamps);
  }
}
