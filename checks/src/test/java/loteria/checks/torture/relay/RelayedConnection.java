package loteria.checks.torture.relay;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import loteria.checks.torture.evidence.Promises;
import loteria.protocol.Decoded;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;

/** A connection of an agency to the central, through a {@link Relay}: two pumps, one each way. */
final class RelayedConnection implements AutoCloseable {
  /** How long nothing has to come for a moment to have passed. */
  private static final int IDLE_MILLIS = 20;

  private final Socket agency;
  private final Socket central;
  private final Promises promises;
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger ends = new AtomicInteger();
  // Written by the pump to the central when it has seen Hello, before the central can answer.
  private volatile int agencyNumber;

  RelayedConnection(Socket agency, Socket central, Promises promises) throws IOException {
    this.agency = agency;
    this.central = central;
    this.promises = promises;
    for (Socket socket : new Socket[] {agency, central}) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(IDLE_MILLIS);
    }
  }

  void start(Mischief toCentral, Mischief toAgency) {
    Thread.ofVirtual().start(() -> pump(agency, new Way(this, central, over), toCentral));
    Thread.ofVirtual().start(() -> pump(central, new Way(this, agency, over), toAgency));
  }

  private void pump(Socket from, Way way, Mischief mischief) {
    FrameReader frames = new FrameReader();
    byte[] bytes = new byte[1 << 14];
    try {
      boolean more = true;
      while (more) {
        switch (frames.next()) {
          case FrameReader.Whole whole -> {
            note(whole.decode());
            ByteBuffer record = whole.record();
            byte[] frame = new byte[record.remaining()];
            record.get(frame);
            mischief.frame(frame, way);
          }
          case FrameReader.Broken(_, String reason) -> throw new IOException(reason);
          case FrameReader.NeedMore _ -> more = fill(frames, bytes, from, way, mischief);
        }
      }
      mischief.idle(way);
      way.end();
      if (ends.incrementAndGet() == 2) {
        close();
      }
    } catch (IOException _) {
      // Either side is gone, or mischief has closed the connection.
      close();
    }
  }

  private static boolean fill(
      FrameReader frames, byte[] bytes, Socket from, Way way, Mischief mischief)
      throws IOException {
    try {
      int read = from.getInputStream().read(bytes);
      if (read > 0) {
        frames.receive(bytes, 0, read);
      }
      return read >= 0;
    } catch (SocketTimeoutException _) {
      mischief.idle(way);
      return true;
    }
  }

  /** What a whole frame says. */
  static Decoded decoded(byte[] frame) {
    if (FrameReader.decode(ByteBuffer.wrap(frame)) instanceof FrameReader.Whole whole) {
      return whole.decode();
    }
    throw new IllegalArgumentException("no whole frame");
  }

  private void note(Object said) {
    switch (said) {
      case Message.Hello hello -> agencyNumber = hello.agency();
      case Message.FromCentral word -> promises.note(agencyNumber, word);
      default -> {}
    }
  }

  /** Closes both sides in such a way that each hears of a reset. */
  void reset() {
    try {
      agency.setSoLinger(true, 0);
      central.setSoLinger(true, 0);
    } catch (IOException _) {
      // Closed already.
    }
    close();
  }

  /** Thread-safe and idempotent. */
  @Override
  public void close() {
    over.countDown();
    for (Socket socket : new Socket[] {agency, central}) {
      try {
        socket.close();
      } catch (IOException _) {
        // Nothing more can be done for it.
      }
    }
  }
}
