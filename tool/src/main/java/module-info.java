// loteria, the tool for people. It is open for picocli, which reads the fields of the commands.
// No Javadoc: findings/errorprone-open-module.sh.
open module loteria.tool {
  requires static transitive org.jspecify;
  requires loteria.client;
  requires loteria.kafka;
  requires loteria.server;
  requires loteria.tls;
  requires info.picocli;
  requires org.snakeyaml.engine;
}
