/** What the programs reach, beside the floor under them. */
module loteria.bench {
  requires static transitive org.jspecify;
  requires loteria.journal;
  requires loteria.protocol;
  requires loteria.runtime;
  requires HdrHistogram;
  requires jmh.core;
  requires kafka.clients;
}
