package loteria.bench.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GarbageTest {
  @Test
  void everyPauseFreesWhatItSays() {
    List<String> log =
        List.of(
            "[0.004s][info][gc] Using Serial",
            "[0.812s][info][gc] GC(0) Pause Young (Allocation Failure) 68M->3M(247M) 4.512ms",
            "[1.105s][info][gc] GC(1) Pause Young (Allocation Failure) 71M->2M(247M) 1.002ms",
            "[1.909s][info][gc] GC(2) Pause Full (System.gc()) 20M->1M(247M) 6.100ms");
    assertThat(Garbage.collected(log)).isEqualTo((65 + 69 + 19) * 1024L * 1024);
  }

  @Test
  void aLogWithoutPausesHasNone() {
    assertThat(Garbage.collected(List.of("[0.004s][info][gc] Using Serial"))).isZero();
  }
}
