package loteria.kafka.brokers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import loteria.journal.FencedException;
import loteria.kafka.options.KafkaOptions;
import loteria.runtime.log.Level;
import loteria.runtime.settings.HostPort;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/** The brokers, by Kafka's own clients. What fails says so in one line, without secrets. */
public final class KafkaClients implements Kafka {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration POSITION = Duration.ofMillis(100);

  /** Nothing is under way when a client is closed in good order; else there is nothing to save. */
  private static final Duration CLOSE = Duration.ofMillis(500);

  private final KafkaOptions options;
  private final Admin admin;
  private volatile @Nullable Layout first;

  private KafkaClients(KafkaOptions options, Admin admin) {
    this.options = options;
    this.admin = admin;
  }

  /**
   * Clients of those brokers, which need not be reached yet.
   *
   * @throws IOException if a client refuses the properties
   */
  public static KafkaClients open(KafkaOptions options) throws IOException {
    return new KafkaClients(options, TopicsReader.admin(options));
  }

  /**
   * As {@link #open(KafkaOptions)}; from now on all clients of this program log into some lines,
   * without secrets.
   */
  public static KafkaClients open(KafkaOptions options, BiConsumer<Level, String> lines)
      throws IOException {
    ClientLog.use(
        new ClientLog(
            (level, said) -> lines.accept(level, options.withoutSecrets(said)), System::nanoTime));
    return open(options);
  }

  @Override
  public Layout layout() throws IOException {
    Map<String, TopicDescription> topics =
        answer(
            "describing the topics",
            () ->
                admin
                    .describeTopics(List.of(options.betsTopic(), options.drawTopic()))
                    .allTopicNames());
    TopicDescription bets = topic(topics, options.betsTopic());
    TopicDescription draw = topic(topics, options.drawTopic());
    if (draw.partitions().size() != 1) {
      throw new IOException(
          "%s has %d partitions, not 1".formatted(draw.name(), draw.partitions().size()));
    }
    Layout layout =
        new Layout(
            options.name(),
            bets.partitions().size(),
            List.of(TopicsReader.id(bets.topicId()), TopicsReader.id(draw.topicId())));
    if (first == null) {
      first = layout;
    }
    return layout;
  }

  private static TopicDescription topic(Map<String, TopicDescription> topics, String name)
      throws IOException {
    TopicDescription topic = topics.get(name);
    if (topic == null) {
      throw new IOException("%s was not described".formatted(name));
    }
    return topic;
  }

  private Layout known() throws IOException {
    Layout known = first;
    return known == null ? layout() : known;
  }

  private TopicPartition topicPartition(Layout layout, int partition) {
    return partition < layout.betPartitions()
        ? new TopicPartition(options.betsTopic(), partition)
        : new TopicPartition(options.drawTopic(), 0);
  }

  private int number(Layout layout, TopicPartition partition) {
    return partition.topic().equals(options.betsTopic())
        ? partition.partition()
        : layout.betPartitions();
  }

  private List<Integer> numbers(Layout layout, Collection<TopicPartition> partitions) {
    return partitions.stream().map(partition -> number(layout, partition)).sorted().toList();
  }

  @Override
  public Offsets offsets(int partition) throws IOException {
    Layout layout = known();
    TopicPartition asked = topicPartition(layout, partition);
    long begins = offset(layout, partition, asked, OffsetSpec.earliest(), false);
    // In this order: what is stable later than the end is stable.
    long last = offset(layout, partition, asked, OffsetSpec.latest(), false);
    long stable = offset(layout, partition, asked, OffsetSpec.latest(), true);
    return new Offsets(begins, stable, last);
  }

  private long offset(
      Layout layout, int number, TopicPartition asked, OffsetSpec which, boolean committed)
      throws IOException {
    ListOffsetsOptions isolation =
        new ListOffsetsOptions(
            committed ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED);
    ListOffsetsResultInfo found =
        answer(
            "asking where %s begins and ends".formatted(layout.partition(number)),
            () -> admin.listOffsets(Map.of(asked, which), isolation).partitionResult(asked));
    return found.offset();
  }

