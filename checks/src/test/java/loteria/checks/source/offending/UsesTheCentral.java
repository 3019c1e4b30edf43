package loteria.checks.source.offending;

import loteria.server.Figures;
import loteria.server.ServerLog;

final class UsesTheCentral {
  private UsesTheCentral() {}

  static void uses(Figures figures, ServerLog log) {
    if (figures.agencies() > 0) {
      log.accepting();
    }
  }
}
