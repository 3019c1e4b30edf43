package loteria.checks.torture;

import java.util.List;

/** What befalls the central's network. */
final class NetworkCases {
  private NetworkCases() {}

  static List<Case> all() {
    return List.of();
  }
}
