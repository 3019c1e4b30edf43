/** Who the other side is: certificates, and connections under TLS. */
module loteria.tls {
  requires static transitive org.jspecify;
  requires transitive loteria.runtime;

  exports loteria.tls;
}
