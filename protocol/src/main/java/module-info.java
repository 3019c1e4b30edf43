/** Bytes to messages and back, and their legal order; no I/O. */
module loteria.protocol {
  requires static transitive org.jspecify;
  requires transitive loteria.lottery;

  exports loteria.protocol;
}
