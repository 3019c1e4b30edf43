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
class TestLoop implements AutoCloseable {
  static final int PATIENCE_SECONDS = 10;

  final CapturedLog log = new CapturedLog();
  final Figures figures;
  final BlockingQueue<Throwable> halts = new LinkedBlockingQueue<>();
  final Loop loop;
  final Directory directory;
  private final int port;
  private final int peerPort;

  /** A loop that serves nothing yet. */
  TestLoop(
      Directory directory, @Nullable Tls tls, int agencies, Deadlines deadlines, Loop.Bounds bounds)
      throws IOException {
    this.directory = directory;
    figures = new Figures(agencies);
    loop =
        new Loop(
            bound(),
            tls == null ? null : new TlsGate(tls, log.log()),
            directory,
            deadlines,
            bounds,
            figures,
            new SyncTimes(),
            log.log(),
            this::halt);
    port = loop.port();
    ServerSocketChannel peers = bound();
    peerPort = peers.socket().getLocalPort();
    loop.servePeers(peers);
  }

  private static ServerSocketChannel bound() throws IOException {
    return ServerSocketChannel.open()
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
  }

  void halt(Throwable cause) {
    halts.add(cause);
  }

  final Ledger.Settings rules(OptionalInt number) {
    return new Ledger.Settings(
        number, Ledger.WINDOW, loop, InstantSource.system(), System::nanoTime);
  }

  private Ledger ledger() throws IOException {
    return Ledger.open(directory, figures, rules(OptionalInt.of(Draw.NUMBER)), log.log());
  }

  static TestLoop start(Directory directory, int agencies) throws IOException {
    return start(directory, agencies, Deadlines.DEFAULT);
  }

  static TestLoop start(Directory directory, int agencies, Deadlines deadlines) throws IOException {
    return start(directory, null, agencies, deadlines, Loop.Bounds.DEFAULT);
  }

  static TestLoop start(
      Directory directory, @Nullable Tls tls, int agencies, Deadlines deadlines, Loop.Bounds bounds)
      throws IOException {
    TestLoop started = new TestLoop(directory, tls, agencies, deadlines, bounds);
    started.loop.start(started.ledger());
    return started;
  }

  /** A loop that has every agency's connection carried to that central. */
  static TestLoop relaying(String owner, @Nullable Tls tls, Deadlines deadlines, Loop.Bounds bounds)
      throws IOException {
    TestLoop started = new TestLoop(new FaultyDisk(0), tls, 2, deadlines, bounds);
    started.loop.start(new Elsewhere(started.ledger(), owner));
    return started;
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
