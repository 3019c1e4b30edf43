package loteria.checks.torture.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What centrals did to one of their files, life by life, as a troubled disk noted it down: what
 * they have seen done, and what of it would be on the platter if the power went now. Immutable.
 *
 * <p>It knows Linux at its worst (Rebello et al., "Can Applications Recover from fsync Failures?",
 * USENIX ATC 2020): what was written before a sync that failed is in the page cache, is never
 * written back by a later sync, and is gone with the power, unless it is written again.
 */
public final class Trace {
  private final List<List<Call>> lives = new ArrayList<>();

  /** A call on the file. */
  private sealed interface Call {}

  private record Write(int offset, int bytes) implements Call {}

  private record Sync() implements Call {}

  private record Cut(int bytes) implements Call {}

  private record Failed() implements Call {}

  private Trace() {}

  /** What a trace says of a file. */
  public static Trace of(Path trace, String file) throws IOException {
    Trace read = new Trace();
    for (String line : Files.readAllLines(trace)) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("start")) {
        read.lives.add(new ArrayList<>());
      } else if (words[words[0].equals("failed") ? 2 : 1].equals(file)) {
        read.lives.getLast().add(call(words));
      }
    }
    return read;
  }

  private static Call call(String[] words) {
    return switch (words[0]) {
      case "write" -> new Write(Integer.parseInt(words[2]), Integer.parseInt(words[3]));
      case "sync" -> new Sync();
      case "cut" -> new Cut(Integer.parseInt(words[2]));
      case "failed" -> new Failed();
      default -> throw new IllegalArgumentException(String.join(" ", words));
    };
  }

  /** Whether a life did nothing more to the file once a call had failed. */
  public boolean endsWithAFailure(int life) {
    List<Call> calls = lives.get(life);
    return calls.indexOf(new Failed()) == calls.size() - 1;
  }

  /** What a life has written to the file before anything else. */
  private static int firstWrite(List<Call> calls) {
    int at = 0;
    while (at < calls.size() && !(calls.get(at) instanceof Write)) {
      at++;
    }
    return at;
  }

  /** The trace as it would be if no life had written again what it found. */
  public Trace withoutRewriting() {
    Trace without = new Trace();
    for (List<Call> calls : lives) {
      List<Call> rest = new ArrayList<>(calls);
      if (!without.lives.isEmpty()) {
        rest.remove(firstWrite(rest));
      }
      without.lives.add(rest);
    }
    return without;
  }

  /** Where the last write was that a sync has followed. */
  public int lastSynced() {
    int last = 0;
    int written = 0;
    for (Call call : lives.stream().flatMap(List::stream).toList()) {
      if (call instanceof Write(int offset, int _)) {
        written = offset;
      } else if (call instanceof Sync) {
        last = written;
      }
    }
    return last;
  }

  /** Lays the file as it is on the platter, given what is in the page cache. */
  public void losePower(Path file) throws IOException {
    byte[] cached = Files.readAllBytes(file);
    BitSet durable = durable();
    byte[] left = new byte[Math.min(durable.length(), cached.length)];
    for (int at = durable.nextSetBit(0); at >= 0 && at < left.length; ) {
      left[at] = cached[at];
      at = durable.nextSetBit(at + 1);
    }
    Files.write(file, left);
  }

  private BitSet durable() {
    BitSet durable = new BitSet();
    BitSet dirty = new BitSet();
    for (Call call : lives.stream().flatMap(List::stream).toList()) {
      switch (call) {
        case Write(int offset, int bytes) -> dirty.set(offset, offset + bytes);
        case Sync _ -> {
          durable.or(dirty);
          dirty.clear();
        }
        case Cut(int bytes) -> {
          durable.clear(bytes, Math.max(bytes, durable.length()));
          dirty.clear(bytes, Math.max(bytes, dirty.length()));
        }
        case Failed _ -> dirty.clear();
      }
    }
    return durable;
  }
}
