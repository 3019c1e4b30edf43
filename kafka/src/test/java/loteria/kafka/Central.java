package loteria.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import loteria.journal.DataDirectory;
import loteria.journal.Journal;
import loteria.journal.ReadableStorage;
import loteria.journal.SharedLog;
import loteria.journal.Storage;
import loteria.runtime.log.Level;
import loteria.runtime.log.LogLines;
import loteria.runtime.log.LogStyle;

/**
 * A central that knows nothing of bets: it takes what it is assigned, opens the journal there, and
 * keeps what it is told. Thread-safe.
 */
final class Central implements SharedLog.Listener, AutoCloseable {
  final KafkaLog log;
  final List<String> calls = new CopyOnWriteArrayList<>();
  volatile boolean caughtUp;
  final List<IOException> failures = new CopyOnWriteArrayList<>();
  final List<List<String>> unsafe = new CopyOnWriteArrayList<>();
  private final Map<Integer, Storage> storages = new ConcurrentHashMap<>();
  private final Map<Integer, Journal> journals = new ConcurrentHashMap<>();
  final Map<Integer, List<String>> found = new ConcurrentHashMap<>();
  private volatile CountDownLatch mayGiveBack = new CountDownLatch(0);
  private final ReentrantLock storing = new ReentrantLock(); // nothing is closed meanwhile
  private final Map<Integer, String> last = new ConcurrentHashMap<>();
  private final Map<Integer, Long> followed = new ConcurrentHashMap<>();
  private final DataDirectory directory;
  private final ByteArrayOutputStream lines;

  interface Opening {
    KafkaLog open(DataDirectory directory, LogLines lines) throws IOException;
  }

  private Central(DataDirectory directory, ByteArrayOutputStream lines, KafkaLog log) {
    this.directory = directory;
    this.lines = lines;
    this.log = log;
  }

  /** With its log open and not started. */
  static Central open(Path path, Opening opening) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    DataDirectory directory = DataDirectory.take(path);
    try {
      KafkaLog log =
          opening.open(
              directory, new LogLines(lines, LogStyle.CENTRAL, Level.INFO, InstantSource.system()));
      return new Central(directory, lines, log);
    } catch (IOException | RuntimeException failed) {
      directory.close();
      throw failed;
    }
  }

  static Central start(Path path, Opening opening) throws IOException {
    Central central = open(path, opening);
    try {
      central.log.start(central);
      return central;
    } catch (IOException | RuntimeException failed) {
      central.close();
      throw failed;
    }
  }

  @Override
  public void followed(int partition, long from, long to) throws IOException {
    if (from != followed.getOrDefault(partition, from) || to <= from) {
      throw new IOException("followed %d from %d to %d".formatted(partition, from, to));
    }
    if (to > log.copy(partition).size()) {
      throw new IOException("told of more than is there");
    }
    followed.put(partition, to);
  }

  @Override
  public void caughtUp() {
    caughtUp = true;
  }

  /** How far a partition was followed; -1 if not at all. */
  long followed(int partition) {
    return followed.getOrDefault(partition, -1L);
  }

  @Override
  public void assigned(int partition) throws IOException {
    Storage storage = log.take(partition);
    storages.put(partition, storage);
    List<String> texts = new ArrayList<>();
    Journal journal =
        Journal.open(storage, (_, record) -> texts.add(UTF_8.decode(record).toString()));
    found.put(partition, texts);
    calls.add("assigned " + partition);
    journals.put(partition, journal); // last: who sees that it is owned may ask for the rest
  }

  /** Appends that text when it is to give the partition back. */
  void storeLast(int partition, String text) {
    last.put(partition, text);
  }

  /** Gives nothing back before the latch is down. */
  void giveBackAfter(CountDownLatch latch) {
    mayGiveBack = latch;
  }

  @Override
  public void revoked(int partition) throws IOException {
    try {
      mayGiveBack.await();
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
    String text = last.remove(partition);
    if (text != null) {
      append(partition, text);
    }
    storing.lock();
    try {
      Journal journal = journals.remove(partition);
      if (journal != null) {
        followed.remove(partition); // its own writes are not told
        journal.close();
      }
    } finally {
      storing.unlock();
    }
    calls.add("revoked " + partition);
  }

  @Override
  public void unsafe(List<String> wrong) {
    unsafe.add(wrong);
  }

  @Override
  public void failed(IOException why) {
    failures.add(why);
  }

  /** What was taken last of a partition. */
  Storage storage(int partition) {
    Storage storage = storages.get(partition);
    if (storage == null) {
      throw new IllegalStateException("partition %d was never taken".formatted(partition));
    }
    return storage;
  }

  /** Appends texts as one block. */
  void append(int partition, String... texts) throws IOException {
    List<ByteBuffer> records = new ArrayList<>();
    for (String text : texts) {
      records.add(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }
    storing.lock();
    try {
      Journal journal = journals.get(partition);
      if (journal == null) {
        throw new IllegalStateException("partition %d is not owned".formatted(partition));
      }
      var _ = journal.append(records);
    } finally {
      storing.unlock();
    }
  }

  /** The copy of a partition. */
  byte[] copy(int partition) throws IOException {
    ReadableStorage copy = log.copy(partition);
    ByteBuffer bytes = ByteBuffer.allocate((int) copy.size());
    copy.readWhole(bytes, 0);
    return bytes.array();
  }

  boolean owns(int partition) {
    return journals.containsKey(partition);
  }

  String lines() {
    return lines.toString(UTF_8);
  }

  @Override
  public void close() throws IOException {
    log.close();
    directory.close();
  }
}
