package loteria.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/**
 * Issues certificates for a central and its agencies (RFC 5280, version 3, ECDSA on P-256), to try
 * TLS out. The JDK reads certificates and has nothing public that makes one: docs/adr/0012-tls.md.
 * Thread-safe.
 */
public final class CertificateAuthority {
  /** A name of the DNS, of which the first label may be a star. */
  private static final Pattern HOST =
      Pattern.compile("(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?");

  private static final byte[] ECDSA_WITH_SHA256 =
      Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
  private static final String SUBJECT_KEY = "2.5.29.14";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String AUTHORITY_KEY = "2.5.29.35";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final String FOR_SERVERS = "1.3.6.1.5.5.7.3.1";
  private static final String FOR_CLIENTS = "1.3.6.1.5.5.7.3.2";

  private static final int DNS_NAME = 2;
  private static final int URI = 6;
  private static final int IP_ADDRESS = 7;
  private static final int SERIAL_BITS = 127;

  private final Issued own;

  private CertificateAuthority(Issued own) {
    this.own = own;
  }

  /** A CA with a key of its own. */
  public static CertificateAuthority found(String name, Instant from, Instant until) {
    KeyPair pair = newPair();
    byte[] extensions =
        Der.sequence(
            critical(BASIC_CONSTRAINTS, Der.sequence(Der.bool(true), Der.integer(BigInteger.ZERO))),
            // keyCertSign and cRLSign.
            critical(KEY_USAGE, Der.bits(new byte[] {0x06}, 1)),
            extension(SUBJECT_KEY, Der.octets(keyId(pair.getPublic()))));
    byte[] subject = name(name);
    return new CertificateAuthority(
        new Issued(
            sign(pair.getPrivate(), subject, subject, pair.getPublic(), from, until, extensions),
            pair.getPrivate()));
  }

  /** The CA's own certificate, which others trust, and its key. */
  public Issued own() {
    return own;
  }

  /**
   * A certificate for a central.
   *
   * @param hosts names and addresses by which agencies call it, at least one
   * @throws IllegalArgumentException if one of them is neither
   */
  public Issued central(List<String> hosts, Instant from, Instant until) {
    byte[][] names = hosts.stream().map(CertificateAuthority::host).toArray(byte[][]::new);
    return issue("central", FOR_SERVERS, names, from, until);
  }

  /** A certificate for an agency. */
  public Issued agency(int agency, Instant from, Instant until) {
    byte[] name = Der.context(URI, false, Der.ascii(AgencyName.of(agency)));
    return issue("agency " + agency, FOR_CLIENTS, new byte[][] {name}, from, until);
  }

  private static byte[] host(String host) {
    try {
      return Der.context(IP_ADDRESS, false, InetAddress.ofLiteral(host).getAddress());
    } catch (IllegalArgumentException _) {
      // A name, then.
    }
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "'%s' is neither the name nor the address of a host".formatted(host));
    }
    return Der.context(DNS_NAME, false, Der.ascii(host));
  }

  private Issued issue(String subject, String use, byte[][] names, Instant from, Instant until) {
    KeyPair pair = newPair();
    byte[] extensions =
        Der.sequence(
            critical(BASIC_CONSTRAINTS, Der.sequence()),
            // digitalSignature
            critical(KEY_USAGE, Der.bits(new byte[] {(byte) 0x80}, 7)),
            extension(EXTENDED_KEY_USAGE, Der.sequence(Der.identifier(use))),
            extension(ALTERNATIVE_NAMES, Der.sequence(names)),
            extension(SUBJECT_KEY, Der.octets(keyId(pair.getPublic()))),
            extension(
                AUTHORITY_KEY,
                Der.sequence(Der.context(0, false, keyId(own.certificate().getPublicKey())))));
    byte[] issuer = own.certificate().getSubjectX500Principal().getEncoded();
    return new Issued(
        sign(own.key(), issuer, name(subject), pair.getPublic(), from, until, extensions),
        pair.getPrivate());
  }

  private static X509Certificate sign(
      PrivateKey by,
      byte[] issuer,
      byte[] subject,
      PublicKey key,
      Instant from,
      Instant until,
      byte[] extensions) {
    byte[] toBeSigned =
        Der.sequence(
            Der.context(0, true, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom())),
            ECDSA_WITH_SHA256,
            issuer,
            Der.sequence(Der.time(from), Der.time(until)),
            subject,
            key.getEncoded(),
            Der.context(3, true, extensions));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(by);
      signature.update(toBeSigned);
      byte[] certificate = Der.sequence(toBeSigned, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate));
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError("every Java has ECDSA and X.509", impossible);
    }
  }

  /** The common name is made of letters, digits and blanks. */
  private static byte[] name(String commonName) {
    return new X500Principal("CN=" + commonName).getEncoded();
  }

  private static byte[] critical(String identifier, byte[] value) {
    return Der.sequence(Der.identifier(identifier), Der.bool(true), Der.octets(value));
  }

  private static byte[] extension(String identifier, byte[] value) {
    return Der.sequence(Der.identifier(identifier), Der.octets(value));
  }

  private static byte[] keyId(PublicKey key) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(key.getEncoded());
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError("every Java has SHA-1", impossible);
    }
  }

  private static KeyPair newPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError("every Java has P-256", impossible);
    }
  }
}
