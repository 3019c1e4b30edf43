package loteria.server.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import loteria.server.TestCentral;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {
  private static final int NO_PORT = 1;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path directory;

  private Path data() {
    return directory.resolve("datos");
  }

  @Test
  void isWellWhileTheCentralAnswersAndLeavesNoLine() throws Exception {
    try (TestCentral central = TestCentral.start(directory, 1)) {
      central.log.await(1, "action: open_control | result: success");
      central.log.await(1, "action: accept_connections | result: in_progress");
      int before = central.log.lines().size();
      Health.ask(data(), NO_PORT);
      Health.ask(data(), NO_PORT);
      assertThat(central.log.lines()).hasSize(before);
    }
    assertThatIOException().isThrownBy(() -> Health.ask(data(), NO_PORT));
  }

  @Test
  void isNotWellWhenTheSocketWasLeftByACentralThatIsGone() throws Exception {
    Files.createDirectory(data());
    try (ServerSocketChannel gone = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      gone.bind(UnixDomainSocketAddress.of(data().resolve(ControlPath.NAME)));
    }
    assertThatIOException().isThrownBy(() -> Health.ask(data(), NO_PORT));
  }

  @Test
  void asksByAConnectionWhereThereIsNoSocket() throws Exception {
    try (TestCentral central = TestCentral.start(directory, 1)) {
      Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
      assertThatNoException().isThrownBy(() -> Health.ask(elsewhere, central.port()));
    }
  }
}
