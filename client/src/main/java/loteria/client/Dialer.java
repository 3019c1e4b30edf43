package loteria.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import loteria.runtime.HostPort;
import loteria.tls.Tls;
import loteria.tls.UntrustedException;
import org.jspecify.annotations.Nullable;

/**
 * Connects to one of the centrals. It stays with one until {@link #moveOn}; then it is the turn of
 * the next: of the next IP address that the name has, and after its last one of the next of the
 * addresses. After the last of these comes the first again.
 *
 * <p>For the program's main thread.
 */
final class Dialer {
  /** How many of a name's IP addresses are tried. */
  static final int IPS_MAX = 16;

  /** Finds the IP addresses of a name: at least one. */
  @FunctionalInterface
  interface Names {
    InetAddress[] find(String name) throws UnknownHostException;
  }

  private static final int CONNECT_MILLIS = 5_000;
  private static final int HANDSHAKE_MILLIS = 10_000;

  private final Addresses addresses;
  private final @Nullable Tls tls;
  private final Cancellation cancellation;
  private final Names names;

  /** How many IP addresses each name had when it was looked up last; 1 before that. */
  private final int[] ips;

  private int turn;

  /** IP addresses of the present name that have had their turn. */
  private final Set<InetAddress> tried = new HashSet<>();

  /** The IP address that was dialed last; null if the present name is not known. */
  private @Nullable InetAddress present;

  /**
   * A dialer that begins with the first of the addresses.
   *
   * @param tls what to show a central, and to know it by; null if the network is trusted
   * @param cancellation holds each connection, from before it is one
   */
  Dialer(Addresses addresses, @Nullable Tls tls, Cancellation cancellation) {
    this(addresses, tls, cancellation, new Resolver());
  }

  /** As the other one, with names that are found elsewhere. */
  Dialer(Addresses addresses, @Nullable Tls tls, Cancellation cancellation, Names names) {
    this.addresses = addresses;
    this.tls = tls;
    this.cancellation = cancellation;
    this.names = names;
    this.ips = new int[addresses.all().size()];
    Arrays.fill(ips, 1);
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /** The address whose turn it is. */
  HostPort address() {
    return addresses.all().get(turn);
  }

  /** How many there are to be tried, as far as is known: each IP address of each name. */
  int count() {
    int count = 0;
    for (int each : ips) {
      count += each;
    }
    return count;
  }

  /** The one whose turn it was does not serve: it is the next one's turn. */
  void moveOn() {
    if (present != null) {
      tried.add(present);
    }
    if (present == null || tried.size() >= ips[turn]) {
      tried.clear();
      present = null;
      turn = (turn + 1) % ips.length;
    }
  }

  /**
   * A socket connected to the one whose turn it is. The name is looked up now.
   *
   * @throws UntrustedException if what answers there is not the central
   */
  Socket dial() throws IOException {
    HostPort address = address();
    InetAddress ip = lookUp(address.host());
    if (ip == null) {
      throw new UnknownHostException(address + ": the name is not known");
    }
    Socket socket = new Socket(Proxy.NO_PROXY);
    try {
      cancellation.hold(socket);
      socket.setTcpNoDelay(true);
      socket.setSendBufferSize(ServerLink.SEND_BUFFER_BYTES);
      socket.setSoTimeout(ServerLink.SILENCE_MILLIS);
      socket.connect(new InetSocketAddress(ip, address.port()), CONNECT_MILLIS);
      // To close what is under it closes it.
      return tls == null
          ? socket
          : tls.connect(socket, address.host(), address.port(), HANDSHAKE_MILLIS);
    } catch (UntrustedException untrusted) {
      socket.close();
      throw untrusted;
    } catch (IOException failed) {
      socket.close();
      String which = ips[turn] == 1 ? "" : " (" + ip.getHostAddress() + ")";
      throw new IOException(address + which + ": " + failed.getMessage(), failed);
    }
  }

  /** The IP address of that name whose turn it is; null if the name is not known. */
  private @Nullable InetAddress lookUp(String host) {
    ips[turn] = 1;
    present = null;
    try {
      InetAddress[] found = names.find(host);
      int count = Math.min(found.length, IPS_MAX);
      ips[turn] = count;
      present = found[0]; // if all have had their turn
      for (int index = count - 1; index >= 0; index--) {
        if (!tried.contains(found[index])) {
          present = found[index];
        }
      }
    } catch (UnknownHostException _) {
      // It may be known next time.
    }
    return present;
  }

  /** The machine's. Not a lambda, which the JVM would have to link while an agency starts. */
  private record Resolver() implements Names {
    @Override
    public InetAddress[] find(String name) throws UnknownHostException {
      return InetAddress.getAllByName(name);
    }
  }
}
