package loteria.checks.torture.relay;

import java.io.IOException;

/** From some frame on, nothing arrives any more; in the end the connection is cut. */
final class Swallowing implements Mischief {
  private static final int IDLE_MAX = 3;

  private final Mischiefs.Dice dice;
  private boolean swallows;
  private int idle;

  Swallowing(Mischiefs.Dice dice) {
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
