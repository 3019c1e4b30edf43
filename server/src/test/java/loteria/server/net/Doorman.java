package loteria.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;
import loteria.server.ledger.Conversation;
import loteria.server.ledger.Output;

/** Reads a Hello, and has the connection carried to another central from there. */
final class Doorman implements Conversation {
  private final Link link;
  private final String owner;
  private final FrameReader frames = new FrameReader();
  private final Output output = new Output();

  Doorman(Link link, String owner) {
    this.link = link;
    this.owner = owner;
  }

  @Override
  public void receive(byte[] bytes, int from, int to, long now) {
    frames.receive(bytes, from, to);
    if (frames.next() instanceof FrameReader.Whole hello) {
      assertThat(hello.decode()).isInstanceOf(Message.Hello.class);
      ByteBuffer frame = hello.record();
      byte[] rest = frames.rest();
      byte[] soFar = new byte[frame.remaining() + rest.length];
      ByteBuffer.wrap(soFar).put(frame).put(rest);
      link.relay(owner, soFar);
    }
  }

  @Override
  public boolean ended(long now) {
    return true;
  }

  @Override
  public Output output() {
    return output;
  }

  @Override
  public boolean sent(long now) {
    return false;
  }

  @Override
  public void stuck() {
    throw new AssertionError("it has said nothing");
  }

  @Override
  public void tick(long now) {
    // It waits for a Hello.
  }

  @Override
  public int unprovenBytes() {
    return frames.heldBytes();
  }
}
