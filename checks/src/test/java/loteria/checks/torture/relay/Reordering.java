package loteria.checks.torture.relay;

import java.io.IOException;
import loteria.protocol.Message;
import org.jspecify.annotations.Nullable;

/** Now and then a batch is overtaken by the frame after it. */
final class Reordering implements Mischief {
  private final Mischiefs.Dice dice;
  private byte @Nullable [] overtaken;

  Reordering(Mischiefs.Dice dice) {
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
