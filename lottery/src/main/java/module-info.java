/** What a bet, an agency, a lottery and a draw are; no I/O, no clock, no thread. */
module loteria.lottery {
  requires static transitive org.jspecify;

  exports loteria.lottery;
}
