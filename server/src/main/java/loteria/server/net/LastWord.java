package loteria.server.net;

import java.util.concurrent.TimeUnit;
import loteria.server.ledger.Conversation;
import loteria.server.ledger.Deadlines;
import loteria.server.ledger.Output;

/**
 * What a peer is told that is not conversed with. Then it is read without a look for as long as
 * {@link Deadlines#drain}: closing at once would answer what is under way with a reset, which can
 * overtake the word.
 */
final class LastWord implements Conversation {
  private final Link link;
  private final Output output = new Output();
  private final long dueAt;

  private LastWord(Link link, long dueAt) {
    this.link = link;
    this.dueAt = dueAt;
  }

  /** Says these bytes, of which there may be none, and nothing after them. */
  static LastWord of(byte[] word, Link link, Deadlines deadlines, long now) {
    LastWord last = new LastWord(link, now + TimeUnit.MILLISECONDS.toNanos(deadlines.drain()));
    last.output.put(word, 0, word.length);
    link.hasOutput();
    return last;
  }

  @Override
  public void receive(byte[] bytes, int from, int to, long now) {
    // It is not conversed with.
  }

  @Override
  public boolean ended(long now) {
    return output.isEmpty();
  }

  @Override
  public Output output() {
    return output;
  }

  @Override
  public boolean sent(long now) {
    return true;
  }

  @Override
  public void stuck() {
    // It is nobody that would be told.
  }

  @Override
  public void tick(long now) {
    if (now - dueAt >= 0) {
      link.close();
    }
  }

  @Override
  public int unprovenBytes() {
    return output.length();
  }
}
