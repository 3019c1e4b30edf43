package loteria.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static loteria.journal.Reopened.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A journal that is read while a central is at work on it. */
final class JournalAtWorkTest {
  private static final int ZEROS = 300;
  private static final List<String> TEXTS = List.of("uno", "dos", "tres", "cuatro", "cinco");

  private final byte[] one = journal(1);
  private final byte[] three = journal(3);

  /** A journal of so many blocks. */
  private static byte[] journal(int blocks) {
    try {
      String[][] groups = {group("uno", "dos"), group("tres"), group("cuatro", "cinco")};
      return Reopened.bytes(Arrays.copyOf(groups, blocks));
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static byte[] withZeros(byte[] file, int size) {
    return Arrays.copyOf(file, size);
  }

  @Test
  void blocksThatAreStoredMeanwhileAreNoDamage() throws IOException {
    int size = three.length + ZEROS;
    for (int change = 0; change < 400; change++) {
      Changing storage = new Changing(withZeros(one, size), withZeros(three, size), change);
      List<String> shown = new ArrayList<>();
      Recovery found = inspect(storage, shown);
      assertThat(shown).as("change before reading %d", change).isIn(prefixes());
      assertThat(found.records()).isEqualTo(shown.size());
    }
  }

  @Test
  void zerosThatAreCutOffMeanwhileAreNoDamage() throws IOException {
    for (int change = 0; change < 400; change++) {
      Changing storage = new Changing(withZeros(three, three.length + ZEROS), three, change);
      List<String> shown = new ArrayList<>();
      assertThat(inspect(storage, shown).tornBytes()).isZero();
      assertThat(shown).as("change before reading %d", change).isEqualTo(TEXTS);
    }
  }

  @Test
  void blocksThatAreGoneMeanwhileAreTold() {
    // Not while the first block is read, but when it is looked for what is behind it.
    Changing storage =
        new Changing(withZeros(three, three.length + (3 << 20)), new byte[20], 1 << 18);
    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> inspect(storage, new ArrayList<>()));
  }

  @Test
  void blocksThatAreGoneAreNoFaultOfTheReader() {
    byte[] damaged = three.clone();
    damaged[one.length + 3]++;
    for (int change = 5; change < 60; change++) {
      Changing storage = new Changing(damaged, Arrays.copyOf(three, 20), change);
      assertThat(catchThrowable(() -> inspect(storage, new ArrayList<>())))
          .as("change before reading %d", change)
          .satisfiesAnyOf(
              none -> assertThat(none).isNull(), // as of a file that ends there
              told -> assertThat(told).isInstanceOf(EOFException.class),
              before -> assertThat(before).isInstanceOf(DamagedJournalException.class));
    }
  }

  @Test
  void damageStaysDamage() {
    byte[] damaged = three.clone();
    damaged[one.length + 3]++;
    for (int change = 0; change < 100; change++) {
      Changing storage = new Changing(damaged, withZeros(damaged, three.length + ZEROS), change);
      assertThatExceptionOfType(DamagedJournalException.class)
          .isThrownBy(() -> inspect(storage, new ArrayList<>()));
    }
  }

  private static List<List<String>> prefixes() {
    return List.of(TEXTS.subList(0, 2), TEXTS.subList(0, 3), TEXTS);
  }

  private static Recovery inspect(ReadableStorage storage, List<String> shown) throws IOException {
    return Journal.inspect(
        storage, (_, record) -> shown.add(UTF_8.decode(record.duplicate()).toString()));
  }

  /** A file that is read a few bytes at a time, and is another one from some reading on. */
  private static final class Changing implements ReadableStorage {
    private static final int READ_BYTES = 8;

    private final byte[] before;
    private final byte[] after;
    private int left;

    Changing(byte[] before, byte[] after, int readings) {
      this.before = before;
      this.after = after;
      this.left = readings;
    }

    private byte[] now() {
      return left > 0 ? before : after;
    }

    @Override
    public long size() {
      return now().length;
    }

    @Override
    public int read(ByteBuffer into, long position) {
      left--;
      int length = (int) Math.min(Math.min(into.remaining(), READ_BYTES), size() - position);
      if (length <= 0) {
        return -1;
      }
      into.put(now(), (int) position, length);
      return length;
    }

    @Override
    public void close() {}
  }
}
