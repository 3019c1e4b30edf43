package loteria.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import loteria.journal.DataDirectory;
import loteria.kafka.brokers.Kafka;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PartitionStorageTest {
  private final List<Long> slow = new ArrayList<>();
  private long seconds;
  private PartitionStorage storage;

  /** Takes twelve seconds for a commit. */
  private final class SlowWriter implements Kafka.Writer {
    @Override
    public long commit(byte[] record) {
      tell();
      for (int second = 1; second <= 12; second++) {
        seconds++;
        tell();
      }
      return 0;
    }

    @Override
    public void close() {}
  }

  private void tell() {
    long told = storage.takeSlowSeconds();
    if (told > 0) {
      slow.add(told);
    }
  }

  @Test
  void tellsOfASlowCommitEveryFiveSeconds(@TempDir Path folder) throws IOException {
    try (DataDirectory directory = DataDirectory.take(folder.resolve("copy"))) {
      Copy copy = Copy.open(directory, 0, "L.bets-0");
      storage =
          new PartitionStorage(
              "L.bets-0",
              copy,
              new SlowWriter(),
              () -> TimeUnit.SECONDS.toNanos(seconds),
              _ -> {},
              () -> {});
      for (int commit = 0; commit < 2; commit++) {
        storage.writeWhole(ByteBuffer.allocate(1), storage.size());
        storage.sync();
        assertThat(slow).containsExactly(5L, 10L);
        slow.clear();
        seconds += 20;
        tell();
        assertThat(slow).as("while none is under way").isEmpty();
      }
      copy.closeFile();
    }
  }
}
