package loteria.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import loteria.bench.lab.Peer;

/**
 * Many agencies at once, each a virtual thread with a connection: all are welcomed, then all upload
 * as much, as fast as the window lets them.
 */
public final class Crowd {
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

  /** An agency that may upload. */
  private record Welcomed(int agency, Peer peer, int window) {}

  /** All of them, to the end; fails if any was not served. */
  public Served run() throws IOException {
    Queue<Peer> peers = new ConcurrentLinkedQueue<>();
    try {
      List<Callable<Welcomed>> greetings = new ArrayList<>();
      for (int i = 1; i <= size; i++) {
        int agency = i;
        greetings.add(() -> greet(agency, peers));
      }
      List<Callable<Long>> uploads = new ArrayList<>();
      long start = System.nanoTime();
      for (Welcomed welcomed : Threads.all(Thread.ofVirtual(), greetings)) {
        uploads.add(() -> upload(welcomed));
      }
      long all = System.nanoTime();
      List<Long> ends = Threads.all(Thread.ofVirtual(), uploads);
      double fastest = (Collections.min(ends) - all) / 1e9;
      double slowest = (Collections.max(ends) - all) / 1e9;
      return new Served((all - start) / 1e9, fastest, slowest);
    } finally {
      for (Peer peer : peers) {
        peer.close();
      }
    }
  }

  private Welcomed greet(int agency, Queue<Peer> peers) throws IOException, InterruptedException {
    connecting.acquire();
    try {
      Peer peer = Peer.at(port);
      peers.add(peer);
      return new Welcomed(agency, peer, peer.greet(agency).window());
    } finally {
      connecting.release();
    }
  }

  /** Uploads as one agency; when it had all acknowledged, as {@link System#nanoTime()}. */
  private long upload(Welcomed agency) throws IOException {
    long sent = 0;
    long acked = 0;
    while (acked < batchesEach) {
      while (sent < Math.min(batchesEach, acked + agency.window)) {
        agency.peer.send(batches.frame(agency.agency, sent++));
      }
      acked = agency.peer.receiveStored() / batches.size();
    }
    return System.nanoTime();
  }
}
