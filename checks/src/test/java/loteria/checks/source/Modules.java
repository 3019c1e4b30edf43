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
          entry("testing"),
          entry("lottery"),
          entry("protocol", "lottery"),
          entry("journal"),
          entry("runtime"),
          entry("runtime.settings", "runtime"),
          entry("runtime.log", "runtime", "runtime.settings"),
          entry("tls", "runtime", "runtime.settings"),
          entry("kafka.options", "runtime.settings"),
          entry("kafka.brokers", "journal", "runtime.settings", "runtime.log", "kafka.options"),
          entry(
              "kafka",
              "journal",
              "runtime.settings",
              "runtime.log",
              "kafka.options",
              "kafka.brokers"),
          entry("server.status", "lottery", "runtime"),
          entry("server.operator", "lottery", "protocol"),
          entry("server.seal", "lottery", "protocol", "journal"),
          entry(
              "server.ledger",
              "lottery",
              "protocol",
              "journal",
              "server.operator",
              "server.seal",
              "server"),
          entry(
              "server.net",
              "lottery",
              "protocol",
              "journal",
              "runtime.settings",
              "tls",
              "server.status",
              "server.ledger",
              "server"),
          entry(
              "server.control",
              "lottery",
              "protocol",
              "runtime",
              "runtime.settings",
              "server.operator",
              "server.ledger",
              "server"),
          entry(
              "server",
              "lottery",
              "protocol",
              "journal",
              "runtime",
              "runtime.settings",
              "runtime.log",
              "tls",
              "kafka.options",
              "kafka",
              "server.status",
              "server.ledger",
              "server.net",
              "server.control"),
          entry("client.bets", "lottery", "protocol", "runtime"),
          entry("client.upload", "lottery", "protocol", "client.bets"),
          entry("client.connection", "protocol", "runtime.settings", "tls"),
          entry(
              "client",
              "lottery",
              "protocol",
              "runtime",
              "runtime.settings",
              "runtime.log",
              "tls",
              "client.bets",
              "client.upload",
              "client.connection"),
          entry("tool.command", "lottery", "runtime", "kafka.options"),
          entry("tool.bets", "lottery", "runtime", "client.bets", "tool.command"),
          entry(
              "tool.run",
              "lottery",
              "runtime",
              "kafka.options",
              "kafka.brokers",
              "tool.command",
              "tool.bets"),
          entry(
              "tool.status",
              "lottery",
              "runtime",
              "runtime.settings",
              "server.control",
              "tool.command"),
          entry(
              "tool.inspect",
              "lottery",
              "protocol",
              "journal",
              "runtime",
              "kafka.options",
              "kafka",
              "server.ledger",
              "tool.command"),
          entry(
              "tool.operate",
              "lottery",
              "protocol",
              "runtime",
              "tls",
              "kafka.options",
              "kafka.brokers",
              "server.operator",
              "server.control",
              "tool.command",
              "tool.inspect"),
          entry(
              "tool",
              "lottery",
              "runtime",
              "runtime.settings",
              "kafka.options",
              "server.control",
              "server",
              "client",
              "tool.command",
              "tool.bets",
              "tool.run",
              "tool.status",
              "tool.inspect",
              "tool.operate"));

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
