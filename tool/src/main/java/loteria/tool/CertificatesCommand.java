package loteria.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.*;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import loteria.tls.CertificateAuthority;
import loteria.tls.Issued;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loteria certificates}: a CA, and certificates for a central and its agencies. */
@Command(
    name = "certificates",
    description =
        "Makes a CA, and certificates with their keys for a central and its agencies: to try TLS"
            + " out. They are valid for a year.",
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
      "Whoever has ca.key can speak for everybody: keep it elsewhere."
    })
final class CertificatesCommand implements Callable<Integer> {
  private static final Duration VALID = Duration.ofDays(365);

  /** For the clocks of others, which may be behind. */
  private static final Duration BEFORE = Duration.ofMinutes(5);

  private static final int AGENCIES_MAX = 10_000;

  private final PrintWriter out;

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

  CertificatesCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() throws UsageException, IOException {
    if (agencies < 1 || agencies > AGENCIES_MAX) {
      throw new UsageException("%d agencies are not 1 to %d".formatted(agencies, AGENCIES_MAX));
    }
    Instant from = Instant.now().minus(BEFORE).truncatedTo(ChronoUnit.SECONDS);
    Instant until = from.plus(VALID);
    Map<String, String> texts = texts(issue(from, until));
    Files.createDirectories(directory);
    for (var each : texts.entrySet()) OwnerFiles.write(directory.resolve(each.getKey()), out2 -> out2.write(each.getValue().getBytes()));
    out.println(
        "a CA, a central called %s and %d agencies, valid until %s, in %s"
            .formatted(String.join(", ", hosts), agencies, until, directory));
    return CommandLineOfLoteria.DONE;
  }

  private Map<String, Issued> issue(Instant from, Instant until) throws UsageException {
    CertificateAuthority authority = CertificateAuthority.found("Loteria CA", from, until);
    Map<String, Issued> issued = new LinkedHashMap<>();
    issued.put("ca", authority.own());
    try {
      issued.put("central", authority.central(hosts, from, until));
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(String.valueOf(wrong.getMessage()));
    }
    for (int agency = 1; agency <= agencies; agency++) {
      issued.put("agency-" + agency, authority.agency(agency, from, until));
    }
    return issued;
  }

  /** The files, by name. */
  private static Map<String, String> texts(Map<String, Issued> issued) {
    Map<String, String> texts = new LinkedHashMap<>();
    issued.forEach((name, each) -> {
      texts.put(name + ".pem", each.certificatePem());
      texts.put(name + ".key", each.keyPem());
    });
    return texts;
  }
}
