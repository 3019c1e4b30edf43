package loteria.checks.simulation.world;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import loteria.checks.simulation.run.Agenda;
import loteria.checks.simulation.run.Fault;

/**
 * One direction of a connection: bytes arrive in their order or not at all, after a while, in
 * pieces that are not those in which they were sent. For one thread.
 */
final class Wire {
  /** Who is at the far end. */
  interface Reader {
    void arrived(byte[] bytes);

    /** No more will arrive: the other side has closed, or was reset. */
    void ended();
  }

  /** Bytes under way; without any, the end. */
  private record Parcel(long arrival, ByteBuffer bytes) {}

  private final World world;
  private final Reader reader;
  private final Queue<Parcel> travelling = new ArrayDeque<>();
  private long lastArrival;
  private boolean ended;
  private boolean swallows;
  private boolean unread;

  Wire(World world, Reader reader) {
    this.world = world;
    this.reader = reader;
  }

  void send(byte[] bytes) {
    int from = 0;
    while (from < bytes.length) {
      int length =
          world.chance.oneIn(3) ? 1 + world.chance.below(bytes.length - from) : bytes.length - from;
      piece(Arrays.copyOfRange(bytes, from, from + length));
      from += length;
    }
  }

  private void piece(byte[] piece) {
    if (ended || swallows || unread) {
      return;
    }
    Weather weather = world.weather();
    if (world.chance.oneIn(weather.flipOneIn())) {
      piece[world.chance.below(piece.length)] ^= (byte) (1 << world.chance.below(8));
      world.note(Fault.FLIPPED_BIT);
      world.transcript.note("the network flips a bit");
    }
    travel(ByteBuffer.wrap(piece));
  }

  private void travel(ByteBuffer bytes) {
    Weather weather = world.weather();
    long latency = world.chance.between(50L, weather.latencyMax());
    if (world.chance.oneIn(weather.lateOneIn())) {
      latency += world.chance.between(Agenda.SECOND, 20 * Agenda.SECOND);
      world.note(Fault.LATE_BYTES);
    }
    lastArrival = Math.max(lastArrival, world.agenda.now() + latency);
    travelling.add(new Parcel(lastArrival, bytes));
    world.agenda.at(lastArrival, this::deliver);
  }

  /** The sender has no more; what is under way arrives. */
  void end() {
    if (!ended && !swallows) {
      travel(ByteBuffer.allocate(0));
      ended = true;
    }
  }

  /** Both sides are told that the connection is broken, and what is under way is lost. */
  void cut() {
    travelling.clear();
    end();
  }

  /** From now on nothing arrives any more, and nobody is told. */
  void swallow() {
    travelling.clear();
    swallows = true;
  }

  /** Nobody reads any more at the far end. */
  void leaveUnread() {
    unread = true;
    travelling.clear();
  }

  boolean isUnread() {
    return unread && !swallows;
  }

  private void deliver() {
    ByteArrayOutputStream arrived = new ByteArrayOutputStream();
    boolean last = false;
    while (!last && !travelling.isEmpty() && travelling.element().arrival() <= world.agenda.now()) {
      ByteBuffer bytes = travelling.remove().bytes();
      last = !bytes.hasRemaining();
      arrived.write(bytes.array(), 0, bytes.limit());
    }
    if (arrived.size() > 0) {
      reader.arrived(arrived.toByteArray());
    }
    if (last && !unread) {
      reader.ended();
    }
  }
}
