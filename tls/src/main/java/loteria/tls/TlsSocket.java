package loteria.tls;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * A connection under TLS, as a socket that does what the programs ask of one. Unlike an {@link
 * SSLSocket}, it can be closed at once by any thread: that one would wait to say goodbye until
 * whoever is writing is done.
 */
public final class TlsSocket extends UnderSocket {
  private final SSLSocket over;

  TlsSocket(Socket under, SSLSocket over) {
    super(under);
    this.over = over;
  }

  SSLSession session() {
    return over.getSession();
  }

  /** What the other side says; why it refuses comes as an {@link UntrustedException}. */
  @Override
  public InputStream getInputStream() throws IOException {
    return new Heard(over.getInputStream());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return over.getOutputStream();
  }

  /** Says goodbye, and no more after it. */
  @Override
  public void shutdownOutput() throws IOException {
    over.shutdownOutput();
    if (!isOutputShutdown()) {
      super.shutdownOutput();
    }
  }

  private static final class Heard extends FilterInputStream {
    Heard(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (SSLException failed) {
        throw UntrustedException.of(failed);
      }
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      try {
        return super.read(into, from, length);
      } catch (SSLException failed) {
        throw UntrustedException.of(failed);
      }
    }
  }
}
