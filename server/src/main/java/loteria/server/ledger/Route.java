package loteria.server.ledger;

/** Where an agency is served. */
public sealed interface Route {
  /** Here, by this ledger. */
  record Here(Ledger ledger) implements Route {}

  /** By another central, at the IP address and port that it has for its peers. */
  record There(String central) implements Route {}

  /** By nobody at the moment: it should come again. */
  record Nowhere(String why) implements Route {}
}
