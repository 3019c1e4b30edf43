package loteria.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LogLimitTest {
  private long now = -TimeUnit.SECONDS.toNanos(5);
  private final LogLimit limit = new LogLimit(() -> now);

  private long allowed(String ip, int asked) {
    return IntStream.range(0, asked).filter(n -> limit.allows(ip)).count();
  }

  private void pass(long millis) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void anAddressHasABurstAndThenSoManyASecond() {
    assertThat(allowed("a", 1_000)).isEqualTo(LogLimit.BURST);
    pass(1_000);
    assertThat(allowed("a", 1_000)).isEqualTo(LogLimit.A_SECOND);
    pass(500);
    assertThat(allowed("a", 1_000)).isEqualTo(LogLimit.A_SECOND / 2);
    pass(3_600_000);
    assertThat(allowed("a", 1_000)).isEqualTo(LogLimit.BURST);
  }

  @Test
  void oneAddressLeavesTheOthersTheirLines() {
    assertThat(allowed("a", 1_000_000)).isEqualTo(LogLimit.BURST);
    assertThat(allowed("b", 10)).isEqualTo(10);
  }

  @Test
  void allTogetherAreLimitedHoweverManyAddressesTheyHave() {
    long lines = IntStream.range(0, 100_000).filter(n -> limit.allows("a" + n)).count();
    assertThat(lines).isEqualTo(LogLimit.BURST * LogLimit.ALL);
    pass(1_000);
    lines = IntStream.range(0, 100_000).filter(n -> limit.allows("a" + n)).count();
    assertThat(lines).isEqualTo(LogLimit.A_SECOND * LogLimit.ALL);
  }

  @Test
  void whatIsLeftOutIsToldOnceASecondAndAllOfItAtTheEnd() {
    assertThat(limit.takeLeftOut(false)).isZero();
    assertThat(allowed("a", LogLimit.BURST + 7)).isEqualTo(LogLimit.BURST);
    assertThat(limit.takeLeftOut(false)).isEqualTo(7);
    assertThat(allowed("a", 5)).isZero();
    assertThat(limit.takeLeftOut(false)).isZero();
    pass(1_000);
    assertThat(limit.takeLeftOut(false)).isEqualTo(5);
    assertThat(allowed("a", LogLimit.A_SECOND + 3)).isEqualTo(LogLimit.A_SECOND);
    assertThat(limit.takeLeftOut(true)).isEqualTo(3);
    assertThat(limit.takeLeftOut(true)).isZero();
  }
}
