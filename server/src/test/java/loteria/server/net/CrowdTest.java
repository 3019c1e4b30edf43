package loteria.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSocket;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import loteria.server.Bet;
import loteria.server.Peer;
import loteria.server.SampleBets;
import loteria.server.ledger.Deadlines;
import loteria.server.ledger.FaultyDisk;
import loteria.tls.Tls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Very many peers, and what they share. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrowdTest {
  private static final long FOREVER = 60_000;
  private static final Deadlines PATIENT =
      new Deadlines(FOREVER, FOREVER, FOREVER, FOREVER, FOREVER, 200, FOREVER);
  private static final int UNFINISHED_BYTES = 8_000;

  private final TestTls tls;
  private final FaultyDisk disk = new FaultyDisk(0);

  CrowdTest(@TempDir Path folder) {
    tls = new TestTls(folder);
  }

  // Memory.

  /** The oldest unfinished peers make room for the younger, and nobody else is harmed. */
  @Test
  void boundsWhatPeersHoldThatHaveNotShownWhoTheyAre() throws Exception {
    int room = 50;
    Loop.Bounds bounds = new Loop.Bounds(1_000, room * 8_192L, 1 << 20);
    byte[] unfinished = Codec.encode(SampleBets.part(SampleBets.file(1, 120), 0, 120));
    byte[] line = new byte[UNFINISHED_BYTES];
    Arrays.fill(line, (byte) 'x');
    List<Peer> crowd = new ArrayList<>();
    try (TestLoop loop = TestLoop.start(disk, null, 2, PATIENT, bounds);
        Peer honest = loop.agency(1)) {
      List<Bet> file = SampleBets.file(1, 200);
      for (int i = 0; i < 4 * room; i++) {
        Peer peer = loop.connect();
        crowd.add(peer);
        peer.sendBytes(i % 2 == 0 ? Arrays.copyOf(unfinished, unfinished.length - 1) : line);
        if (i % 20 == 0) {
          honest.send(SampleBets.part(file, i, i + 20));
          honest.awaitStoredAtLeast(i + 20);
        }
      }
      loop.log.await(3 * room - 10, "the memory for such is used up");
      await().until(() -> loop.figures.openConnections() <= 1 + room + 10);
      assertThat(loop.figures.openConnections()).isGreaterThan(room / 2);
      crowd.getFirst().assertEnds();
      honest.send(SampleBets.part(file, 180, 181));
      try (Peer second = loop.agency(2)) {
        second.upload(2, SampleBets.file(2, 50), 10);
      }
      assertThat(loop.halts).isEmpty();
    } finally {
      for (Peer peer : crowd) {
        peer.close();
      }
    }
  }

  @Test
  void holdsNoBufferForConnectionsThatAreIdle() throws Exception {
    int idle = 1_500;
    List<Peer> crowd = new ArrayList<>();
    try (TestLoop loop = TestLoop.start(disk, idle, PATIENT)) {
      crowd.add(loop.agency(1));
      long before = usedBytes();
      List<Socket> sockets = new ArrayList<>();
      for (int agency = 2; agency <= idle; agency++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), loop.port());
        sockets.add(socket);
        socket.getOutputStream().write(Codec.encode(Peer.helloOf(agency)));
        assertThat(socket.getInputStream().readNBytes(24)).hasSize(24);
      }
      long each = (usedBytes() - before) / idle;
      assertThat(each).as("bytes of heap a connection, both ends").isLessThan(4_000);
      for (Socket socket : sockets) {
        socket.close();
      }
    } finally {
      for (Peer peer : crowd) {
        peer.close();
      }
    }
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  // Too many.

  @Test
  void tellsOneTooManyThatItIsBusy() throws Exception {
    Loop.Bounds bounds = new Loop.Bounds(2, 1 << 20, 1 << 20);
    try (TestLoop loop = TestLoop.start(disk, null, 3, PATIENT, bounds);
        Peer first = loop.agency(1)) {
      Peer second = loop.agency(2);
      try (Peer third = loop.connect()) {
        assertThat(third.next())
            .isEqualTo(new Message.Refused(Refusal.BUSY, 0, 0, "2 connections are open"));
        third.assertEnds();
      }
      assertThat(loop.figures.refusals(Refusal.BUSY)).isEqualTo(1);
      second.close();
      loop.log.await(2, "close_connection");
      try (Peer again = loop.agency(3)) {
        again.upload(3, SampleBets.file(3, 5), 5);
      }
      first.upload(1, SampleBets.file(1, 5), 5);
    }
  }

  /** What cannot be said under TLS is not said at all: in plain text it would end an agency. */
  @Test
  void closesOnOneTooManyUnderTlsWithoutAWord() throws Exception {
    Loop.Bounds bounds = new Loop.Bounds(1, 1 << 20, 1 << 20);
    try (TestLoop loop = TestLoop.start(disk, centrals(), 3, PATIENT, bounds);
        Socket first = TestTls.plain(loop.port())) {
      await().until(() -> loop.figures.openConnections() == 1);
      try (Socket second = TestTls.plain(loop.port())) {
        assertThat(second.getInputStream().readAllBytes()).isEmpty();
      }
      assertThat(loop.figures.refusals(Refusal.BUSY)).isEqualTo(1);
      assertThat(first.isConnected()).isTrue();
    }
  }

  // Handshakes.

  /** Places for handshakes that peers took who have left are given to those who wait. */
  @Test
  void beginsTheNextHandshakeWhenThoseBeforeCameToNothing() throws Exception {
    List<Socket> crowd = new ArrayList<>();
    try (TestLoop loop = TestLoop.start(disk, centrals(), 3, PATIENT, Loop.Bounds.DEFAULT)) {
      for (int i = 0; i < 3 * TlsGate.HANDSHAKES_MAX; i++) {
        Socket socket = TestTls.plain(loop.port());
        crowd.add(socket);
        boolean begins = i < TlsGate.HANDSHAKES_MAX;
        socket.getOutputStream().write(begins ? new byte[] {0x16, 3, 1, 2, 0, 1} : new byte[1]);
      }
      await().until(() -> loop.figures.openConnections() == crowd.size());
      for (Socket socket : crowd) {
        socket.setSoLinger(true, 0);
        socket.close();
      }
      try (Socket agency = tls.connect(tls.agency(1), loop.port())) {
        agency.getOutputStream().write(Codec.encode(Peer.helloOf(1)));
        assertThat(agency.getInputStream().readNBytes(24)).hasSize(24);
      }
      assertThat(loop.halts).isEmpty();
    } finally {
      for (Socket socket : crowd) {
        socket.close();
      }
    }
  }

  /** Each request for new keys is answered by a record, which it does not read. */
  @Test
  void cutsOffAPeerThatHasItWriteWhileItReadsAndNeverReads() throws Exception {
    Deadlines unread = new Deadlines(FOREVER, FOREVER, FOREVER, FOREVER, 300, 200, FOREVER);
    try (TestLoop loop = TestLoop.start(disk, centrals(), 3, unread, Loop.Bounds.DEFAULT);
        Socket socket = new Socket()) {
      socket.setReceiveBufferSize(1024);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), loop.port()));
      SSLSocket agency = // the JDK's own, which can ask for new keys
          (SSLSocket)
              tls.context(tls.agency(1))
                  .getSocketFactory()
                  .createSocket(socket, "localhost", loop.port(), true);
      agency.getOutputStream().write("hola\n".getBytes(StandardCharsets.UTF_8));
      boolean cut = false;
      try {
        while (!cut) {
          agency.startHandshake(); // TLS 1.3: a KeyUpdate that requests one
        }
      } catch (SocketException closed) {
        cut = true;
      }
      assertThat(cut).isTrue();
      loop.log.await(1, "close_connection");
      assertThat(loop.halts).isEmpty();
    }
  }

  private Tls centrals() throws IOException {
    return tls.open(tls.central("localhost"));
  }
}
