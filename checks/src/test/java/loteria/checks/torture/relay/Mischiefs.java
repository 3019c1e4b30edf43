package loteria.checks.torture.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import loteria.protocol.Message;
import org.jspecify.annotations.Nullable;

/**
 * The mischief of one kind in one round: by chance, so many times at the most, and then no more, so
 * that the round comes to an end.
 */
public final class Mischiefs {
  /** What can befall frames on their way. */
  public enum Kind {
    NONE("nothing", "", 0, 1),
    CUT("connections cut at any byte", "19, 42", 15, 20),
    RESET("connections reset in mid-frame", "19", 15, 20),
    ONE_WAY("acknowledgements lost after the commit", "18, 20", 8, 8),
    DELAYED("bytes delayed, split and merged", "19", 400, 2),
    REPLAYED("recorded batches sent again, late", "21", 40, 6),
    REORDERED("frames in another order", "21", 12, 15),
    FLIPPED("single bytes flipped", "25, 27", 9, 25);

    private final String title;
    private final String rows;
    private final int timesMax;
    private final int oneIn;

    Kind(String title, String rows, int timesMax, int oneIn) {
      this.title = title;
      this.rows = rows;
      this.timesMax = timesMax;
      this.oneIn = oneIn;
    }

    public String title() {
      return title;
    }

    public String rows() {
      return rows;
    }
  }

  private final Kind kind;
  private final SplittableRandom random;
  private final Replaying.Recordings recordings = new Replaying.Recordings();
  private final AtomicInteger done = new AtomicInteger();

  public Mischiefs(Kind kind, SplittableRandom random) {
    this.kind = kind;
    this.random = random;
  }

  public static Mischiefs none() {
    return new Mischiefs(Kind.NONE, new SplittableRandom());
  }

  /** How often something was done. */
  public int done() {
    return Math.min(done.get(), kind.timesMax);
  }

  /** The mischief of another connection, one way. For the relay's thread alone. */
  Mischief on(Way.Direction direction) {
    Dice dice = new Dice(random.split());
    boolean toCentral = direction == Way.Direction.TO_CENTRAL;
    return switch (kind) {
      case NONE -> Mischief.NONE;
      case CUT -> (frame, way) -> cut(frame, way, dice);
      case RESET -> (frame, way) -> reset(frame, way, dice);
      case ONE_WAY -> toCentral ? Mischief.NONE : new Swallowing(dice);
      case DELAYED -> new Kneading(dice);
      case REPLAYED -> toCentral ? new Replaying(dice, recordings) : Mischief.NONE;
      case REORDERED -> toCentral ? new Reordering(dice) : Mischief.NONE;
      case FLIPPED -> (frame, way) -> flip(frame, way, dice);
    };
  }

  private static void cut(byte[] frame, Way way, Dice dice) throws IOException {
    if (dice.strikes()) {
      way.send(frame, 0, dice.below(frame.length + 1));
      way.cut();
    } else {
      way.send(frame);
    }
  }

  private static void reset(byte[] frame, Way way, Dice dice) throws IOException {
    if (dice.strikes()) {
      way.send(frame, 0, dice.below(frame.length));
      way.reset();
    } else {
      way.send(frame);
    }
  }

  private static void flip(byte[] frame, Way way, Dice dice) throws IOException {
    byte[] sent = frame.clone();
    if (dice.strikes()) {
      sent[dice.below(sent.length)] ^= (byte) (1 << dice.below(Byte.SIZE));
    }
    way.send(sent);
  }

  /** The chance of one connection, one way. For one thread. */
  final class Dice {
    private final SplittableRandom random;

    private Dice(SplittableRandom random) {
      this.random = random;
    }

    /** Whether it is time for some mischief, which must be done then. */
    boolean strikes() {
      return random.nextInt(kind.oneIn) == 0
          && done.get() < kind.timesMax
          && done.getAndIncrement() < kind.timesMax;
    }

    /** A number from 0 up to, but not including, the bound. */
    int below(int bound) {
      return random.nextInt(bound);
    }
  }

