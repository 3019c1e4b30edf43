package loteria.server.ledger;

/**
 * How long a peer may take, in milliseconds. {@code Session.tick} judges what it sends, and {@code
 * Connection.tick} what it reads.
 *
 * @param handshake from the connection to the peer's first byte, or to an agency's whole Hello
 * @param frame from the first byte of a frame to its last
 * @param silence between frames; an agency that is there answers pings
 * @param ping how long the central says nothing before it pings
 * @param unread how long a peer may leave unread what it is told
 * @param drain how long an agency may go on sending after a last word, so that it is not lost in a
 *     reset
 * @param echo between two readings of text
 */
public record Deadlines(
    long handshake, long frame, long silence, long ping, long unread, long drain, long echo) {
  /** Those of a central at work: docs/PROTOCOL.md. */
  public static final Deadlines DEFAULT =
      new Deadlines(10_000, 10_000, 30_000, 5_000, 30_000, 1_000, 60_000);

  public Deadlines {
    assert handshake > 0 && frame > 0 && silence > 0 && ping > 0 && unread > 0 && drain > 0;
    assert echo > 0 : echo;
  }
}
