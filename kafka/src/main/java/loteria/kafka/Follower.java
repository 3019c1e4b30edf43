package loteria.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import loteria.journal.SharedLog;
import loteria.kafka.brokers.Kafka;

/**
 * Reads all partitions that others write into the copies. Each record has to be the next piece of
 * the partition's journal, or it is the end: a record of somebody else, or one that is missing, is
 * never stepped over.
 *
 * <p>One thread reads and tells; what others ask of it is done between two polls. It is never
 * interrupted.
 */
final class Follower implements AutoCloseable {
  /** How long a poll waits for records, and with it whoever asks for something. */
  private static final long POLL_MILLIS = 50;

  private static final long NOTHING = -1;

  private final Kafka.Reader reader;
  private final List<Copy> copies;
  private final SharedLog.Listener told;
  private final Consumer<IOException> failed;
  private final Thread thread;
  private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  // Of the thread.
  private final long[] grownFrom; // by partition: where what is not told yet begins
  private final List<Wait> waits = new ArrayList<>();
  private List<Long> ends; // empty once they are told

  private volatile boolean ended; // read by whoever asks

  private record Wait(int partition, long offset, CompletableFuture<Void> reached) {}

  private Follower(
      Kafka.Reader reader,
      List<Copy> copies,
      List<Long> ends,
      SharedLog.Listener told,
      Consumer<IOException> failed) {
    this.reader = reader;
    this.copies = copies;
    this.ends = ends;
    this.told = told;
    this.failed = failed;
    this.grownFrom = new long[copies.size()];
    Arrays.fill(grownFrom, NOTHING);
    this.thread = Thread.ofPlatform().daemon().name("kafka-follower").unstarted(this::run);
  }

  /**
   * Follows from now on; the reader is its own, and the copies are empty.
   *
   * @param ends how far each partition goes: what is behind is new
   * @param told of what the copies have grown by, and when they have all before the ends
   */
  static Follower start(
      Kafka.Reader reader,
      List<Copy> copies,
      List<Long> ends,
      SharedLog.Listener told,
      Consumer<IOException> failed) {
    Follower follower = new Follower(reader, copies, ends, told, failed);
    follower.thread.start();
    return follower;
  }

  /**
   * Follows a partition up to an offset, and no further until {@link #resume}: done when all before
   * the offset is in the copy and was told. Fails if the follower ends before.
   */
  CompletableFuture<Void> upTo(int partition, long offset) {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    ask(() -> {
      if (ended) {
        reached.completeExceptionally(new IOException("the log is no longer followed"));
      } else {
        waits.add(new Wait(partition, offset, reached));
      }
    });
    return reached;
  }

  /** Follows a partition again, behind what its copy has. */
  void resume(int partition) {
    ask(() -> {
      if (!ended) {
        reader.resume(partition, copies.get(partition).next());
      }
    });
  }

  private void ask(Runnable task) {
    asked.add(task);
    if (ended) {
      drain();
    }
  }

  /** By the thread, or by anybody once it has ended: each task is done once. */
  private void drain() {
    for (Runnable task = asked.poll(); task != null; task = asked.poll()) {
      task.run();
    }
  }

  private void run() {
    try (reader) {
      while (!closed) {
        drain();
        reader.poll(POLL_MILLIS, this::record);
        tell();
        tellEnds();
        endWaits();
      }
    } catch (IOException failure) {
      failed.accept(failure);
    } catch (RuntimeException | Error impossible) {
      failed.accept(new IOException("following: " + impossible, impossible));
    } finally {
      end();
    }
  }

  private void record(int partition, long offset, ByteBuffer value) throws IOException {
    Copy copy = copies.get(partition);
    long position = copy.size();
    copy.follow(value, offset);
    if (grownFrom[partition] == NOTHING) {
      grownFrom[partition] = position;
    }
  }

  private void tell() throws IOException {
    for (int partition = 0; partition < grownFrom.length; partition++) {
      long from = grownFrom[partition];
      if (from != NOTHING) {
        grownFrom[partition] = NOTHING;
        told.followed(partition, from, copies.get(partition).size());
      }
    }
  }

  private void tellEnds() throws IOException {
    for (int partition = 0; partition < ends.size(); partition++) {
      if (!reader.hasReached(partition, ends.get(partition))) {
        return;
      }
    }
    if (!ends.isEmpty()) {
      ends = List.of();
      told.caughtUp();
    }
  }

  private void endWaits() throws IOException {
    for (int index = waits.size() - 1; index >= 0; index--) {
      Wait wait = waits.get(index);
      if (wait.reached().isDone()) {
        waits.remove(index); // nobody waits any more
      } else if (reader.hasReached(wait.partition(), wait.offset())) {
        reader.pause(wait.partition());
        waits.remove(index);
        wait.reached().complete(null);
      }
    }
  }

  private void end() {
    ended = true;
    drain();
    for (Wait wait : waits) {
      wait.reached().completeExceptionally(new IOException("the log is no longer followed"));
    }
  }

  /** Ends the thread, and waits for that. Idempotent. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
