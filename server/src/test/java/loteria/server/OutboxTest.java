package loteria.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import loteria.lottery.Refusal;
import loteria.lottery.Seal;
import loteria.lottery.Share;
import loteria.lottery.Standing;
import loteria.protocol.CentralTurn;
import loteria.protocol.Codec;
import loteria.protocol.FrameDecoder;
import loteria.protocol.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final long NO_PING_MILLIS = 60_000;
  private static final long PING_MILLIS = 3;
  private static final long PATIENCE_SECONDS = 10;

  private static final Message.Welcome WELCOME = new Message.Welcome(1, 16, Standing.NEW);
  private static final Message.FromCentral INCLUDED =
      new Message.Included(new Seal(0, "00".repeat(32)), Share.NONE);

  private static final Message.Refused LAST_WORD =
      new Message.Refused(Refusal.SHUTTING_DOWN, 0, 7, "the end");

  private final Outbox outbox = new Outbox();
  private final List<Wire> wires = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    outbox.close();
    for (Wire wire : wires) {
      wire.open.countDown();
      wire.writer.join();
    }
  }

  @Test
  void keepsOnlyTheLastAcknowledgement() throws InterruptedException {
    say(WELCOME, new Message.Stored(1), new Message.Stored(2), new Message.Stored(3), LAST_WORD);

    assertThat(written()).containsExactly(WELCOME, new Message.Stored(3), LAST_WORD);
  }

  @Test
  void acknowledgesBeforeWhatFollows() throws InterruptedException {
    Wire wire = write(outbox, NO_PING_MILLIS);
    say(WELCOME);
    assertThat(wire.next()).isEqualTo(WELCOME);
    wire.hold();
    say(new Message.Finished(0));
    wire.awaitWrite();
    say(new Message.Stored(4), new Message.Stored(9), new Message.Finished(9), LAST_WORD);
    wire.open.countDown();

    assertThat(wire.rest())
        .containsExactly(
            new Message.Finished(0), new Message.Stored(9), new Message.Finished(9), LAST_WORD);
  }

  @Test
  void saysNothingAfterALastWord() throws InterruptedException {
    say(WELCOME, LAST_WORD, new Message.Stored(9), WELCOME, LAST_WORD);
    assertThat(written()).containsExactly(WELCOME, LAST_WORD);
  }

  @Test
  void endsWithTheLastPageOfWinners() throws InterruptedException {
    Message.WinnersPage first = new Message.WinnersPage(7574, false, List.of("1", "2"));
    Message.WinnersPage last = new Message.WinnersPage(7574, true, List.of("3"));
    say(WELCOME, first, last, LAST_WORD);
    assertThat(written()).containsExactly(WELCOME, first, last);
  }

  @Test
  void pingsWhenItHasNothingToSay() throws InterruptedException {
    Wire wire = write(outbox, PING_MILLIS);
    say(WELCOME);
    assertThat(wire.next()).isEqualTo(WELCOME);
    assertThat(wire.next()).isEqualTo(new Message.Ping());
    assertThat(wire.next()).isEqualTo(new Message.Ping());
    say(LAST_WORD);
    assertThat(wire.rest()).endsWith(LAST_WORD);
  }

  @Test
  void pingsNobodyWhoWasNotWelcomed() throws InterruptedException {
    Wire wire = write(outbox, PING_MILLIS);
    awaitPings();
    say(LAST_WORD);
    assertThat(wire.rest()).containsExactly(LAST_WORD);
  }

  @Test
  void pingsNobodyWhoHearsWinners() throws InterruptedException {
    Message.WinnersPage first = new Message.WinnersPage(7574, false, List.of("1"));
    Message.WinnersPage last = new Message.WinnersPage(7574, true, List.of("2"));
    Wire wire = write(outbox, PING_MILLIS);
    say(WELCOME, INCLUDED, first);
    awaitPings();
    say(last);
    List<Message> heard = wire.rest();
    assertThat(heard.subList(heard.indexOf(INCLUDED), heard.size()))
        .containsExactly(INCLUDED, first, last);
  }

  /** Long enough for pings to be due: another outbox has sent some. */
  private void awaitPings() throws InterruptedException {
    Outbox other = new Outbox();
    Wire wire = write(other, PING_MILLIS);
    other.say(WELCOME);
    for (int i = 0; i < 5; i++) {
      Message ignored = wire.next();
    }
    other.close();
  }

  @Test
  void whateverItWritesMayComeThere() throws InterruptedException {
    Wire wire = write(outbox, PING_MILLIS);
    say(WELCOME);
    for (int i = 1; i <= 1000; i++) {
      say(new Message.Stored(i));
    }
    say(new Message.Finished(1000), INCLUDED);
    for (int i = 0; i < 20; i++) {
      say(new Message.WinnersPage(7574, i == 19, List.of("1")));
    }
    CentralTurn turn = CentralTurn.GREETING;
    for (Message message : wire.rest()) {
      turn = turn.after((Message.FromCentral) message).orElseThrow();
    }
    assertThat(turn).isEqualTo(CentralTurn.ENDED);
  }

  @Test
  void writesNoMoreOnceItIsClosed() throws InterruptedException {
    Wire wire = write(outbox, NO_PING_MILLIS);
    say(WELCOME);
    assertThat(wire.next()).isEqualTo(WELCOME);
    outbox.close();
    outbox.close();
    wire.writer.join();
    say(new Message.Stored(1));
    assertThat(wire.rest()).isEmpty();
  }

  @Test
  void isStuckWhileItsReaderReadsNothing() throws InterruptedException {
    assertThat(outbox.isStuck(0)).isFalse();
    Wire wire = write(outbox, NO_PING_MILLIS);
    wire.hold();
    say(WELCOME);
    wire.awaitWrite();

    assertThat(outbox.isStuck(PATIENCE_SECONDS * 1000)).as("not so long yet").isFalse();
    while (!outbox.isStuck(1)) {
      Thread.onSpinWait();
    }
    wire.open.countDown();
    assertThat(wire.next()).isEqualTo(WELCOME);
    say(LAST_WORD);
    wire.writer.join();
    assertThat(outbox.isStuck(0)).isFalse();
  }

  private void say(Message.FromCentral... messages) {
    for (Message.FromCentral message : messages) {
      outbox.say(message);
    }
  }

  /** All that is written of what was said. */
  private List<Message> written() throws InterruptedException {
    return write(outbox, NO_PING_MILLIS).rest();
  }

  private Wire write(Outbox from, long pingMillis) {
    Wire wire = new Wire(from, pingMillis);
    wires.add(wire);
    wire.writer.start();
    return wire;
  }

  /** A peer that reads what an outbox writes, when it is let. */
  private static final class Wire extends OutputStream {
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final FrameDecoder decoder = new FrameDecoder();
    private final CountDownLatch writing = new CountDownLatch(1);
    private volatile CountDownLatch open = new CountDownLatch(0);
    private final Thread writer;

    Wire(Outbox from, long pingMillis) {
      writer =
          Thread.ofVirtual()
              .unstarted(() -> {
                try {
                  from.writeTo(this, pingMillis);
                } catch (IOException | InterruptedException failed) {
                  throw new AssertionError(failed);
                }
              });
    }

    /** Reads nothing until {@code open} is counted down. */
    void hold() {
      open = new CountDownLatch(1);
    }

    void awaitWrite() throws InterruptedException {
      assertThat(writing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    Message next() throws InterruptedException {
      Message message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("nothing was written");
      }
      return message;
    }

    /** What is written until the outbox ends. */
    List<Message> rest() throws InterruptedException {
      writer.join();
      return new ArrayList<>(messages);
    }

    @Override
    public void write(int one) {
      throw new AssertionError("bytes one by one");
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (open.getCount() > 0) {
        writing.countDown();
      }
      try {
        open.await();
      } catch (InterruptedException interrupted) {
        throw new IOException(interrupted);
      }
      for (int i = from; i < from + length; i++) {
        decoder.space().put(bytes[i]);
        decoder.filled();
        if (decoder.next() instanceof FrameDecoder.Whole whole) {
          messages.add((Message) Codec.decode(whole.frame()));
        }
      }
    }
  }
}
