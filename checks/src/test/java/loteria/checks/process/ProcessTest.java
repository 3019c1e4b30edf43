package loteria.checks.process;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of programs in a folder of their own; when it has ended, each of them is gone. */
public abstract class ProcessTest {
  protected @TempDir Path folder;
  protected Programs programs;

  @BeforeEach
  final void preparePrograms() throws IOException {
    programs = Programs.in(folder);
  }

  @AfterEach
  final void endPrograms() {
    programs.close();
  }
}
