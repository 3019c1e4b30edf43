/** The agency: bet sources, batcher, upload and link. */
module loteria.client {
  requires static transitive org.jspecify;
  requires transitive loteria.protocol;
  requires transitive loteria.runtime;
  requires loteria.tls;
  requires de.siegmar.fastcsv;

  exports loteria.client;
}
