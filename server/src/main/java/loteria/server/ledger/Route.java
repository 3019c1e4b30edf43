package loteria.server.ledger;

import java.net.InetSocketAddress;

/** Where an agency is served. */
public sealed interface Route {
  /** Here, by this ledger. */
  record Here(Ledger ledger) implements Route {}

  /** By another central, at the address that it has for its peers. */
  record There(InetSocketAddress central) implements Route {}

  /** By nobody at the moment: it should come again. */
  record Nowhere(String why) implements Route {}
}
