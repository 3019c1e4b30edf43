package loteria.tls;

import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The one certificate and key that a program has, shown to whoever asks: without a key store, which
 * would only encrypt the key and decrypt it again. Immutable, so thread-safe.
 */
final class OwnCertificate extends X509ExtendedKeyManager {
  private static final String ALIAS = "own";

  private final List<X509Certificate> chain;
  private final PrivateKey key;

  private OwnCertificate(List<X509Certificate> chain, PrivateKey key) {
    this.chain = chain;
    this.key = key;
  }

  static OwnCertificate read(TlsFiles files) throws BadTlsFileException {
    List<X509Certificate> chain = Pem.certificates(files.certificate());
    PrivateKey key = Pem.key(files.key());
    requirePair(chain.getFirst(), key, files.key());
    return new OwnCertificate(chain, key);
  }

  private static void requirePair(X509Certificate certificate, PrivateKey key, Path file)
      throws BadTlsFileException {
    byte[] text = {1, 2, 3};
    boolean pair;
    try {
      Signature signature = Signature.getInstance(algorithm(key));
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(text);
      pair = signature.verify(signed);
    } catch (GeneralSecurityException _) {
      // Not even of the same kind.
      pair = false;
    }
    if (!pair) {
      throw new BadTlsFileException(file, "is not the key of the certificate");
    }
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> "EdDSA";
    };
  }

  X509Certificate certificate() {
    return chain.getFirst();
  }

  @Override
  public String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return ALIAS;
  }

  @Override
  public String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return ALIAS;
  }

  @Override
  public String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return ALIAS;
  }

  @Override
  public String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return ALIAS;
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return chain.toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return key;
  }
}
