package loteria.server.seal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of bytes that come in pieces, computed by a thread of its own while the caller goes on.
 * For one caller, who leaves a piece as it is until {@link #awaitAllButLast} after the next one.
 */
final class Hashing implements AutoCloseable {
  private static final ThreadFactory THREADS = Thread.ofPlatform().name("hashing").factory();

  private final ExecutorService thread = Executors.newSingleThreadExecutor(THREADS);
  private final MessageDigest sha256 = newSha256(); // of that thread, until digest()
  private @Nullable Future<?> last;
  private @Nullable Future<?> beforeLast;

  /** Hashes a piece, later; the one before it first. */
  void update(byte[] piece, int from, int length) {
    beforeLast = last;
    last = thread.submit(() -> sha256.update(piece, from, length));
  }

  /** Waits until all pieces but the last may be changed. */
  void awaitAllButLast() throws IOException {
    get(beforeLast);
  }

  /** Of all pieces, 64 hexadecimal digits in lower case. */
  String digest() throws IOException {
    get(last);
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static void get(@Nullable Future<?> hashed) throws IOException {
    try {
      if (hashed != null) {
        hashed.get();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("hashing was cut off");
    } catch (ExecutionException impossible) {
      throw new AssertionError("hashing cannot fail", impossible);
    }
  }

  @Override
  public void close() {
    thread.close();
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      // Every Java platform has it: java.security.MessageDigest.
      throw new AssertionError(impossible);
    }
  }
}
