package loteria.tool.operate;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import loteria.lottery.Count;
import loteria.runtime.ExitCode;
import loteria.tls.CertificateAuthority;
import loteria.tls.CertificateAuthority.Issued;
import loteria.tool.command.OwnerFiles;
import loteria.tool.command.ToolCommand;
import loteria.tool.command.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loteria certificates}: a CA, and certificates for a central and its agencies. */
@Command(
    name = "certificates",
    description =
        "Makes a CA, and certificates with their keys for a central and its agencies: to try TLS"
            + " out. They are valid for a year. openssl makes them, or keytool where there is"
            + " none.",
    showDefaultValues = true,
    footer = {
      "",
      "Example: three agencies that call their central by either name",
      "  loteria certificates --agencies 3 --host lottery.example --host 10.1.2.3 tls",
      "  loteria central --agencies 3 --tls-certificate tls/central.pem \\",
      "    --tls-key tls/central.key --tls-ca tls/ca.pem",
      "  loteria agency --id 1 --server-address lottery.example:12345 \\",
      "    --tls-certificate tls/agency-1.pem --tls-key tls/agency-1.key \\",
      "    --tls-ca tls/ca.pem",
      "",
      "Whoever has ca.key can speak for everybody: keep it elsewhere.",
      "",
      "Exit codes: 0 made, 1 it could not be, 2 wrong usage."
    })
public final class CertificatesCommand extends ToolCommand {
  private static final Duration VALID = Duration.ofDays(365);

  /** For the clocks of others, which may be behind. */
  private static final Duration BEFORE = Duration.ofMinutes(5);

  private static final int AGENCIES_MAX = 10_000;

  @Option(names = "--agencies", paramLabel = "N", description = "How many agencies, 1 to 10000.")
  private int agencies = 5;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "A name or address by which agencies call the central; may be repeated.")
  private List<String> hosts = List.of("server", "localhost", "127.0.0.1");

  @Parameters(
      paramLabel = "DIRECTORY",
      showDefaultValue = Help.Visibility.NEVER,
      description = "Where to; made if missing. No file is ever replaced.")
  private Path directory = Path.of("");

  @Override
  public Integer call() throws UsageException, IOException {
    UsageException.requireWithin("agencies", agencies, 1, AGENCIES_MAX);
    Instant from = Instant.now().minus(BEFORE).truncatedTo(ChronoUnit.SECONDS);
    Instant until = from.plus(VALID);
    for (String name : names()) {
      for (Path file : List.of(certificate(name), key(name))) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
          throw new IOException("%s exists already; nothing was written".formatted(file));
        }
      }
    }
    issue(from, until);
    line(
        "a CA, a central called %s and %s, valid until %s, in %s",
        String.join(", ", hosts), Count.of(agencies, "agency"), until, directory);
    return ExitCode.DONE;
  }

  /** Of the files, without their ends. */
  private List<String> names() {
    return Stream.concat(
            Stream.of("ca", "central"),
            IntStream.rangeClosed(1, agencies).mapToObj(agency -> "agency-" + agency))
        .toList();
  }

  private void issue(Instant from, Instant until) throws UsageException, IOException {
    CertificateAuthority authority = CertificateAuthority.found("Loteria CA", from, until);
    Issued central = UsageException.made(() -> authority.central(hosts, from, until));
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, OwnerFiles.DIRECTORY);
    }
    write("central", central);
    write("ca", authority.own());
    for (int agency = 1; agency <= agencies; agency++) {
      write("agency-" + agency, authority.agency(agency, from, until));
    }
  }

  private void write(String name, Issued issued) throws IOException {
    OwnerFiles.write(
        certificate(name), out -> out.write(issued.certificatePem().getBytes(US_ASCII)));
    OwnerFiles.write(key(name), out -> out.write(issued.keyPem().getBytes(US_ASCII)));
  }

  private Path certificate(String name) {
    return directory.resolve(name + ".pem");
  }

  private Path key(String name) {
    return directory.resolve(name + ".key");
  }
}
