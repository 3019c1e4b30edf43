package loteria.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who a certificate says that it is for, by its subject alternative names: {@code loteria:agency:3}
 * names an agency, {@code loteria:central} a central.
 */
final class AgencyName {
  /** The URI in the certificate of a central. */
  static final String CENTRAL = "loteria:central";

  private static final String PREFIX = "loteria:agency:";

  /** No leading zeros, so that there is one way to write it. */
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,4}");

  private static final int URI = 6;

  private AgencyName() {}

  static String of(int agency) {
    return PREFIX + agency;
  }

  /** The agency; empty if the certificate names none, or more than one. */
  static OptionalInt in(X509Certificate certificate) {
    List<String> numbers =
        uris(certificate)
            .filter(uri -> uri.startsWith(PREFIX))
            .map(uri -> uri.substring(PREFIX.length()))
            .toList();
    return numbers.size() == 1 && NUMBER.matcher(numbers.getFirst()).matches()
        ? OptionalInt.of(Integer.parseInt(numbers.getFirst()))
        : OptionalInt.empty();
  }

  /** Whether the certificate is that of a central. */
  static boolean isCentral(X509Certificate certificate) {
    return uris(certificate).anyMatch(CENTRAL::equals);
  }

  private static Stream<String> uris(X509Certificate certificate) {
    try {
      @Nullable Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? Stream.empty()
          : names.stream()
              .filter(name -> name.get(0).equals(URI))
              .map(name -> (String) name.get(1));
    } catch (CertificateParsingException _) {
      // Whoever it is for, it cannot be told.
      return Stream.empty();
    }
  }
}
