package loteria.bench.floor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The floor under the central, a program: whole frames from each connection, as their headers say,
 * appended by one writer with group commit and {@code fdatasync}, and then acknowledged, once a
 * connection, in as many bytes as the protocol's Stored. Nothing is decoded and nothing is checked:
 * no central in Java that keeps its promise can do less.
 *
 * <p>One thread does it all, so that no frame waits for another thread to wake up: a group is what
 * has arrived while the last one was made durable.
 */
final class FloorCentral {
  /** Room for the frames of one connection in a group: more than a window of the largest. */
  private static final int GROUP_BYTES_MAX = 1 << 18;

  private static final int ACK_BYTES = 16;

  private final FileChannel file;
  private int open;
  private long syncs;

  private FloorCentral(FileChannel file) {
    this.file = file;
  }

  /**
   * Serves so many connections until each has ended.
   *
   * @param arguments the file to append to, and how many connections will come
   */
  public static void main(String[] arguments) throws IOException {
    try (FileChannel file =
            FileChannel.open(
                Path.of(arguments[0]), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        ServerSocketChannel server = ServerSocketChannel.open();
        Selector selector = Selector.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      System.out.println("port: " + server.socket().getLocalPort());
      FloorCentral central = new FloorCentral(file);
      while (central.open < Integer.parseInt(arguments[1])) {
        central.register(server.accept(), selector);
      }
      central.serve(selector);
      System.out.println("syncs: " + central.syncs);
    }
  }

  private void register(SocketChannel channel, Selector selector) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, new Arrived());
    open++;
  }

  private void serve(Selector selector) throws IOException {
    List<SelectionKey> group = new ArrayList<>();
    List<ByteBuffer> frames = new ArrayList<>();
    while (open > 0) {
      group.clear();
      frames.clear();
      selector.select(key -> {
        if (read(key)) {
          group.add(key);
          frames.add(((Arrived) key.attachment()).whole());
        }
      });
      if (!group.isEmpty()) {
        append(frames.toArray(ByteBuffer[]::new));
        for (SelectionKey key : group) {
          acknowledge(key);
        }
      }
    }
  }

  /** Reads what is there; whether there is a whole frame now. */
  private boolean read(SelectionKey key) {
    try {
      Arrived arrived = (Arrived) key.attachment();
      if (((SocketChannel) key.channel()).read(arrived.bytes) < 0) {
        key.channel().close();
        open--;
      }
      return arrived.cut();
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }

  private void append(ByteBuffer[] frames) throws IOException {
    long left = 0;
    for (ByteBuffer each : frames) {
      left += each.remaining();
    }
    while (left > 0) {
      left -= file.write(frames);
    }
    file.force(false);
    syncs++;
  }

  private static void acknowledge(SelectionKey key) throws IOException {
    Arrived arrived = (Arrived) key.attachment();
    arrived.ack.putLong(0, arrived.stored()).clear();
    // So few bytes always fit: an agency has no more of them unread than it has batches under way.
    int written = ((SocketChannel) key.channel()).write(arrived.ack);
    assert written == ACK_BYTES : written;
  }

  /** What has arrived of one connection and is not stored yet. */
  private static final class Arrived {
    final ByteBuffer bytes = ByteBuffer.allocateDirect(GROUP_BYTES_MAX);
    final ByteBuffer ack = ByteBuffer.allocateDirect(ACK_BYTES);
    private int wholeBytes;
    private long wholeFrames;

    /** Finds the whole frames; false if there is none. */
    boolean cut() {
      int before = wholeBytes;
      int arrived = bytes.position();
      while (arrived - wholeBytes >= FrameFile.HEADER_BYTES
          && arrived - wholeBytes >= FrameFile.length(bytes, wholeBytes)) {
        wholeBytes += FrameFile.length(bytes, wholeBytes);
        wholeFrames++;
      }
      return wholeBytes > before;
    }

    ByteBuffer whole() {
      return bytes.slice(0, wholeBytes);
    }

    /** The whole frames are durable: forgets them, and says how many there were ever. */
    long stored() {
      bytes.flip().position(wholeBytes);
      bytes.compact();
      wholeBytes = 0;
      return wholeFrames;
    }
  }
}
