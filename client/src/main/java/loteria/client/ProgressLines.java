package loteria.client;

import java.util.concurrent.TimeUnit;

/** A log line every few seconds. */
record ProgressLines(ClientLog log) implements Progress.Display {
  @Override
  public long nanosBetween() {
    return TimeUnit.SECONDS.toNanos(5);
  }

  @Override
  public void show(Progress.State state) {
    log.progress(state);
  }

  @Override
  public void end() {}
}
