package loteria.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import loteria.runtime.HostPort;
import loteria.tls.Tls;
import loteria.tls.UntrustedException;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the central.
 *
 * @param address where it is
 * @param tls what to show it, and to know it by; null if the network is trusted
 * @param cancellation holds each connection, from before it is one
 */
record Dialer(HostPort address, @Nullable Tls tls, Cancellation cancellation) {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int HANDSHAKE_MILLIS = 10_000;

  /**
   * A socket connected to the address, whose name is looked up now.
   *
   * @throws UntrustedException if what answers there is not the central
   */
  Socket dial() throws IOException {
    InetSocketAddress resolved = new InetSocketAddress(address.host(), address.port());
    if (resolved.isUnresolved()) {
      throw new UnknownHostException(address + ": the name is not known");
    }
    Socket socket = new Socket(Proxy.NO_PROXY);
    try {
      cancellation.hold(socket);
      socket.setTcpNoDelay(true);
      socket.setSendBufferSize(ServerLink.SEND_BUFFER_BYTES);
      socket.setSoTimeout(ServerLink.SILENCE_MILLIS);
      socket.connect(resolved, CONNECT_MILLIS);
      // To close what is under it closes it.
      return tls == null
          ? socket
          : tls.connect(socket, address.host(), address.port(), HANDSHAKE_MILLIS);
    } catch (UntrustedException untrusted) {
      socket.close();
      throw untrusted;
    } catch (IOException failed) {
      socket.close();
      throw new IOException(address + ": " + failed.getMessage(), failed);
    }
  }
}
