package loteria.checks.torture.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The bytes arrive as they were sent, but late, in other pieces, and several frames at once. */
final class Kneading implements Mischief {
  private static final int PAUSE_MILLIS_MAX = 5;
  private static final int PIECES_MAX = 4;

  private final Mischiefs.Dice dice;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();

  Kneading(Mischiefs.Dice dice) {
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
