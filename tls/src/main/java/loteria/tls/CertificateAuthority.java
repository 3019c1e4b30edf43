package loteria.tls;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Issues certificates for a central and its agencies (ECDSA on P-256), to try TLS out: by openssl,
 * or by the JDK's keytool where there is no openssl. The JDK reads certificates and has nothing
 * public that makes one: docs/adr/0012-tls.md. Thread-safe.
 *
 * <p>What cannot be issued, because the program fails or a disk is full, is an {@link
 * UncheckedIOException}.
 */
public final class CertificateAuthority {
  /**
   * A certificate that was issued, and its key, both in PEM; the key is PKCS#8.
   *
   * @param certificatePem the certificate alone
   * @param keyPem not encrypted
   */
  public record Issued(String certificatePem, String keyPem) {
    /** The certificate. */
    public X509Certificate certificate() {
      try {
        return (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(certificatePem.getBytes(StandardCharsets.US_ASCII)));
      } catch (CertificateException broken) {
        throw new IllegalStateException("what was issued is no certificate", broken);
      }
    }

    /** Without the key. */
    @Override
    public String toString() {
      return "Issued[%s]".formatted(certificate().getSubjectX500Principal());
    }
  }

  /** A program that makes certificates. */
  enum Maker {
    OPENSSL,
    /** Makes them for whole days, begun ones included. */
    KEYTOOL;

    /** The one that there is. */
    static Maker found() {
      try {
        run(Path.of("."), "openssl", "version");
        return OPENSSL;
      } catch (IOException none) {
        return KEYTOOL;
      }
    }
  }

  /** A name of the DNS, of which the first label may be a star. */
  private static final Pattern HOST =
      Pattern.compile("(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?");

  private static final int SERIAL_BITS = 126;
  private static final long SECONDS_MAX = 60;
  private static final char[] PASSWORD = "changeit".toCharArray(); // of a file that lives seconds

  /** Of {@code openssl req} and {@code openssl ca}. */
  private static final String CONFIGURATION =
      """
      [req]
      distinguished_name = name
      [name]
      [ca]
      default_ca = this
      [this]
      database = index
      serial = serial
      new_certs_dir = .
      default_md = sha256
      policy = any
      [any]
      commonName = supplied
      [extensions]
      subjectKeyIdentifier = hash
      """;

  private final Maker maker;
  private final Issued own;

  private CertificateAuthority(Maker maker, Issued own) {
    this.maker = maker;
    this.own = own;
  }

  /**
   * What a certificate says.
   *
   * @param use {@code serverAuth}, {@code clientAuth}, or both with a comma; null for a CA
   * @param names subject alternative names, as {@code DNS:server}
   */
  private record Request(
      String subject, @Nullable String use, List<String> names, Instant from, Instant until) {}

  /** A CA with a key of its own. */
  public static CertificateAuthority found(String name, Instant from, Instant until) {
    return found(Maker.found(), name, from, until);
  }

  static CertificateAuthority found(Maker maker, String name, Instant from, Instant until) {
    Request request = new Request(name, null, List.of(), from, until);
    return new CertificateAuthority(maker, issue(maker, null, request));
  }

  /** The CA's own certificate, which others trust, and its key. */
  public Issued own() {
    return own;
  }

  /**
   * A certificate for a central, which shows it to agencies and to other centrals.
   *
   * @param hosts names and addresses by which agencies call it, at least one
   * @throws IllegalArgumentException if one of them is neither
   */
  public Issued central(List<String> hosts, Instant from, Instant until) {
    List<String> names = new ArrayList<>(hosts.stream().map(CertificateAuthority::host).toList());
    names.add("URI:" + AgencyName.CENTRAL);
    return issue(maker, own, new Request("central", "serverAuth,clientAuth", names, from, until));
  }

  /** A certificate with which others can be served, and nothing else. */
  public Issued host(String host, Instant from, Instant until) {
    List<String> names = List.of(host(host));
    return issue(maker, own, new Request("host", "serverAuth", names, from, until));
  }

  /** A certificate for an agency. */
  public Issued agency(int agency, Instant from, Instant until) {
    List<String> names = List.of("URI:" + AgencyName.of(agency));
    return issue(maker, own, new Request("agency " + agency, "clientAuth", names, from, until));
  }

