package loteria.checks.torture;

import java.util.List;
import java.util.stream.Stream;

/** What befalls the central's network. */
final class NetworkCases {
  private NetworkCases() {}

  static List<Case> all() {
    return Stream.of(Mischiefs.Kind.values())
        .filter(kind -> kind != Mischiefs.Kind.NONE)
        .<Case>map(RelayedUploads::new)
        .toList();
  }
}
