package loteria.server;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The connections that are open. Thread-safe. */
final class OpenConnections {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();

  // Guarded by lock.
  private final Set<Connection> open = new HashSet<>();
  private long total;

  void add(Connection connection) {
    lock.lock();
    try {
      open.add(connection);
      total++;
    } finally {
      lock.unlock();
    }
  }

  void remove(Connection connection) {
    lock.lock();
    try {
      open.remove(connection);
      if (open.isEmpty()) {
        none.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return open.size();
    } finally {
      lock.unlock();
    }
  }

  /** How many there have been, those that are open included. */
  long total() {
    lock.lock();
    try {
      return total;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until none is open, but no longer than that. */
  void awaitNone(long millis) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (!open.isEmpty() && left > 0) {
        left = none.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  void closeAll() {
    List<Connection> toClose;
    lock.lock();
    try {
      toClose = List.copyOf(open);
    } finally {
      lock.unlock();
    }
    toClose.forEach(Connection::close);
  }
}
