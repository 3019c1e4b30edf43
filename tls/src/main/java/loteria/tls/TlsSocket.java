package loteria.tls;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.OptionalInt;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * A connection under TLS, as a socket that does what the programs ask of one. Unlike an {@link
 * SSLSocket}, it can be closed at once by any thread: that one would wait to say goodbye until
 * whoever is writing is done.
 */
public final class TlsSocket extends Socket {
  private final Socket under;
  private final SSLSocket over;

  TlsSocket(Socket under, SSLSocket over) {
    this.under = under;
    this.over = over;
  }

  /**
   * The agency that the other side's certificate names; empty if it names none.
   *
   * @throws UntrustedException if the certificate is not valid now: a session that is resumed was
   *     not asked for it again
   */
  public OptionalInt agency() throws UntrustedException {
    return AgencyName.in(validCertificate());
  }

  /**
   * Requires that the other side's certificate is valid now.
   *
   * @throws UntrustedException if it is not
   */
  void requireValid() throws UntrustedException {
    X509Certificate _ = validCertificate();
  }

  private X509Certificate validCertificate() throws UntrustedException {
    try {
      X509Certificate certificate = (X509Certificate) over.getSession().getPeerCertificates()[0];
      certificate.checkValidity();
      return certificate;
    } catch (SSLPeerUnverifiedException unknown) {
      throw new UntrustedException("the other side shows no certificate", unknown);
    } catch (CertificateException invalid) {
      throw new UntrustedException(TlsFailures.ofCertificate(invalid), invalid);
    }
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

  @Override
  public void setSoTimeout(int millis) throws SocketException {
    under.setSoTimeout(millis);
  }

  /** Says goodbye, and no more after it. */
  @Override
  public void shutdownOutput() throws IOException {
    over.shutdownOutput();
    if (!under.isOutputShutdown()) {
      under.shutdownOutput();
    }
  }

  @Override
  public InetAddress getInetAddress() {
    return under.getInetAddress();
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
  public void close() throws IOException {
    under.close();
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
        throw TlsFailures.of(failed);
      }
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      try {
        return super.read(into, from, length);
      } catch (SSLException failed) {
        throw TlsFailures.of(failed);
      }
    }
  }
}
