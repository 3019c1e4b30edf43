/** What the programs reach, beside the floor under them. */
module loteria.bench {
  requires static transitive org.jspecify;
  requires loteria.journal;
  requires loteria.protocol;
  requires loteria.tool;
  requires de.siegmar.fastcsv;
  requires HdrHistogram;
  requires jmh.core;
}
