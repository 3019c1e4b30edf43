package loteria.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Instant;
import loteria.tls.CertificateAuthority.Issued;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys as people have them in files. */
final class PemTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void readsTheKeyThatItWrote(String kind) throws Exception {
    PrivateKey key = KeyPairGenerator.getInstance(kind).generateKeyPair().getPrivate();
    assertThat(Pem.key(file(Pem.text(Pem.KEY, key.getEncoded()))).getEncoded())
        .isEqualTo(key.getEncoded());
  }

  @Test
  void readsAllCertificatesOfAFileInTheirOrderWhateverStandsAround() throws IOException {
    Instant later = Instant.EPOCH.plusSeconds(1);
    CertificateAuthority one = CertificateAuthority.found("one", Instant.EPOCH, later);
    Issued two = one.agency(2, Instant.EPOCH, later);
    Path file =
        file("subject=agency 2\r\n" + two.certificatePem() + "\n" + one.own().certificatePem());
    assertThat(Pem.certificates(file)).containsExactly(two.certificate(), one.own().certificate());
  }

  @ParameterizedTest
  @CsvSource({
    "'', holds 0 PEM blocks PRIVATE KEY",
    "-----BEGIN EC PRIVATE KEY-----, not PKCS#8",
    "-----BEGIN ENCRYPTED PRIVATE KEY-----, is encrypted",
    "-----BEGIN PRIVATE KEY-----AAAA, holds a broken private key",
    "-----BEGIN PRIVATE KEY-----?-----END PRIVATE KEY-----, holds a broken private key",
    "-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY-----, none of",
  })
  void saysWhatIsWrongWithAKey(String text, String problem) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> Pem.key(file))
        .isInstanceOf(BadTlsFileException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "'', holds no PEM block CERTIFICATE",
    "-----BEGIN CERTIFICATE-----AAAA, holds a broken certificate",
    "-----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE-----, holds a broken certificate",
  })
  void saysWhatIsWrongWithACertificate(String text, String problem) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> Pem.certificates(file))
        .isInstanceOf(BadTlsFileException.class)
        .hasMessage("%s %s", file, problem);
  }

  @Test
  void readsNoFileThatIsNotThereOrWithoutEnd() throws IOException {
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> Pem.key(none)).hasMessage("%s is not there", none);
    Path large = file("a".repeat(Pem.FILE_BYTES_MAX + 1));
    assertThatThrownBy(() -> Pem.key(large))
        .hasMessage("%s is larger than %d bytes", large, Pem.FILE_BYTES_MAX);
    assertThatThrownBy(() -> Pem.key(folder)).hasMessageContaining("cannot be read");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("file"), text);
  }
}