  @Override
  public Writer writer(int partition) throws IOException {
    Layout layout = known();
    String name = layout.partition(partition);
    return new TransactionalWriter(name, topicPartition(layout, partition), fencing(name));
  }

  /** A producer that no other of that id can write beside any more. */
  private Producer<byte[], byte[]> fencing(String transactionalId) throws IOException {
    Producer<byte[], byte[]> producer;
    try {
      producer = new KafkaProducer<>(ClientSettings.producer(options, transactionalId));
    } catch (RuntimeException refused) {
      throw failure(options, "making a producer of Kafka's", refused);
    }
    try {
      producer.initTransactions();
      return producer;
    } catch (RuntimeException failed) {
      producer.close(Duration.ZERO);
      throw failure(options, "taking over " + transactionalId, failed);
    }
  }

  /** One record is one transaction. */
  private final class TransactionalWriter implements Writer {
    private final String name;
    private final TopicPartition partition;
    private final Producer<byte[], byte[]> producer;

    TransactionalWriter(String name, TopicPartition partition, Producer<byte[], byte[]> producer) {
      this.name = name;
      this.partition = partition;
      this.producer = producer;
    }

    @Override
    public long commit(byte[] record) throws IOException {
      try {
        producer.beginTransaction();
        Future<RecordMetadata> sent =
            producer.send(
                new ProducerRecord<>(partition.topic(), partition.partition(), null, record));
        producer.commitTransaction();
        RecordMetadata committed = sent.get();
        if (!committed.hasOffset()) {
          // So says a client whose broker has found a second copy of the record.
          throw new IOException("committing to %s: no broker says where".formatted(name));
        }
        return committed.offset();
      } catch (ExecutionException impossible) {
        throw failure(options, "committing to " + name, impossible);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw failure(options, "committing to " + name, interrupted);
      } catch (RuntimeException failed) {
        throw failure(options, "committing to " + name, failed);
      }
    }

    @Override
    public void close() {
      producer.close(CLOSE);
    }
  }

  @Override
  public Reader reader() throws IOException {
    Layout layout = known();
    List<TopicPartition> all = new ArrayList<>();
    for (int partition = 0; partition < layout.partitions(); partition++) {
      all.add(topicPartition(layout, partition));
    }
    Consumer<byte[], ByteBuffer> consumer = consumer(ClientSettings.follower(options));
    consumer.assign(all);
    all.forEach(partition -> consumer.seek(partition, 0));
    return new AssignedReader(layout, consumer);
  }

  private Consumer<byte[], ByteBuffer> consumer(Map<String, Object> settings) throws IOException {
    try {
      return new KafkaConsumer<>(settings);
    } catch (RuntimeException refused) {
      throw failure(options, "making a consumer of Kafka's", refused);
    }
  }

  private final class AssignedReader implements Reader {
    private final Layout layout;
    private final Consumer<byte[], ByteBuffer> consumer;

    AssignedReader(Layout layout, Consumer<byte[], ByteBuffer> consumer) {
      this.layout = layout;
      this.consumer = consumer;
    }

    @Override
    public void poll(long millis, Sink sink) throws IOException {
      ConsumerRecords<byte[], ByteBuffer> records;
      try {
        records = consumer.poll(Duration.ofMillis(millis));
      } catch (RuntimeException failed) {
        throw failure(options, "reading", failed);
      }
      for (ConsumerRecord<byte[], ByteBuffer> record : records) {
        @Nullable ByteBuffer value = record.value();
        sink.record(
            number(layout, new TopicPartition(record.topic(), record.partition())),
            record.offset(),
            value == null ? ByteBuffer.allocate(0) : value);
      }
    }

    /** By position, and not by the records that came: the last offsets are no records. */
    @Override
    public boolean hasReached(int partition, long offset) throws IOException {
      try {
        return consumer.position(topicPartition(layout, partition), POSITION) >= offset;
      } catch (org.apache.kafka.common.errors.TimeoutException _) {
        return false; // where it stands is being validated
      } catch (RuntimeException failed) {
        throw failure(options, "reading " + layout.partition(partition), failed);
      }
    }

