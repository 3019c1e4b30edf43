package loteria.bench.load;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import loteria.bench.lab.Peer;
import loteria.bench.lab.Program;

/**
 * An agency that uploads batch after batch to whichever central takes them, and comes back at once:
 * when it was told what. When it is closed it stops.
 */
public final class Steady implements AutoCloseable {
  private static final int POLLS_MAX = 6_000;
  private static final int BEFORE = 10;
  private static final int AFTER = 20;
  private static final int POLL_MILLIS = 20;

  private final int agency;
  private final List<Integer> ports;
  private final Batches batches;
  private final Thread thread = Thread.ofVirtual().unstarted(this::run);
  private volatile boolean stopping;
  private volatile long acks;
  private volatile long ackedAt; // as System.nanoTime
  private volatile Gap gap = Gap.NONE;
  private long acked;

  /** The longest time without an acknowledgement, and when it ended, as System.nanoTime. */
  public record Gap(long nanos, long end) {
    static final Gap NONE = new Gap(0, 0);
  }

  private Steady(int agency, List<Integer> ports, Batches batches) {
    this.agency = agency;
    this.ports = ports;
    this.batches = batches;
  }

  /** One that is under way. */
  public static Steady start(int agency, List<Integer> ports, Batches batches) throws IOException {
    Steady steady = new Steady(agency, List.copyOf(ports), batches);
    steady.thread.start();
    steady.awaitAcks(BEFORE);
    steady.gap = Gap.NONE;
    return steady;
  }

  private void run() {
    for (int turn = 0; !stopping; turn++) {
      try (Peer peer = Peer.at(ports.get(turn % ports.size()))) {
        acked = peer.greet(agency, acked).state().next();
        while (!stopping) {
          peer.send(batches.frame(agency, acked / batches.size()));
          acked = peer.receiveStored();
          noteAck();
        }
      } catch (IOException _) {
        // The central is gone, or nobody owns the partition: another one.
        LockSupport.parkNanos(POLL_MILLIS * 1_000_000L);
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // There is one writer.
  private void noteAck() {
    long now = System.nanoTime();
    if (acks > 0 && now - ackedAt > gap.nanos()) {
      gap = new Gap(now - ackedAt, now);
    }
    ackedAt = now;
    acks++;
  }

  /** Waits for some more acknowledgements: the longest gap since the start. */
  public Gap gap() throws IOException {
    awaitAcks(AFTER);
    return gap;
  }

  private void awaitAcks(int count) throws IOException {
    long until = acks + count;
    for (int poll = 0; acks < until; poll++) {
      if (poll > POLLS_MAX) {
        throw new IOException("nothing is acknowledged any more");
      }
      Program.pause(POLL_MILLIS);
    }
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
