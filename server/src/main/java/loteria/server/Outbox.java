package loteria.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import loteria.protocol.Codec;
import loteria.protocol.Message;

/**
 * What is to be said to one agency. The ledger's thread fills it and never waits; the connection's
 * writer thread empties it.
 *
 * <p>Bounded by what the protocol lets accumulate: acknowledgements are cumulative, so only the
 * last one is kept; of the others an agency gets one answer a request, and its winners once.
 */
final class Outbox implements Session {
  private static final int NOTHING_STORED = -1;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private final Queue<Message.FromCentral> messages = new ArrayDeque<>();
  private long stored = NOTHING_STORED;
  private boolean pings;
  private boolean ended;
  private boolean closed;
  private long writingSince;
  private boolean writing;

  @Override
  public void say(Message.FromCentral message) {
    lock.lock();
    try {
      if (ended) {
        return;
      }
      switch (message) {
        case Message.Stored(long next) -> stored = next;
        case Message.Welcome _ -> {
          pings = true;
          messages.add(message);
        }
        case Message.Refused _ -> {
          pings = false;
          ended = true;
          messages.add(message);
        }
        case Message.Included _ -> {
          pings = false;
          messages.add(message);
        }
        case Message.WinnersPage page -> {
          ended = page.last();
          messages.add(page);
        }
        case Message.Finished _, Message.Ping _ -> messages.add(message);
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes what is said until the last word was written or the outbox is closed; a ping whenever
   * there was nothing to say for so long.
   */
  void writeTo(OutputStream out, long pingMillis) throws IOException, InterruptedException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    boolean last = false;
    while (!last) {
      frames.reset();
      lock.lock();
      try {
        if (!awaitChange(pingMillis)) {
          return;
        }
        take(frames);
        last = ended && messages.isEmpty();
      } finally {
        lock.unlock();
      }
      write(frames, out);
    }
  }

  private void write(ByteArrayOutputStream frames, OutputStream out) throws IOException {
    setWriting(true);
    frames.writeTo(out);
    setWriting(false);
  }

  private void setWriting(boolean now) {
    lock.lock();
    try {
      writing = now;
      writingSince = System.nanoTime();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the agency has not read what is being written to it for so long. */
  boolean isStuck(long millis) {
    lock.lock();
    try {
      return writing && System.nanoTime() - writingSince > TimeUnit.MILLISECONDS.toNanos(millis);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is something to say; false when the outbox was closed. Guarded by lock. */
  private boolean awaitChange(long pingMillis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(pingMillis);
    while (messages.isEmpty() && stored == NOTHING_STORED && !closed) {
      left = changed.awaitNanos(left);
      if (left <= 0) {
        left = TimeUnit.MILLISECONDS.toNanos(pingMillis);
        if (pings && messages.isEmpty() && stored == NOTHING_STORED) {
          messages.add(new Message.Ping());
        }
      }
    }
    return !closed;
  }

  /**
   * The acknowledgement goes before all but a Welcome, which no other word precedes. Guarded by
   * lock.
   */
  private void take(ByteArrayOutputStream frames) {
    if (messages.peek() instanceof Message.Welcome welcome) {
      messages.remove();
      frames.writeBytes(Codec.encode(welcome));
    }
    if (stored != NOTHING_STORED) {
      frames.writeBytes(Codec.encode(new Message.Stored(stored)));
      stored = NOTHING_STORED;
    }
    for (Message.FromCentral message : messages) {
      frames.writeBytes(Codec.encode(message));
    }
    messages.clear();
  }

  /** Ends {@link #writeTo}; what was not written is not any more. Idempotent. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
