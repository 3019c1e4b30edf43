#!/usr/bin/env bash
# JDK 25, Selector: the peer of a channel with SO_LINGER 0 hears nothing of close() before the next select.
#
# A channel that is registered keeps its descriptor until its key is taken out, in the next select. By default close() shuts the
# connection down at once, so that the peer notices nothing of this. With SO_LINGER 0, which is set to have a connection reset at
# once, it does not: isOpen() is false, and the peer waits for as long as the loop does not select.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

cat >"$folder/Closed.java" <<'END'
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

class Closed {
  public static void main(String[] arguments) throws IOException {
    for (boolean linger : new boolean[] {false, true}) {
      try (Selector selector = Selector.open();
          ServerSocketChannel listener =
              ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
          Socket peer = new Socket(InetAddress.getLoopbackAddress(), listener.socket().getLocalPort())) {
        SocketChannel channel = listener.accept();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        if (linger) {
          channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        channel.close();
        System.out.println((linger ? "SO_LINGER 0" : "default") + ", closed, isOpen " + channel.isOpen());
        System.out.println("  the peer, before the next select: " + heard(peer));
        selector.selectNow();
        System.out.println("  the peer, after it: " + heard(peer));
      }
    }
  }

  static String heard(Socket peer) throws IOException {
    peer.setSoTimeout(1_000);
    try {
      return peer.getInputStream().read() < 0 ? "end of stream" : "a byte";
    } catch (SocketTimeoutException nothing) {
      return "nothing within a second";
    } catch (SocketException reset) {
      return reset.getMessage();
    }
  }
}
END
run Closed >"$folder/out" 2>&1
seen "$folder/out" <<'END'
default, closed, isOpen false
  the peer, before the next select: end of stream
  the peer, after it: end of stream
SO_LINGER 0, closed, isOpen false
  the peer, before the next select: nothing within a second
  the peer, after it: Connection reset
END
