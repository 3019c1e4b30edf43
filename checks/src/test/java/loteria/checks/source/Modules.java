package loteria.checks.source;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.Set;

/** The modules, one package each, and which others each may import: docs/ARCHITECTURE.md. */
final class Modules {
  static final Map<String, Set<String>> MAY_IMPORT =
      Map.of(
          "loteria.lottery", Set.of(),
          "loteria.protocol", Set.of("loteria.lottery"),
          "loteria.journal", Set.of(),
          "loteria.runtime", Set.of(),
          "loteria.tls", Set.of("loteria.runtime"),
          "loteria.server",
              Set.of(
                  "loteria.lottery",
                  "loteria.protocol",
                  "loteria.journal",
                  "loteria.runtime",
                  "loteria.tls",
                  "loteria.server.status"),
          "loteria.server.status", Set.of("loteria.lottery"),
          "loteria.client",
              Set.of("loteria.lottery", "loteria.protocol", "loteria.runtime", "loteria.tls"),
          "loteria.tool",
              Set.of(
                  "loteria.lottery",
                  "loteria.protocol",
                  "loteria.journal",
                  "loteria.runtime",
                  "loteria.tls",
                  "loteria.server",
                  "loteria.client"));

  private Modules() {}

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