  /** The bytes arrive as they were sent, but late, in other pieces, and several frames at once. */
  private static final class Kneading implements Mischief {
    private static final int PAUSE_MILLIS_MAX = 5;
    private static final int PIECES_MAX = 4;

    private final Dice dice;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    Kneading(Dice dice) {
      this.dice = dice;
    }

    @Override
    public void frame(byte[] frame, Way way) throws IOException {
      held.writeBytes(frame);
      if (!dice.strikes()) {
        idle(way);
      } else if (dice.below(2) == 0) {
        byte[] bytes = taken();
        int from = 0;
        for (int piece = 1; piece < PIECES_MAX && from < bytes.length; piece++) {
          int end = from + dice.below(bytes.length - from + 1);
          way.send(bytes, from, end);
          way.pause(dice.below(PAUSE_MILLIS_MAX + 1));
          from = end;
        }
        way.send(bytes, from, bytes.length);
      }
    }

    @Override
    public void idle(Way way) throws IOException {
      if (held.size() > 0) {
        way.send(taken());
      }
    }

    private byte[] taken() {
      byte[] bytes = held.toByteArray();
      held.reset();
      return bytes;
    }
  }

  /** Now and then a batch is overtaken by the frame after it. */
  private static final class Reordering implements Mischief {
    private final Dice dice;
    private byte @Nullable [] overtaken;

    Reordering(Dice dice) {
      this.dice = dice;
    }

    @Override
    public void frame(byte[] frame, Way way) throws IOException {
      if (overtaken == null
          && RelayedConnection.decoded(frame) instanceof Message.Batch
          && dice.strikes()) {
        overtaken = frame;
      } else {
        way.send(frame);
        idle(way);
      }
    }

    @Override
    public void idle(Way way) throws IOException {
      if (overtaken != null) {
        way.send(overtaken);
        overtaken = null;
      }
    }
  }

  /**
   * Beside a batch another one arrives that was sent before, in this session or in an earlier one;
   * and now and then the connection is cut, so that there are earlier ones.
   */
  private static final class Replaying implements Mischief {
    private static final int CUT_ONE_IN = 6;

    private final Dice dice;
    private final Recordings recordings;

    Replaying(Dice dice, Recordings recordings) {
      this.dice = dice;
      this.recordings = recordings;
    }

    @Override
    public void frame(byte[] frame, Way way) throws IOException {
      if (!(RelayedConnection.decoded(frame) instanceof Message.Batch batch)) {
        way.send(frame);
        return;
      }
      recordings.add(batch.agency(), frame);
      if (!dice.strikes()) {
        way.send(frame);
      } else if (dice.below(CUT_ONE_IN) == 0) {
        way.cut();
      } else {
        List<byte[]> recorded = recordings.of(batch.agency());
        byte[] again = recorded.get(dice.below(recorded.size()));
        boolean before = dice.below(2) == 0;
        way.send(before ? again : frame);
        way.send(before ? frame : again);
      }
    }

    /** The batches that each agency has ever sent, as they went over the wire. Thread-safe. */
    static final class Recordings {
      private final Map<Integer, List<byte[]>> batches = new ConcurrentHashMap<>();

      void add(int agency, byte[] batch) {
        var _ =
            batches.compute(
                agency,
                (_, before) -> {
                  List<byte[]> all = before == null ? new ArrayList<>() : new ArrayList<>(before);
                  all.add(batch);
                  return all;
                });
      }

      List<byte[]> of(int agency) {
        return batches.getOrDefault(agency, List.of());
      }
    }
  }

  /** From some frame on, nothing arrives any more; in the end the connection is cut. */
  private static final class Swallowing implements Mischief {
    private static final int IDLE_MAX = 3;

    private final Dice dice;
    private boolean swallows;
    private int idle;

    Swallowing(Dice dice) {
      this.dice = dice;
    }

    @Override
    public void frame(byte[] frame, Way way) throws IOException {
      swallows |= dice.strikes();
      if (swallows) {
        idle = 0;
      } else {
        way.send(frame);
      }
    }

    /** The agency's window is full, and nothing is said any more. */
    @Override
    public void idle(Way way) {
      if (swallows && ++idle == IDLE_MAX) {
        way.cut();
      }
    }
  }
}
