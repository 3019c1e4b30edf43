/** The central: listener, connections, ledger, seal and draw. */
module loteria.server {
  requires static transitive org.jspecify;
  requires transitive loteria.journal;
  requires transitive loteria.protocol;
  requires transitive loteria.runtime;
  requires loteria.tls;
  requires de.siegmar.fastcsv;

  exports loteria.server;
}
