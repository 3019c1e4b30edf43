package loteria.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Holds a piece of code to what it may allocate on the heap. */
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The hooks by which a campaign is guided allocate as well, and on the same thread. */
  private static final int HOOKS_FACTOR = Boolean.getBoolean("jazzer.hooks") ? 16 : 1;

  private Allocation() {}

  /** Code that is measured, on the thread that asks for it. */
  @FunctionalInterface
  public interface Measured {
    void run() throws Exception;
  }

  /**
   * Runs the code, and fails if it allocates more bytes than that. Code that exceeds them is run
   * once more, since the first time may have loaded classes: it must be fit for that.
   */
  public static void atMost(long bytesMax, Measured code) throws Exception {
    long bound = bytesMax * HOOKS_FACTOR;
    if (bytes(code) > bound) {
      assertThat(bytes(code)).as("bytes allocated").isLessThanOrEqualTo(bound);
    }
  }

  private static long bytes(Measured code) throws Exception {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    code.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
