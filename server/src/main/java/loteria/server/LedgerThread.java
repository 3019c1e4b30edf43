package loteria.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that touches the ledger. It takes whatever queued while the last group was made
 * durable, so that groups grow by themselves under load; a full queue makes those wait who would
 * add to it.
 *
 * <p>Whatever goes wrong here, the process halts at once, through {@code halt}: nobody is answered
 * by a ledger whose state may not be that of its journal.
 */
final class LedgerThread implements AutoCloseable {
  private static final int QUEUE_MAX = 1024;
  private static final long TICK_MILLIS = 1000;
  private static final long MISSING_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Ledger ledger;
  private final Figures figures;
  private final ServerLog log;
  private final Halt halt;
  private final BlockingQueue<Request> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final Thread thread;
  private volatile boolean closing;
  private volatile boolean ended;

  /** Ends the process at once, without closing anything. */
  @FunctionalInterface
  interface Halt {
    void halt(Throwable cause);
  }

  private LedgerThread(Ledger ledger, ServerLog log, Halt halt) {
    this.ledger = ledger;
    this.figures = ledger.figures();
    this.log = log;
    this.halt = halt;
    this.thread = Thread.ofPlatform().name("ledger").unstarted(this::run);
  }

  /** Starts the thread, which owns the ledger from now on. */
  static LedgerThread start(Ledger ledger, ServerLog log, Halt halt) {
    LedgerThread started = new LedgerThread(ledger, log, halt);
    started.thread.start();
    return started;
  }

  /**
   * Hands a request to the ledger; waits while the queue is full. What is handed over after {@link
   * #close} began may stay unanswered.
   */
  void submit(Request request) throws InterruptedException {
    while (!ended && !queue.offer(request, TICK_MILLIS, TimeUnit.MILLISECONDS)) {
      // Full: the ledger is behind, and the connection has to wait with it.
    }
  }

  /** An agency's connection has heard a message. Of its thread. */
  void heard(int agency) {
    figures.heard(agency);
  }

  /** The central is going down: what is seen of it says so. */
  void draining() {
    figures.draining();
  }

  private void run() {
    try {
      serve();
      ledger.close();
    } catch (IOException | InterruptedException | RuntimeException | Error failed) {
      // Not even a last word, which would say how many bets are stored: nobody knows.
      halt.halt(failed);
    } finally {
      ended = true;
    }
  }

  private void serve() throws IOException, InterruptedException {
    List<Request> group = new ArrayList<>(Ledger.GROUP_MAX);
    long told = System.nanoTime();
    while (!closing) {
      Request first = queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
      if (first == null) {
        ledger.settle();
      } else {
        group.add(first);
        processQueued(group);
      }
      if (System.nanoTime() - told >= MISSING_EVERY_NANOS) {
        told = System.nanoTime();
        log.missing(ledger.missing());
      }
    }
    // What was handed over by now, and no more: agencies may go on sending.
    for (int left = queue.size(); left > 0; left -= Ledger.GROUP_MAX) {
      processQueued(group);
    }
  }

  private void processQueued(List<Request> group) throws IOException {
    queue.drainTo(group, Ledger.GROUP_MAX - group.size());
    ledger.process(group);
    group.clear();
  }

  /** Answers what was handed over, tells every agency, and ends the thread. Idempotent. */
  @Override
  public void close() {
    closing = true;
    // A request of nobody, to wake the thread: its leaving changes nothing.
    queue.offer(new Request.Leave(message -> {}, 0));
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