  private static String host(String host) {
    try {
      return "IP:" + InetAddress.ofLiteral(host).getHostAddress();
    } catch (IllegalArgumentException _) {
      // A name, then.
    }
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "'%s' is neither the name nor the address of a host".formatted(host));
    }
    return "DNS:" + host;
  }

  private static Issued issue(Maker maker, @Nullable Issued by, Request request) {
    try {
      Path folder = Files.createTempDirectory("loteria-certificates-"); // its owner's alone
      try {
        return switch (maker) {
          case OPENSSL -> byOpenssl(folder, by, request);
          case KEYTOOL -> byKeytool(folder, by, request);
        };
      } finally {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(folder);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Issued byOpenssl(Path folder, @Nullable Issued by, Request request)
      throws IOException {
    String extensions =
        request.use() == null
            ? """
            basicConstraints = critical,CA:TRUE,pathlen:0
            keyUsage = critical,keyCertSign,cRLSign
            """
            : """
            basicConstraints = critical,CA:FALSE
            keyUsage = critical,digitalSignature
            authorityKeyIdentifier = keyid
            extendedKeyUsage = %s
            subjectAltName = %s
            """
                .formatted(request.use(), String.join(",", request.names()));
    Files.writeString(folder.resolve("configuration"), CONFIGURATION + extensions);
    Files.writeString(folder.resolve("index"), "");
    BigInteger serial = new BigInteger(SERIAL_BITS, new SecureRandom());
    Files.writeString(folder.resolve("serial"), String.format(Locale.ROOT, "%032X%n", serial));
    run(
        folder,
        "openssl",
        "req -new -config configuration -newkey ec -nodes -keyout key -out request",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-subj",
        "/CN=" + request.subject());
    if (by != null) {
      Files.writeString(folder.resolve("ca.pem"), by.certificatePem());
      Files.writeString(folder.resolve("ca.key"), by.keyPem());
    }
    run(
        folder,
        "openssl",
        "ca -batch -notext -config configuration -extensions extensions -in request"
            + " -out certificate"
            + (by == null ? " -selfsign -keyfile key" : " -cert ca.pem -keyfile ca.key"),
        "-startdate",
        utc("uuuuMMddHHmmss'Z'", request.from()),
        "-enddate",
        utc("uuuuMMddHHmmss'Z'", request.until()));
    return new Issued(
        Files.readString(folder.resolve("certificate")), Files.readString(folder.resolve("key")));
  }

  private static Issued byKeytool(Path folder, @Nullable Issued by, Request request)
      throws IOException {
    Path file = folder.resolve("keys");
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, PASSWORD);
      if (by != null) {
        Path key = Files.writeString(folder.resolve("ca.key"), by.keyPem());
        keys.setKeyEntry("ca", Pem.key(key), PASSWORD, new Certificate[] {by.certificate()});
      }
      try (var out = Files.newOutputStream(file)) {
        keys.store(out, PASSWORD);
      }
      Duration valid = Duration.between(request.from(), request.until());
      run(
          folder,
          Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
          "-J-Duser.timezone=UTC -J-Duser.language=en -genkeypair -keystore keys"
              + " -storetype PKCS12 -storepass changeit -alias new -keyalg EC"
              + " -groupname secp256r1 -sigalg SHA256withECDSA"
              + (by == null
                  ? " -ext bc:c=ca:true,pathlen:0 -ext ku:c=keyCertSign,cRLSign"
                  : " -signer ca -ext bc:c=ca:false -ext ku:c=digitalSignature -ext eku="
                      + request.use()
                      + " -ext san="
                      + String.join(",", request.names())),
          "-dname",
          "CN=" + request.subject(),
          "-startdate",
          utc("uuuu/MM/dd HH:mm:ss", request.from()),
          "-validity",
          Long.toString(Math.ceilDiv(valid.toSeconds(), Duration.ofDays(1).toSeconds())));
      try (InputStream in = Files.newInputStream(file)) {
        keys.load(in, PASSWORD);
      }
      Key key = Objects.requireNonNull(keys.getKey("new", PASSWORD), "keytool made no key");
      Certificate made = Objects.requireNonNull(keys.getCertificate("new"), "nor a certificate");
      return new Issued(
          Pem.text(Pem.CERTIFICATE, made.getEncoded()), Pem.text(Pem.KEY, key.getEncoded()));
    } catch (GeneralSecurityException | BadTlsFileException failed) {
      throw new IOException("keytool makes no certificate: " + failed.getMessage(), failed);
    }
  }

  private static String utc(String pattern, Instant at) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC).format(at);
  }

  /**
   * Runs a program in a folder; if it fails, the exception has the first lines that it said.
   *
   * @param program its name or its path, which may have blanks in it
   * @param options words with blanks between them
   * @param more words that may have blanks in them
   */
  private static void run(Path folder, String program, String options, String... more)
      throws IOException {
    List<String> words = new ArrayList<>(List.of(program));
    words.addAll(List.of(options.split(" ")));
    words.addAll(List.of(more));
    Path said = Files.createTempFile("loteria-certificates-", ".log");
    try {
      Process process =
          new ProcessBuilder(words)
              .directory(folder.toFile())
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
      process.destroyForcibly();
      if (!ended || process.exitValue() != 0) {
        try (Stream<String> lines = Files.lines(said)) {
          throw new IOException(
              "%s fails: %s"
                  .formatted(words.getFirst(), lines.limit(5).collect(Collectors.joining(" / "))));
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while certificates are made", interrupted);
    } finally {
      Files.delete(said);
    }
  }
}
