package loteria.tls;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/**
 * A socket that is another one, but for what a subclass does otherwise: of its methods those that
 * the programs call, and those that the JDK's TLS calls on what is under it.
 */
class UnderSocket extends Socket {
  private final Socket under;

  UnderSocket(Socket under) {
    this.under = under;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return under.getInputStream();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return under.getOutputStream();
  }

  @Override
  public InetAddress getInetAddress() {
    return under.getInetAddress();
  }

  @Override
  public int getPort() {
    return under.getPort();
  }

  @Override
  public void setSoTimeout(int millis) throws SocketException {
    under.setSoTimeout(millis);
  }

  @Override
  public int getSoTimeout() throws SocketException {
    return under.getSoTimeout();
  }

  @Override
  public int getSoLinger() throws SocketException {
    return under.getSoLinger();
  }

  @Override
  public boolean isConnected() {
    return under.isConnected();
  }

  @Override
  public boolean isClosed() {
    return under.isClosed();
  }

  @Override
  public boolean isOutputShutdown() {
    return under.isOutputShutdown();
  }

  @Override
  public void shutdownOutput() throws IOException {
    under.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    under.close();
  }

  /**
   * The connection under TLS, in which a write does not fail. With TLS 1.3 a peer may refuse our
   * certificate after our handshake is done, say why, and close; if the JDK's TLS saw then that a
   * write fails, it would never read why. That a peer is gone is found by reading.
   */
  static final class Patient extends UnderSocket {
    Patient(Socket under) {
      super(under);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new Writing(super.getOutputStream());
    }

    private static final class Writing extends FilterOutputStream {
      Writing(OutputStream out) {
        super(out);
      }

      @Override
      public void write(byte[] bytes, int from, int length) {
        try {
          out.write(bytes, from, length);
        } catch (IOException _) {
          // See above.
        }
      }

      @Override
      public void flush() {
        // Nothing is held back here.
      }
    }
  }
}
