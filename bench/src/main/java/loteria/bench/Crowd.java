package loteria.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Many agencies at once, each a virtual thread with a connection: all are welcomed, then all upload
 * as much, as fast as the window lets them.
 */
final class Crowd {
  private static final int TICK_MILLIS = 100;
  private static final int TICKS_MAX = 600;

  /** How many may be on their way to their Welcome: no more than the backlog holds. */
  private static final int CONNECTING_MAX = 1_000;

  private final Semaphore connecting = new Semaphore(CONNECTING_MAX);
  private final int port;
  private final int size;
  private final Batches batches;
  private final int batchesEach;

  Crowd(int port, int size, Batches batches, int batchesEach) {
    this.port = port;
    this.size = size;
    this.batches = batches;
    this.batchesEach = batchesEach;
  }

  /**
   * What became of it.
   *
   * @param acceptedSeconds until the last was welcomed
   * @param fastestSeconds from when they might upload until the first had all acknowledged
   * @param slowestSeconds until the last had
   */
  record Served(double acceptedSeconds, double fastestSeconds, double slowestSeconds) {}

  /** All of them, to the end; fails if any was not served. */
  Served run() throws IOException {
    CountDownLatch welcomed = new CountDownLatch(size);
    CountDownLatch go = new CountDownLatch(1);
    AtomicLongArray ends = new AtomicLongArray(size);
    Failure failure = new Failure();
    List<Thread> threads = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < size; i++) {
      int agency = i + 1;
      threads.add(
          Thread.ofVirtual()
              .start(() -> failure.note(() -> ends.set(agency - 1, upload(agency, welcomed, go)))));
    }
    try {
      awaitAll(welcomed, failure);
      long all = System.nanoTime();
      go.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      failure.rethrow();
      return served(start, all, ends);
    } catch (InterruptedException interrupted) {
      throw new IOException("interrupted while agencies upload", interrupted);
    } finally {
      threads.forEach(Thread::interrupt);
    }
  }

  private static void awaitAll(CountDownLatch welcomed, Failure failure)
      throws IOException, InterruptedException {
    for (int tick = 0; !welcomed.await(TICK_MILLIS, TimeUnit.MILLISECONDS); tick++) {
      failure.rethrow();
      if (tick > TICKS_MAX) {
        throw new IOException(welcomed.getCount() + " were not welcomed");
      }
    }
  }

  private static Served served(long start, long all, AtomicLongArray ends) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (int i = 0; i < ends.length(); i++) {
      first = Math.min(first, ends.get(i));
      last = Math.max(last, ends.get(i));
    }
    return new Served((all - start) / 1e9, (first - all) / 1e9, (last - all) / 1e9);
  }

  /** Uploads as one agency; when it had all acknowledged, as {@link System#nanoTime()}. */
  private long upload(int agency, CountDownLatch welcomed, CountDownLatch go)
      throws IOException, InterruptedException {
    connecting.acquire();
    try (Peer peer = Peer.at(port)) {
      int window = peer.greet(agency).window();
      connecting.release();
      welcomed.countDown();
      go.await();
      long sent = 0;
      long acked = 0;
      while (acked < batchesEach) {
        while (sent < Math.min(batchesEach, acked + window)) {
          peer.send(batches.frame(agency, sent++));
        }
        acked = peer.receiveStored() / batches.size();
      }
      return System.nanoTime();
    }
  }
}
