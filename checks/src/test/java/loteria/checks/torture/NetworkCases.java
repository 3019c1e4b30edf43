package loteria.checks.torture;

import java.util.List;
import java.util.stream.Stream;

/** What befalls the central's network. */
final class NetworkCases {
  private NetworkCases() {}

  static List<Case> all() {
    Stream<Case> relayed =
        Stream.of(Mischiefs.Kind.values())
            .filter(kind -> kind != Mischiefs.Kind.NONE)
            .map(RelayedUploads::new);
    Stream<Case> others =
        Stream.of(
            new RivalPrograms(),
            new KilledAgencies(),
            new KilledCentral(),
            new UnrulyAgencies(),
            new Strangers(),
            new Flood(),
            new MissingAgencies(),
            new MuteAgency(),
            new HalfOpen(),
            new BrokenPromises());
    return Stream.concat(relayed, others).toList();
  }
}
