/** The central: listener, connections, ledger, seal and draw. */
module loteria.server {
  requires static transitive org.jspecify;
  requires transitive loteria.journal;
  requires loteria.kafka;
  requires transitive loteria.protocol;
  requires transitive loteria.runtime;
  requires transitive loteria.tls;

  exports loteria.server;
  exports loteria.server.control;
  exports loteria.server.ledger;
  exports loteria.server.operator;
  exports loteria.server.seal;
  exports loteria.server.status;
}
