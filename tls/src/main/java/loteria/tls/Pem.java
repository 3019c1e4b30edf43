package loteria.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificates and private keys in PEM (RFC 7468), read and written. */
final class Pem {
  static final int FILE_BYTES_MAX = 256 * 1024;

  static final String CERTIFICATE = "CERTIFICATE";
  static final String KEY = "PRIVATE KEY";
  private static final int LINE_CHARACTERS = 64;

  /** PKCS#8 says of which kind the key is; the factories read only their own. */
  private static final List<String> KINDS = List.of("EC", "RSA", "EdDSA");

  private Pem() {}

  /** A block of that label. */
  static String text(String label, byte[] bytes) {
    Base64.Encoder encoder = Base64.getMimeEncoder(LINE_CHARACTERS, new byte[] {'\n'});
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, encoder.encodeToString(bytes), label);
  }

  /** All certificates of a file, at least one, in their order. */
  static List<X509Certificate> certificates(Path file) throws BadTlsFileException {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (byte[] block : blocks(read(file), CERTIFICATE)) {
        Certificate read = factory.generateCertificate(new ByteArrayInputStream(block));
        certificates.add((X509Certificate) read);
      }
    } catch (CertificateException | IllegalArgumentException broken) {
      throw new BadTlsFileException(file, "holds a broken certificate", broken);
    }
    if (certificates.isEmpty()) {
      throw new BadTlsFileException(file, "holds no PEM block CERTIFICATE");
    }
    return List.copyOf(certificates);
  }

  /** The private key of a file. */
  static PrivateKey key(Path file) throws BadTlsFileException {
    String text = read(file);
    List<byte[]> blocks;
    try {
      blocks = blocks(text, KEY);
    } catch (IllegalArgumentException broken) {
      throw new BadTlsFileException(file, "holds a broken private key", broken);
    }
    if (blocks.size() != 1) {
      boolean another = text.contains(" PRIVATE KEY-----");
      throw new BadTlsFileException(
          file,
          blocks.isEmpty() && another
              ? "holds a private key that is encrypted or not PKCS#8 (openssl pkcs8 -topk8 -nocrypt"
                  + " makes one of it)"
              : "holds %d PEM blocks PRIVATE KEY, not one".formatted(blocks.size()));
    }
    for (String kind : KINDS) {
      try {
        return KeyFactory.getInstance(kind)
            .generatePrivate(new PKCS8EncodedKeySpec(blocks.getFirst()));
      } catch (GeneralSecurityException _) {
        // Of another kind, then.
      }
    }
    throw new BadTlsFileException(file, "holds a private key that is none of " + KINDS);
  }

  /** What stands between the lines BEGIN and END of that label. */
  private static List<byte[]> blocks(String text, String label) {
    String begin = "-----BEGIN %s-----".formatted(label);
    String end = "-----END %s-----".formatted(label);
    List<byte[]> blocks = new ArrayList<>();
    int from = text.indexOf(begin);
    while (from >= 0) {
      int to = text.indexOf(end, from);
      if (to < 0) {
        throw new IllegalArgumentException("no " + end);
      }
      String inside = text.substring(from + begin.length(), to).replaceAll("\\s", "");
      blocks.add(Base64.getDecoder().decode(inside));
      from = text.indexOf(begin, to);
    }
    return blocks;
  }

  private static String read(Path file) throws BadTlsFileException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
      if (bytes.length > FILE_BYTES_MAX) {
        throw new BadTlsFileException(file, "is larger than %d bytes".formatted(FILE_BYTES_MAX));
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException missing) {
      throw new BadTlsFileException(file, "is not there", missing);
    } catch (AccessDeniedException denied) {
      throw new BadTlsFileException(file, "may not be read: permission denied", denied);
    } catch (BadTlsFileException bad) {
      throw bad;
    } catch (IOException failed) {
      throw new BadTlsFileException(file, "cannot be read: " + failed.getMessage(), failed);
    }
  }
}
