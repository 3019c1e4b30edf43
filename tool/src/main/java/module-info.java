/** loteria, the tool for people. */
module loteria.tool {
  requires static transitive org.jspecify;
  requires loteria.client;
  requires loteria.kafka;
  requires loteria.server;
  requires loteria.tls;
  requires de.siegmar.fastcsv;
  requires info.picocli;
  requires org.snakeyaml.engine;

  exports loteria.tool;

  opens loteria.tool to
      info.picocli;
}
