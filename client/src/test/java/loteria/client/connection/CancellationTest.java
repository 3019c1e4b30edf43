package loteria.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CancellationTest {
  @Test
  void aProgramThatDoesNotEndIsNotWaitedForLong() {
    long start = System.nanoTime();

    new Cancellation().cancel();

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(100), Duration.ofSeconds(10));
  }

  @Test
  void whatIsOpenedAfterTheCutIsClosed() throws IOException {
    Cancellation cancellation = new Cancellation();
    cancellation.end();
    cancellation.cancel();
    Socket late = new Socket();

    cancellation.hold(late);

    assertThat(late.isClosed()).isTrue();
  }
}
