package loteria.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import loteria.journal.DataDirectory;
import loteria.kafka.brokers.Kafka;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PartitionStorageTest {
  private final List<Long> slow = new ArrayList<>();
  private long seconds;
  private long commits;
  private @Nullable PartitionStorage storage;

  /** Takes twelve seconds for a commit. */
  private final class SlowWriter implements Kafka.Writer {
    @Override
    public long commit(byte[] record) {
      commits++;
      tell();
      for (int second = 1; second <= 12; second++) {
        seconds++;
        tell();
      }
      return commits;
    }

    @Override
    public void close() {}
  }

  private void tell() {
    long told = Objects.requireNonNull(storage).takeSlowSeconds();
    if (told > 0) {
      slow.add(told);
    }
  }

  /** Brokers on which the topic was made again answer like that: nobody asks for its id. */
  @Test
  void refusesAnOffsetThatWasThereBefore(@TempDir Path folder) throws IOException {
    try (DataDirectory directory = DataDirectory.take(folder.resolve("copy"))) {
      Copy copy = Copy.open(directory, 0, "L.bets-0");
      copy.append(ByteBuffer.allocate(1), 4);
      copy.append(ByteBuffer.allocate(1), 6);
      assertThatThrownBy(() -> copy.append(ByteBuffer.allocate(1), 0))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "L.bets-0 has a new record at offset 0, and was committed up to 7 before:"
                  + " the topic was made again, or the brokers have lost bets");
      assertThat(copy.size()).isEqualTo(2);
      copy.closeFile();
    }
  }

  @Test
  void tellsOfASlowCommitEveryFiveSeconds(@TempDir Path folder) throws IOException {
    try (DataDirectory directory = DataDirectory.take(folder.resolve("copy"))) {
      Copy copy = Copy.open(directory, 0, "L.bets-0");
      PartitionStorage slowly =
          new PartitionStorage(
              "L.bets-0",
              copy,
              new SlowWriter(),
              () -> TimeUnit.SECONDS.toNanos(seconds),
              _ -> {},
              () -> {});
      storage = slowly;
      for (int commit = 0; commit < 2; commit++) {
        slowly.writeWhole(ByteBuffer.allocate(1), slowly.size());
        slowly.sync();
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
