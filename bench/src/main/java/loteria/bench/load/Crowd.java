package loteria.bench.load;

import java.io.IOException;
import java.util.Collections;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import loteria.bench.lab.Peer;

/**
 * Many agencies at once, each a virtual thread with a connection: all are welcomed, then all upload
 * as much, as fast as the window lets them.
 */
public final class Crowd {
  private static final int TICK_MILLIS = 100;
  private static final int TICKS_MAX = 600;

  /** How many may be on their way to their Welcome: no more than the backlog holds. */
  private static final int CONNECTING_MAX = 1_000;

  private final Semaphore connecting = new Semaphore(CONNECTING_MAX);
  private final int port;
  private final int size;
  private final Batches batches;
  private final int batchesEach;

  public Crowd(int port, int size, Batches batches, int batchesEach) {
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
  public record Served(double acceptedSeconds, double fastestSeconds, double slowestSeconds) {}

  /** All of them, to the end; fails if any was not served. */
  public Served run() throws IOException {
    CountDownLatch welcomed = new CountDownLatch(size);
    CountDownLatch go = new CountDownLatch(1);
    Queue<Long> ends = new ConcurrentLinkedQueue<>();
    long start = System.nanoTime();
    try (Threads threads = new Threads(Thread.ofVirtual())) {
      for (int i = 1; i <= size; i++) {
        int agency = i;
        threads.start(() -> ends.add(upload(agency, welcomed, go)));
      }
      awaitAll(welcomed, threads);
      long all = System.nanoTime();
      go.countDown();
      threads.join();
      double fastest = (Collections.min(ends) - all) / 1e9;
      double slowest = (Collections.max(ends) - all) / 1e9;
      return new Served((all - start) / 1e9, fastest, slowest);
    } catch (InterruptedException interrupted) {
      throw new IOException("interrupted while agencies upload", interrupted);
    }
  }

  private static void awaitAll(CountDownLatch welcomed, Threads threads)
      throws IOException, InterruptedException {
    for (int tick = 0; !welcomed.await(TICK_MILLIS, TimeUnit.MILLISECONDS); tick++) {
      threads.rethrow();
      if (tick > TICKS_MAX) {
        throw new IOException(welcomed.getCount() + " were not welcomed");
      }
    }
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
