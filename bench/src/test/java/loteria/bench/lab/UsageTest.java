package loteria.bench.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class UsageTest {
  @Test
  void whatThisProcessHasSpentIsWhatJavaSays() throws IOException {
    Duration before = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    Usage usage = Usage.of(ProcessHandle.current().pid());
    Duration after = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    double tick = 0.02;
    assertThat(usage.cpuSeconds())
        .isBetween(before.toMillis() / 1e3 - tick, after.toMillis() / 1e3 + tick);
  }

  @Test
  void residentMemoryIsThatOfAJvm() throws IOException {
    Usage usage = Usage.of(ProcessHandle.current().pid());
    assertThat(usage.residentBytesMax()).isBetween(10_000_000L, 100_000_000_000L);
    assertThat(usage.writtenBytes()).isNotNegative();
  }
}
