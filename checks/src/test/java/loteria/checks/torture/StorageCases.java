package loteria.checks.torture;

import java.util.List;

/** What befalls the central's disk and its process. */
final class StorageCases {
  private StorageCases() {}

  static List<Case> all() {
    return List.of(Killed.atAByte(), Killed.atACall());
  }
}
