package loteria.checks.source.offending;

final class UsesMonitors {
  private final Object lock = new Object();
  private int count;

  synchronized int inAMethod() {
    return count++;
  }

  int inABlock() {
    synchronized (lock) {
      return count++;
    }
  }

  void waits() throws InterruptedException {
    while (count == 0) {
      lock.wait(1);
    }
  }
}
