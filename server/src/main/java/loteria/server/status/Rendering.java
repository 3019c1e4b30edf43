package loteria.server.status;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The status in one form, made once for all who ask for it about then. With many agencies it is
 * megabytes: so it is made again only when that would take no more than a tenth of the time, and
 * only while the renderings that slow readers still hold are few. For one thread.
 */
final class Rendering {
  /**
   * What readers hold at most of this form, in bytes; beyond that they get the last one once more.
   */
  static final int HELD_BYTES_MAX = 48 << 20;

  /** A large rendering holds for so many times the time that it took. */
  private static final int AGE_FACTOR = 10;

  /** A smaller one, of some 500 agencies, is made anew for each who asks. */
  private static final int LARGE_BYTES = 1 << 16;

  private final StatusServer.Source source;
  private final Function<Status, String> form;
  private @Nullable Shared last;

  /** What readers hold, in bytes. */
  private long heldBytes;

  Rendering(StatusServer.Source source, Function<Status, String> form) {
    this.source = source;
    this.form = form;
  }

  /** A rendering, for as long as somebody reads it. */
  final class Shared {
    final byte[] bytes;
    private final long goodUntil;
    private int readers;

    private Shared(byte[] bytes, long goodUntil) {
      this.bytes = bytes;
      this.goodUntil = goodUntil;
    }

    private boolean isGood() {
      return goodUntil - System.nanoTime() >= 0
          || (readers > 0 && heldBytes + bytes.length > HELD_BYTES_MAX);
    }

    /** One reader has done with it. */
    void release() {
      readers--;
      if (readers == 0) {
        heldBytes -= bytes.length;
      }
    }
  }

  /** The last one, or a new one; whoever takes it releases it. */
  Shared take() {
    Shared taken = last;
    if (taken == null || !taken.isGood()) {
      last = null;
      taken = render();
      last = taken;
    }
    if (taken.readers == 0) {
      heldBytes += taken.bytes.length;
    }
    taken.readers++;
    return taken;
  }

  private Shared render() {
    long start = System.nanoTime();
    byte[] bytes = form.apply(source.status()).getBytes(StandardCharsets.UTF_8);
    long end = System.nanoTime();
    return new Shared(bytes, bytes.length < LARGE_BYTES ? end : end + AGE_FACTOR * (end - start));
  }

  /** Throws the last one away if it is old and nobody reads it. */
  void throwAway() {
    Shared old = last;
    if (old != null && old.readers == 0 && !old.isGood()) {
      last = null;
    }
  }
}
