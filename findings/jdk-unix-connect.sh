#!/usr/bin/env bash
# JDK 25 on Linux: a non-blocking connect() to a Unix domain socket without room fails and closes the channel, where TCP's is pending.
#
# By the Javadoc a non-blocking connect() that cannot be done at once returns false, and finishConnect() ends it later. So one would
# expect of a server that has not accepted its last connections yet what TCP does: false, and OP_CONNECT when there is room. Seen:
# SocketException "Resource temporarily unavailable", and the channel is closed: the connection has to be tried again with a new one,
# and nothing says when. connect(2) tells of it as EAGAIN; the Javadoc does not. A blocking channel waits instead, and has no timeout.
# A server of Java's has room for some 50 waiting connections, unless bind() is told otherwise. So a selector that serves both kinds of
# address loses connections of the one in a burst. Ours are blocking ones (ControlClient, Health).
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

cat >"$folder/Connect.java" <<'END'
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class Connect {
  /** They stay open, so that nothing but an accept makes room. */
  static final List<SocketChannel> OPENED = new ArrayList<>();

  public static void main(String[] arguments) throws Exception {
    try (var tcp = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1)) {
      fill("TCP", tcp);
    }
    try (var unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      fill("Unix", unix.bind(UnixDomainSocketAddress.of(Path.of(arguments[0])), 1));
    }
  }

  static void fill(String kind, ServerSocketChannel server) throws IOException {
    for (int number = 1; number <= 4; number++) {
      connect(kind + ", connection " + number, server.getLocalAddress());
    }
    server.accept().close();
    connect(kind + ", after an accept", server.getLocalAddress());
  }

  static void connect(String name, SocketAddress address) throws IOException {
    SocketChannel channel = address instanceof UnixDomainSocketAddress
        ? SocketChannel.open(StandardProtocolFamily.UNIX)
        : SocketChannel.open();
    OPENED.add(channel);
    channel.configureBlocking(false);
    String is;
    try {
      is = channel.connect(address) || channel.isConnectionPending() ? "connected, or pending" : "neither";
    } catch (IOException refused) {
      is = refused + ", open: " + channel.isOpen();
    }
    System.out.println(name + ": " + is);
  }
}
END
run Connect "$folder/socket" >"$folder/out" 2>&1
seen "$folder/out" <<'END'
TCP, connection 1: connected, or pending
TCP, connection 2: connected, or pending
TCP, connection 3: connected, or pending
TCP, connection 4: connected, or pending
TCP, after an accept: connected, or pending
Unix, connection 1: connected, or pending
Unix, connection 2: connected, or pending
Unix, connection 3: java.net.SocketException: Resource temporarily unavailable, open: false
Unix, connection 4: java.net.SocketException: Resource temporarily unavailable, open: false
Unix, after an accept: connected, or pending
END
