/** The agency: what it reads its bets from, and how it brings them to the central. */
module loteria.client {
  requires static transitive org.jspecify;
  requires transitive loteria.protocol;
  requires transitive loteria.runtime;
  requires loteria.tls;
  requires de.siegmar.fastcsv;

  exports loteria.client;
  exports loteria.client.bets;
}
