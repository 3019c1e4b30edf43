package loteria.server.ledger;

/**
 * What is said over one connection: bytes in, bytes out, without a socket. Times are those of
 * {@link System#nanoTime}, handed in. For the thread of the loop.
 */
public interface Conversation {
  /** What carries the bytes. */
  interface Link {
    /** There is something in {@link Conversation#output()}. */
    void hasOutput();

    /** The connection is to be closed now, whatever is under way. */
    void close();

    /**
     * The connection is to be carried to the central that has the agency, both ways, from now on:
     * this conversation is not asked for anything any more. Called while it receives, before it has
     * said anything.
     *
     * @param owner where that central takes the connections of others: an IP address and a port, as
     *     {@code 10.0.0.3:12346} or {@code [2001:db8::3]:12346}; no name, which would have to be
     *     looked up
     * @param soFar all that was received of the agency, which is sent on first
     */
    default void relay(String owner, byte[] soFar) {
      throw new UnsupportedOperationException("a connection that is carried nowhere");
    }
  }

  /** The peer has sent bytes, which are good until this returns. */
  void receive(byte[] bytes, int from, int to, long now);

  /** The peer sends no more; whether the connection can be closed at once. */
  boolean ended(long now);

  /** What the peer is to read, and has not been sent yet. */
  Output output();

  /** All of {@link #output()} was sent; whether nothing follows. */
  boolean sent(long now);

  /** The peer does not read what it is sent: the connection is about to be closed. */
  void stuck();

  /** Some time has passed. To be called now and then, when all that has come was received. */
  void tick(long now);

  /**
   * As {@link #tick}, while bytes wait to be received: sends a ping if one is due, judges nothing.
   */
  default void ping(long now) {}

  /** Memory that is held for a peer that has not shown who it is, in bytes. */
  int unprovenBytes();

  /** Whether there is room for whatever so many bytes of the peer may say. */
  default boolean hasRoom(int bytes) {
    return true;
  }

  /** Whether more is to be read of the peer now: what was answered was sent. */
  default boolean wantsMore() {
    return true;
  }
}
