package loteria.checks.torture.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import loteria.testing.Command;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk in trouble under a program that writes three times 100 bytes and syncs once. */
final class TroubledDiskTest {
  @TempDir Path folder;
  private Path directory;
  private Path file;

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue(TroubledDisk.unavailable().isEmpty(), "a C compiler");
    directory = Files.createDirectory(folder.resolve("data"));
    file = directory.resolve("file");
  }

  private int exitOn(TroubledDisk disk) {
    Command write =
        Command.of("dd", "if=/dev/zero", "of=" + file, "bs=100", "count=3", "conv=fsync");
    disk.environment().forEach(write::with);
    return write.run().exit();
  }

  @Test
  void leavesAnUntroubledProgramAlone() throws IOException {
    Path trace = folder.resolve("trace");
    assertThat(exitOn(TroubledDisk.under(directory).tracedIn(trace))).isZero();
    assertThat(file).hasSize(300);
    assertThat(trace)
        .hasContent("start\nwrite file 0 100\nwrite file 100 100\nwrite file 200 100\nsync file\n");
  }

  @Test
  void killsAtTheByte() throws IOException {
    assertThat(exitOn(TroubledDisk.under(directory).with("byte 150 killed"))).isEqualTo(137);
    assertThat(file).hasSize(150);
  }

  @Test
  void failsTheCallThatItIsTold() throws IOException {
    assertThat(exitOn(TroubledDisk.under(directory).with("sync 1 EIO"))).isEqualTo(1);
    assertThat(file).hasSize(300);
    assertThat(exitOn(TroubledDisk.under(directory).with("write 2 EIO"))).isEqualTo(1);
    assertThat(file).hasSize(100);
  }

  @Test
  void hasNoRoomOnceAndThenAgain() throws IOException {
    assertThat(exitOn(TroubledDisk.under(directory).with("byte 50 ENOSPC"))).isEqualTo(1);
    assertThat(file).hasSize(50);
  }

  @Test
  void losesWhatAFailedSyncLeftInTheCache() throws IOException {
    Path trace = folder.resolve("trace");
    Files.write(file, new byte[] {1, 2, 3, 4});
    Files.writeString(trace, "start\nwrite file 0 1\nsync file\nwrite file 1 1\n");
    Trace.of(trace, "file").losePower(file);
    assertThat(file).hasBinaryContent(new byte[] {1});

    Files.write(file, new byte[] {1, 2, 3, 4});
    Files.writeString(
        trace, "start\nwrite file 0 2\nfailed sync file\nstart\nwrite file 3 1\nsync file\n");
    Trace.of(trace, "file").losePower(file);
    assertThat(file).hasBinaryContent(new byte[] {0, 0, 0, 4});
  }
}
