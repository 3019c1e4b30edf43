/** A durable log of opaque records; no threads, one owner. */
module loteria.journal {
  requires static transitive org.jspecify;

  exports loteria.journal;
}