    @Override
    public void pause(int partition) {
      consumer.pause(List.of(topicPartition(layout, partition)));
    }

    @Override
    public void resume(int partition, long offset) {
      TopicPartition resumed = topicPartition(layout, partition);
      consumer.seek(resumed, offset);
      consumer.resume(List.of(resumed));
    }

    @Override
    public void close() {
      consumer.close(CloseOptions.timeout(CLOSE));
    }
  }

  @Override
  public Member join(Group group) throws IOException {
    Layout layout = known();
    Consumer<byte[], ByteBuffer> consumer = consumer(ClientSettings.member(options));
    consumer.subscribe(
        List.of(options.betsTopic(), options.drawTopic()),
        new ConsumerRebalanceListener() {
          @Override
          public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.pause(partitions); // it is there to be a member, and reads nothing
            group.assigned(numbers(layout, partitions));
          }

          @Override
          public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            group.revoked(numbers(layout, partitions));
          }

          @Override
          public void onPartitionsLost(Collection<TopicPartition> partitions) {
            group.lost(numbers(layout, partitions));
          }
        });
    return new Member() {
      @Override
      public void poll() throws IOException {
        try {
          var _ = consumer.poll(POLL);
        } catch (RuntimeException failed) {
          throw failure(options, "staying in the group " + options.group(), failed);
        }
      }

      @Override
      public void close() {
        consumer.close(CloseOptions.timeout(CLOSE));
      }
    };
  }

  @Override
  public Map<Integer, InetSocketAddress> owners() throws IOException {
    Layout layout = known();
    Map<String, ConsumerGroupDescription> groups =
        answer(
            "describing the group " + options.group(),
            () -> admin.describeConsumerGroups(List.of(options.group())).all());
    Map<Integer, InetSocketAddress> owners = new HashMap<>();
    for (ConsumerGroupDescription group : groups.values()) {
      for (MemberDescription member : group.members()) {
        InetSocketAddress address = address(member.clientId());
        if (address != null) {
          numbers(layout, member.assignment().topicPartitions())
              .forEach(partition -> owners.put(partition, address));
        }
      }
    }
    return owners;
  }

  private static @Nullable InetSocketAddress address(String clientId) {
    try {
      HostPort peer = HostPort.parse(clientId, 1);
      return InetSocketAddress.createUnresolved(peer.host(), peer.port());
    } catch (IllegalArgumentException _) {
      return null; // no central
    }
  }

  @Override
  public Health health() throws IOException {
    TopicsState state = new TopicsReader(admin, options).read();
    return new Health(TopicCheck.wrong(state, options), TopicCheck.warnings(state, options));
  }

  @Override
  public void warmUp() throws IOException {
    fencing("%s.warm-%s".formatted(options.name(), options.peer())).close(CLOSE);
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }

  private <T> T answer(String doing, Supplier<KafkaFuture<T>> question) throws IOException {
    try {
      return question.get().get(2L * ClientSettings.ASK_MILLIS_MAX, TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw failure(options, doing, failed.getCause() == null ? failed : failed.getCause());
    } catch (TimeoutException | RuntimeException failed) {
      throw failure(options, doing, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failure(options, doing, interrupted);
    }
  }

  static IOException failure(KafkaOptions options, String doing, Throwable thrown) {
    String said = options.withoutSecrets("%s: %s".formatted(doing, text(thrown)));
    return isFencing(thrown) ? new FencedException(said, thrown) : new IOException(said, thrown);
  }

  /** The first cause of all, which says most. */
  static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
      root = cause;
    }
    return root;
  }

  private static String text(Throwable thrown) {
    Throwable root = root(thrown);
    String own = "%s: %s".formatted(thrown.getClass().getSimpleName(), thrown.getMessage());
    return root.equals(thrown)
        ? own
        : "%s (%s: %s)".formatted(own, root.getClass().getSimpleName(), root.getMessage());
  }

  /** Whether somebody else has taken over, or may have. */
  private static boolean isFencing(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException
          || cause instanceof InvalidTxnStateException
          || cause instanceof InvalidPidMappingException) {
        return true;
      }
    }
    return false;
  }
}
