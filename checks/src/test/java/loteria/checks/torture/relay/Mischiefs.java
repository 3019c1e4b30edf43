package loteria.checks.torture.relay;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

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

  public Mischiefs(Kind kind, long seed) {
    this.kind = kind;
    this.random = new SplittableRandom(seed);
  }

  public static Mischiefs none() {
    return new Mischiefs(Kind.NONE, 0);
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
}
