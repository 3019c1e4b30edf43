package loteria.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import loteria.journal.Directory;
import loteria.lottery.Draw;
import loteria.protocol.Codec;
import loteria.server.CapturedLog;
import loteria.server.Figures;
import loteria.server.Peer;
import loteria.server.ledger.Deadlines;
import loteria.server.ledger.FaultyDisk;
import loteria.server.ledger.Ledger;
import loteria.server.status.SyncTimes;
import loteria.tls.Tls;
import org.jspecify.annotations.Nullable;

/** A loop over the loopback, with a ledger in a directory that a test makes. */
final class TestLoop implements AutoCloseable {
  static final int PATIENCE_SECONDS = 10;

  final CapturedLog log = new CapturedLog();
  final Figures figures;
  final BlockingQueue<Throwable> halts = new LinkedBlockingQueue<>();
  final Loop loop;
  private final int port;
  private final int peerPort;

  private TestLoop(
      Directory directory,
      @Nullable Tls tls,
      int agencies,
      Deadlines deadlines,
      Loop.Bounds bounds,
      @Nullable String owner)
      throws IOException {
    figures = new Figures(agencies);
    ServerSocketChannel listener =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    loop =
        new Loop(
            listener,
            tls == null ? null : new TlsGate(tls, log.log()),
            directory,
            deadlines,
            bounds,
            figures,
            new SyncTimes(),
            log.log(),
            halts::add);
    port = loop.port();
    ServerSocketChannel peers =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    peerPort = peers.socket().getLocalPort();
    loop.servePeers(peers);
    Ledger ledger =
        Ledger.open(
            directory,
            figures,
            new Ledger.Settings(
                OptionalInt.of(Draw.NUMBER),
                Ledger.WINDOW,
                loop,
                InstantSource.system(),
                System::nanoTime),
            log.log());
    loop.start(owner == null ? ledger : new Elsewhere(ledger, owner));
  }

  static TestLoop start(Directory directory, int agencies) throws IOException {
    return start(directory, agencies, Deadlines.DEFAULT);
  }

  static TestLoop start(Directory directory, int agencies, Deadlines deadlines) throws IOException {
    return new TestLoop(directory, null, agencies, deadlines, Loop.Bounds.DEFAULT, null);
  }

  static TestLoop start(
      Directory directory, @Nullable Tls tls, int agencies, Deadlines deadlines, Loop.Bounds bounds)
      throws IOException {
    return new TestLoop(directory, tls, agencies, deadlines, bounds, null);
  }

  /** A loop that has every agency's connection carried to that central. */
  static TestLoop relaying(String owner, @Nullable Tls tls, Deadlines deadlines, Loop.Bounds bounds)
      throws IOException {
    return new TestLoop(new FaultyDisk(0), tls, 2, deadlines, bounds, owner);
  }

  Peer connect() throws IOException {
    return Peer.connect(port);
  }

  int port() {
    return port;
  }

  /** Where other centrals come in. */
  String peerAddress() {
    return "127.0.0.1:" + peerPort;
  }

  int peerPort() {
    return peerPort;
  }

  /** A connection of an agency that was welcomed. */
  Peer agency(int agency) throws IOException {
    Peer peer = connect();
    assertThat(peer.hello(agency).version()).isEqualTo(Codec.VERSION);
    return peer;
  }

  /** What has ended the process. */
  Throwable halted() throws InterruptedException {
    Throwable cause = halts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (cause == null) {
      throw new AssertionError("it has not halted");
    }
    return cause;
  }

  /** The loop ends, as when the try block does. */
  void end() {
    close();
  }

  @Override
  public void close() {
    loop.close();
  }
}
