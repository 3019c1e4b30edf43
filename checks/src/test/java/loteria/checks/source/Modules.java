package loteria.checks.source;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packages of the modules, and which others each may import: docs/ARCHITECTURE.md. */
final class Modules {
  private static final String ROOT = "loteria.";

  static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          entry("lottery"),
          entry("protocol", "lottery"),
          entry("journal"),
          entry("runtime"),
          entry("tls", "runtime"),
          entry("kafka", "journal", "runtime"),
          entry("server.status", "lottery"),
          entry("server.ledger", "lottery", "protocol", "journal", "server"),
          entry(
              "server.net",
              "lottery",
              "protocol",
              "journal",
              "runtime",
              "tls",
              "server",
              "server.ledger",
              "server.status"),
          entry("server.control", "lottery", "protocol", "runtime", "server", "server.ledger"),
          entry(
              "server",
              "lottery",
              "protocol",
              "journal",
              "runtime",
              "tls",
              "kafka",
              "server.ledger",
              "server.net",
              "server.control",
              "server.status"),
          entry("client", "lottery", "protocol", "runtime", "tls"),
          entry(
              "tool",
              "lottery",
              "protocol",
              "journal",
              "runtime",
              "tls",
              "kafka",
              "server",
              "server.ledger",
              "server.control",
              "client"));

  private Modules() {}

  private static Map.Entry<String, Set<String>> entry(String module, String... mayImport) {
    return Map.entry(
        ROOT + module, Stream.of(mayImport).map(ROOT::concat).collect(Collectors.toSet()));
  }

  static Set<String> mayImport(String module) {
    return MAY_IMPORT.getOrDefault(module, Set.of());
  }

  /** The classes of the programs, without the tests. */
  static JavaClasses classes() {
    return new ClassFileImporter()
        .withImportOption(location -> !location.contains("loteria/checks/"))
        .importPackages("loteria");
  }

  /** Classes that break every rule. */
  static JavaClasses offending() {
    return new ClassFileImporter().importPackages("loteria.checks.source.offending");
  }
}
