package loteria.checks.torture.network;

import java.util.List;
import java.util.stream.Stream;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.relay.Mischiefs;

/** What befalls the central's network. */
public final class NetworkCases {
  private NetworkCases() {}

  public static List<Case> all() {
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
