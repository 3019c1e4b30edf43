package loteria.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import loteria.tls.CertificateAuthority.Issued;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is issued, as the JDK reads it. */
final class CertificateAuthorityTest {
  private static final Instant FROM = Instant.parse("2049-12-31T23:59:59Z");
  private static final Instant UNTIL = Instant.parse("2050-01-02T00:00:00Z");

  private final CertificateAuthority authority = CertificateAuthority.found("A CA", FROM, UNTIL);

  @ParameterizedTest
  @EnumSource(CertificateAuthority.Maker.class)
  void issuesWhatAValidatorAccepts(CertificateAuthority.Maker maker) throws Exception {
    assumeThat(maker).isIn(CertificateAuthority.Maker.found(), CertificateAuthority.Maker.KEYTOOL);
    CertificateAuthority authority = CertificateAuthority.found(maker, "A CA", FROM, UNTIL);
    assertThat(authority.own().certificate().getBasicConstraints()).isZero();
    validate(authority.own().certificate(), authority.central(List.of("server"), FROM, UNTIL));
    validate(authority.own().certificate(), authority.agency(3, FROM, UNTIL));
    assertThatThrownBy(() ->
            validate(
                CertificateAuthority.found("A CA", FROM, UNTIL).own().certificate(),
                authority.agency(3, FROM, UNTIL)))
        .hasMessageContaining("does not chain with any of the trust anchors");
  }

  @Test
  void takesTheKeytoolOfAJavaWhosePathHasABlank(@TempDir Path folder) throws Exception {
    String home = System.getProperty("java.home");
    Path blank = Files.createSymbolicLink(folder.resolve("a JDK"), Path.of(home));
    System.setProperty("java.home", blank.toString());
    try {
      assertThat(
              CertificateAuthority.found(CertificateAuthority.Maker.KEYTOOL, "A CA", FROM, UNTIL)
                  .own()
                  .certificate()
                  .getBasicConstraints())
          .isZero();
    } finally {
      System.setProperty("java.home", home);
    }
  }

  private static void validate(X509Certificate anchor, Issued issued) throws Exception {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(FROM.plusSeconds(10)));
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(List.of(issued.certificate())),
            parameters);
  }

  @Test
  void laysTheDatesOfBothCenturies() {
    // keytool counts in days.
    assumeThat(CertificateAuthority.Maker.found()).isEqualTo(CertificateAuthority.Maker.OPENSSL);
    X509Certificate certificate = authority.agency(1, FROM, UNTIL).certificate();
    assertThat(certificate.getNotBefore().toInstant()).isEqualTo(FROM);
    assertThat(certificate.getNotAfter().toInstant()).isEqualTo(UNTIL);
  }

  @ParameterizedTest
  @EnumSource(CertificateAuthority.Maker.class)
  void namesHostsAddressesAndAgencies(CertificateAuthority.Maker maker) throws Exception {
    assumeThat(maker).isIn(CertificateAuthority.Maker.found(), CertificateAuthority.Maker.KEYTOOL);
    CertificateAuthority authority = CertificateAuthority.found(maker, "A CA", FROM, UNTIL);
    X509Certificate central =
        authority
            .central(List.of("server", "*.example.org", "127.0.0.1", "::1"), FROM, UNTIL)
            .certificate();
    assertThat(central.getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .containsExactly(
            "server", "*.example.org", "127.0.0.1", "0:0:0:0:0:0:0:1", "loteria:central");
    assertThat(central.getBasicConstraints()).isEqualTo(-1);
    assertThat(central.getKeyUsage()).startsWith(true, false);
    assertThat(central.getExtendedKeyUsage())
        .containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
    assertThat(AgencyName.in(central)).isEmpty();
    assertThat(AgencyName.isCentral(central)).isTrue();

    X509Certificate agency = authority.agency(65_535, FROM, UNTIL).certificate();
    assertThat(agency.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    assertThat(AgencyName.in(agency)).isEqualTo(OptionalInt.of(65_535));
    assertThat(AgencyName.isCentral(agency)).isFalse();
    assertThat(AgencyName.in(authority.own().certificate())).isEmpty();
    assertThat(AgencyName.isCentral(authority.own().certificate())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "-server", "server:12345", "ñ", "a,b"})
  void refusesWhatIsNoHost(String host) {
    assertThatThrownBy(() -> authority.central(List.of(host), FROM, UNTIL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'%s' is neither the name nor the address of a host", host);
  }

  @Test
  void doesNotTellAKeyByAccident() {
    assertThat(authority.own().toString()).isEqualTo("Issued[CN=A CA]");
  }
}
