package loteria.client.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import loteria.runtime.settings.HostPort;
import loteria.tls.Tls;
import loteria.tls.UntrustedException;
import org.jspecify.annotations.Nullable;

/**
 * Connects to one of the centrals. It stays with one until {@link #waitForNext}; then it is the
 * turn of the next: of the next IP address that the name has, and after its last one of the next of
 * the addresses. After the last of these comes the first again.
 *
 * <p>For the program's main thread.
 */
public class Dialer {
  /** How many of a name's IP addresses are tried. */
  static final int IPS_MAX = 16;

  /** Is told of attempts that did not succeed. */
  public interface Log {
    /** Nothing has failed as long as there is patience. */
    void retrying(HostPort address, String why, Duration wait);

    /** Patience is over, and none of them serves. */
    void unreachable(Addresses addresses, String why);
  }

  private static final int CONNECT_MILLIS = 5_000;
  private static final int HANDSHAKE_MILLIS = 10_000;

  private final Addresses addresses;
  private final @Nullable Tls tls;
  private final Cancellation cancellation;

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
  public Dialer(Addresses addresses, @Nullable Tls tls, Cancellation cancellation) {
    this.addresses = addresses;
    this.tls = tls;
    this.cancellation = cancellation;
    this.ips = new int[addresses.all().size()];
    Arrays.fill(ips, 1);
  }

  public final Cancellation cancellation() {
    return cancellation;
  }

  /** The address whose turn it is. */
  public final HostPort address() {
    return addresses.all().get(turn);
  }

  /** How many there are to be tried, as far as is known: each IP address of each name. */
  private int count() {
    int count = 0;
    for (int each : ips) {
      count += each;
    }
    return count;
  }

  /**
   * The one whose turn it was does not serve, as the reason says: waits, and it is the next one's
   * turn.
   *
   * @return false if patience is over
   */
  public final boolean waitForNext(String why, RetryPolicy retries, Log log)
      throws InterruptedException {
    Optional<Duration> wait = retries.next(count());
    if (wait.isEmpty()) {
      log.unreachable(addresses, why);
      return false;
    }
    log.retrying(address(), why, wait.get());
    moveOn();
    cancellation.sleep(wait.get());
    return true;
  }

  private void moveOn() {
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
  public final Socket dial() throws IOException {
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
      InetAddress[] found = find(host);
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

  /** The IP addresses of a name, as the machine knows them: at least one. */
  protected InetAddress[] find(String name) throws UnknownHostException {
    return InetAddress.getAllByName(name);
  }
}
