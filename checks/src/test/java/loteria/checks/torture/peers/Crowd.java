package loteria.checks.torture.peers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import loteria.checks.process.Peer;

/**
 * Many connections that each begin a line, nearly as long as one may be, and stay. For one thread.
 */
public final class Crowd implements AutoCloseable {
  private static final byte[] BEGUN = "x".repeat(8_000).getBytes(US_ASCII);

  private final List<Peer> peers = new ArrayList<>();

  /** As many of them as the central takes before it is gone. */
  public static Crowd of(int count, int port) {
    Crowd crowd = new Crowd();
    try {
      while (crowd.peers.size() < count) {
        Peer peer = Peer.at(port);
        crowd.peers.add(peer);
        peer.send(BEGUN);
      }
    } catch (IOException _) {
      // The central is gone.
    }
    return crowd;
  }

  @Override
  public void close() {
    for (Peer peer : peers) {
      try {
        peer.close();
      } catch (IOException _) {
        // It is gone all the same.
      }
    }
  }

  @Override
  public String toString() {
    return peers.size() + " connections";
  }
}
