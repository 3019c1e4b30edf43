package loteria.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;

/**
 * A session without a socket: it remembers what its agency was told, and sees to it that nothing is
 * said before the disk has it.
 */
final class TestSession implements Conversation.Link {
  private final TestLedger ledger;
  private final Session session;
  private final FrameReader reader = new FrameReader();
  private final List<Message.FromCentral> heard = new ArrayList<>();
  private boolean reads = true;
  private boolean said;
  private boolean closed;

  TestSession(TestLedger ledger, Deadlines deadlines, Identity identity, long helloDueAt) {
    this.ledger = ledger;
    this.session = new Session(ledger.ledger(), deadlines, this, "ip", identity, helloDueAt);
  }

  /** The agency says this, all at once. */
  void send(Message... messages) {
    for (Message message : messages) {
      sendBytes(Codec.encode(message));
    }
  }

  /** The agency says this, and all that follows is done. */
  void exchange(Message... messages) throws IOException {
    send(messages);
    ledger.turn();
  }

  void sendBytes(byte... bytes) {
    session.receive(bytes, 0, bytes.length, ledger.now());
  }

  void hello(int agency, long acked) {
    send(new Message.Hello(Codec.VERSION, Codec.VERSION, agency, acked));
  }

  /** The agency ends the connection; whether it is closed at once. */
  boolean end() {
    boolean over = session.ended(ledger.now());
    closed |= over;
    return over;
  }

  void tick() {
    session.tick(ledger.now());
  }

  /** From now on the agency reads nothing, or reads again. */
  void reads(boolean now) {
    reads = now;
  }

  Session session() {
    return session;
  }

  @Override
  public void hasOutput() {
    said = true;
    assertThat(session.output().isEmpty()).isFalse();
    ledger.disk.requireSynced();
  }

  @Override
  public void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /** Reads what was said; whether something was. */
  boolean listen() {
    if (!said || !reads) {
      return false;
    }
    said = false;
    Output output = session.output();
    byte[] bytes = new byte[output.length()];
    output.waiting().get(bytes);
    output.sent(bytes.length);
    reader.receive(bytes, 0, bytes.length);
    while (reader.next() instanceof FrameReader.Whole whole) {
      Message.FromCentral message = (Message.FromCentral) whole.decode();
      ledger.requireDurable(session.agency(), message);
      heard.add(message);
    }
    if (output.isEmpty()) {
      boolean ignored = session.sent(ledger.now());
    }
    return true;
  }

  List<Message.FromCentral> heard() {
    return heard;
  }

  Message.FromCentral last() {
    return heard.getLast();
  }

  /** The last word was a refusal that says how many bets are stored. */
  void requireRefused(Refusal refusal, long next) {
    assertThat(refused())
        .extracting(Message.Refused::refusal, Message.Refused::next)
        .containsExactly(refusal, next);
  }

  /** The refusal that was the last word. */
  Message.Refused refused() {
    assertThat(last()).isInstanceOf(Message.Refused.class);
    return (Message.Refused) last();
  }
}
