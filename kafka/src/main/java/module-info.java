/** A log that several centrals share, kept by Kafka's brokers. */
module loteria.kafka {
  requires static transitive org.jspecify;
  requires transitive loteria.journal;
  requires transitive loteria.runtime;
  requires kafka.clients;
  requires org.slf4j;

  exports loteria.kafka;
  exports loteria.kafka.brokers;
  exports loteria.kafka.options;

  provides org.slf4j.spi.SLF4JServiceProvider with
      loteria.kafka.brokers.ClientLogProvider;
}
