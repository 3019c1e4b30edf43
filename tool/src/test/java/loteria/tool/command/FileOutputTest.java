package loteria.tool.command;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class FileOutputTest {
  private static final Path FULL = Path.of("/dev/full");

  @Test
  void aFailureNamesTheFile() throws IOException {
    assumeTrue(Files.isWritable(FULL), "there is no /dev/full");
    try (OutputStream out = new FileOutput(FULL, Files.newOutputStream(FULL))) {
      assertThatExceptionOfType(FileSystemException.class)
          .isThrownBy(() -> out.write(new byte[3]))
          .withMessage("/dev/full: No space left on device");
      assertThatExceptionOfType(FileSystemException.class)
          .isThrownBy(() -> out.write(3))
          .withMessage("/dev/full: No space left on device");
    }
  }
}
