package loteria.bench.floor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameFileTest {
  private static final int BETS = 1_000;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 65_535})
  void theFramesAreTheFileInItsOrder(int batchBetsMax) throws IOException {
    FrameFile frames = frames(batchBetsMax);
    long next = 0;
    for (int i = 0; i < frames.count(); i++) {
      Message.Batch batch = decode(frames.slice(i, i + 1));
      assertThat(batch.agency()).isEqualTo(3);
      assertThat(batch.first()).isEqualTo(next);
      assertThat(batch.rows().count()).isLessThanOrEqualTo(batchBetsMax);
      next += batch.rows().count();
    }
    assertThat(next).isEqualTo(BETS);
  }

  @Test
  void framesTogetherAreThoseOneByOne() throws IOException {
    FrameFile frames = frames(10);
    ByteBuffer all = ByteBuffer.allocate(frames.slice(0, frames.count()).remaining());
    for (int i = 0; i < frames.count(); i++) {
      all.put(frames.slice(i, i + 1));
    }
    assertThat(all.flip()).isEqualTo(frames.slice(0, frames.count()));
  }

  private FrameFile frames(int batchBetsMax) throws IOException {
    Path csv = folder.resolve("agency.csv");
    Files.write(
        csv,
        IntStream.range(0, BETS)
            .mapToObj(i -> "Ñusta,Paz,%d,1999-03-17,%d".formatted(30_000_000 + i, i))
            .toList());
    Path file = folder.resolve("frames");
    FrameFile.write(3, csv, batchBetsMax, file);
    return FrameFile.read(file);
  }

  private static Message.Batch decode(ByteBuffer bytes) {
    if (FrameReader.decode(bytes) instanceof FrameReader.Whole whole
        && whole.decode() instanceof Message.Batch batch) {
      return batch;
    }
    throw new AssertionError("not a batch");
  }
}
