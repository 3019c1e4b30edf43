package loteria.bench.floor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import loteria.bench.report.Sample;
import loteria.lottery.Draw;

/** What the disk itself takes. */
public final class Disk {
  private static final int BLOCK_BYTES = 8192;
  private static final int BLOCKS = 500;
  private static final int COPY_BYTES = 1 << 16;

  private Disk() {}

  /** Milliseconds of appending 8 kB and making them durable, many times. */
  public static Sample appendMillis(Path folder) throws IOException {
    Path file = folder.resolve("appended");
    List<Double> millis = new ArrayList<>();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
      for (int i = 0; i < BLOCKS; i++) {
        long start = System.nanoTime();
        while (block.hasRemaining()) {
          int written = channel.write(block);
          assert written > 0 : written;
        }
        channel.force(false);
        millis.add((System.nanoTime() - start) / 1e6);
        block.clear();
      }
    }
    Files.delete(file);
    return new Sample(millis);
  }

  /** Seconds of reading a file, hashing it with SHA-256, writing a copy and syncing that. */
  public static double hashAndWriteSeconds(Path file, Path copy) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocateDirect(COPY_BYTES);
    long start = System.nanoTime();
    try (FileChannel in = FileChannel.open(file);
        FileChannel out =
            FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      while (in.read(bytes) >= 0) {
        bytes.flip();
        sha256.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
          int written = out.write(bytes);
          assert written > 0 : written;
        }
        bytes.clear();
      }
      out.force(true);
      byte[] hash = sha256.digest();
      assert hash.length > 0;
    } catch (NoSuchAlgorithmException impossible) {
      // Every Java platform has it: java.security.MessageDigest.
      throw new AssertionError(impossible);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /** Seconds of reading a sealed file and drawing over it. */
  public static double drawSeconds(Path sealed) throws IOException {
    ByteBuffer rows = ByteBuffer.allocate(COPY_BYTES);
    Draw draw = new Draw(Draw.NUMBER);
    long start = System.nanoTime();
    try (FileChannel in = FileChannel.open(sealed)) {
      while (in.read(rows) >= 0) {
        rows.flip().position(draw.take(rows.array(), 0, rows.limit()));
        rows.compact();
      }
    }
    long drawn = draw.winners().bets();
    assert drawn > 0 : drawn;
    return (System.nanoTime() - start) / 1e9;
  }
}
