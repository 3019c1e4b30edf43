package loteria.server.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * The bytes of one connection, without waiting: as they come, or under TLS ({@link TlsTransport}).
 * For the loop's thread.
 */
interface Transport {
  /** Reads what is there; 0 if nothing is now, -1 if the peer sends no more. */
  int read(ByteBuffer into) throws IOException;

  /** Takes what can be sent now; how many bytes. */
  int write(ByteBuffer from) throws IOException;

  /** Sends what was taken and is not sent yet; whether nothing is left. */
  boolean flush() throws IOException;

  /** Says that nothing follows. */
  void shutdownOutput() throws IOException;

  /** Whether it can read now. */
  boolean wantsRead();

  /** Whether bytes wait here to be sent. */
  boolean wantsWrite();

  /** Memory that is held here for bytes that came, or wait to be sent. */
  int heldBytes();

  /** As the bytes come, of a network that is trusted. */
  record Plain(SocketChannel channel) implements Transport {
    @Override
    public int read(ByteBuffer into) throws IOException {
      return channel.read(into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      return channel.write(from);
    }

    @Override
    public boolean flush() {
      return true;
    }

    @Override
    public void shutdownOutput() throws IOException {
      channel.shutdownOutput();
    }

    @Override
    public boolean wantsRead() {
      return true;
    }

    @Override
    public boolean wantsWrite() {
      return false;
    }

    @Override
    public int heldBytes() {
      return 0;
    }
  }
}
