package loteria.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import loteria.kafka.brokers.Kafka;

/** The same brokers, for a test to change one answer of. */
class DelegatingKafka implements Kafka {
  private final Kafka brokers;

  DelegatingKafka(Kafka brokers) {
    this.brokers = brokers;
  }

  @Override
  public Layout layout() throws IOException {
    return brokers.layout();
  }

  @Override
  public Offsets offsets(int partition) throws IOException {
    return brokers.offsets(partition);
  }

  @Override
  public Writer writer(int partition) throws IOException {
    return brokers.writer(partition);
  }

  @Override
  public Reader reader() throws IOException {
    return brokers.reader();
  }

  @Override
  public Member join(Group group) throws IOException {
    return brokers.join(group);
  }

  @Override
  public Map<Integer, InetSocketAddress> owners() throws IOException {
    return brokers.owners();
  }

  @Override
  public Health health() throws IOException {
    return brokers.health();
  }

  @Override
  public void warmUp() throws IOException {
    brokers.warmUp();
  }

  @Override
  public void close() {
    brokers.close();
  }
}
