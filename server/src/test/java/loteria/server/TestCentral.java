package loteria.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import loteria.protocol.Codec;
import loteria.runtime.settings.BadSettingException;
import loteria.runtime.settings.UsageException;
import loteria.server.ledger.Deadlines;

/** A whole central on a free port of the loopback, in a directory of its own. */
public final class TestCentral implements AutoCloseable {
  public final CapturedLog log = new CapturedLog();
  private final BlockingQueue<Throwable> halts = new LinkedBlockingQueue<>();
  private final List<Peer> peers = new ArrayList<>();
  private final Central central;

  private TestCentral(CentralSettings settings, Deadlines deadlines)
      throws BadSettingException, IOException {
    central = Central.open(settings, deadlines, log.log(), halts::add);
    central.serve();
  }

  public static TestCentral start(Path directory, int agencies) throws Exception {
    return start(directory, agencies, Deadlines.DEFAULT);
  }

  public static TestCentral start(Path directory, int agencies, Deadlines deadlines)
      throws Exception {
    return start(directory, deadlines, "--agencies=" + agencies);
  }

  public static TestCentral start(Path directory, Deadlines deadlines, String... flags)
      throws Exception {
    return new TestCentral(settings(directory, flags), deadlines);
  }

  /** A central that keeps its data elsewhere. */
  public static TestCentral startAt(Path directory, Path data) throws Exception {
    return start(directory, Deadlines.DEFAULT, "--data-directory=" + data);
  }

  /** Settings of a central on the loopback, which flags overrule. */
  public static CentralSettings settings(Path directory, String... flags)
      throws IOException, UsageException, BadSettingException {
    Path config = Files.writeString(directory.resolve("config.ini"), "[DEFAULT]\n");
    return CentralSettings.read(
        flags,
        Map.of(
            "LOTERIA_CONFIG", config.toString(),
            "LOTERIA_BIND", "127.0.0.1",
            "LOTERIA_STATUS", "off",
            "LOTERIA_DATA_DIRECTORY", directory.resolve("datos").toString(),
            "SERVER_PORT", "0"));
  }

  public int port() {
    return central.port();
  }

  /** A connection of a peer, which ends with the test. Of the test's own thread. */
  public Peer connect() throws IOException {
    Peer peer = Peer.connect(port());
    peers.add(peer);
    return peer;
  }

  /** A connection of an agency that was welcomed. */
  public Peer agency(int agency) throws IOException {
    Peer peer = connect();
    assertThat(peer.hello(agency).version()).isEqualTo(Codec.VERSION);
    return peer;
  }

  /** Closes the central alone, and leaves the peers. */
  public void closeCentral() {
    central.close();
  }

  @Override
  public void close() throws IOException {
    central.close();
    for (Peer peer : peers) {
      peer.close();
    }
    assertThat(halts).isEmpty();
  }
}
