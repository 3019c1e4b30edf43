/**
 * A durable log of opaque records; one owner, who appends; a thread beside him writes zeros ahead.
 */
module loteria.journal {
  requires static transitive org.jspecify;

  exports loteria.journal;
}
