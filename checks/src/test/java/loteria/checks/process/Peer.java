package loteria.checks.process;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import loteria.protocol.Decoded;
import loteria.protocol.FrameReader;

/** A connection to the central, over which a test says what it likes. For one thread. */
public final class Peer implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;
  private final FrameReader frames = new FrameReader();
  private final byte[] bytes = new byte[1 << 13];

  private Peer(Socket socket) {
    this.socket = socket;
  }

  public static Peer at(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new Peer(socket);
  }

  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Sends as many of the bytes as the central lets it. */
  public void sendWhatItTakes(byte[] bytes) {
    try {
      send(bytes);
    } catch (IOException _) {
      // The central has closed meanwhile.
    }
  }

  /**
   * The next message of the central.
   *
   * @throws EOFException if the central has closed
   */
  public Decoded receive() throws IOException {
    while (true) {
      switch (frames.next()) {
        case FrameReader.Whole whole -> {
          return whole.decode();
        }
        case FrameReader.Broken broken -> throw new AssertionError(broken);
        case FrameReader.NeedMore _ -> {
          int read = socket.getInputStream().read(bytes);
          if (read < 0) {
            throw new EOFException("the central closed");
          }
          frames.receive(bytes, 0, read);
        }
      }
    }
  }

  /** The next bytes, as text. */
  public String receiveText(int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
  }

  /** All that comes until the central closes. A reset, which unread bytes bring, is an end too. */
  public byte[] receiveToTheEnd() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      for (int read = socket.getInputStream().read();
          read >= 0;
          read = socket.getInputStream().read()) {
        all.write(read);
      }
    } catch (SocketException _) {
      // Reset.
    }
    return all.toByteArray();
  }

  /** The central has not closed, and says nothing. */
  public void assertOpen() throws IOException {
    socket.setSoTimeout(1);
    assertThatExceptionOfType(SocketTimeoutException.class)
        .isThrownBy(() -> socket.getInputStream().read());
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
