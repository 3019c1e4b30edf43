package loteria.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import loteria.protocol.Codec;
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
      assertThat(batch.bets().count()).isLessThanOrEqualTo(batchBetsMax);
      next += batch.bets().count();
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
    CsvFiles files = CsvFiles.generate(folder, 1, BETS);
    Path file = folder.resolve("frames");
    FrameFile.write(3, files.csv(1), batchBetsMax, file);
    return FrameFile.read(file);
  }

  private static Message.Batch decode(ByteBuffer bytes) {
    byte[] frame = new byte[bytes.remaining()];
    bytes.get(frame);
    assertThat(Codec.decode(frame)).isInstanceOf(Message.Batch.class);
    return (Message.Batch) Codec.decode(frame);
  }
}
