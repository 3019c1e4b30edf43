package loteria.checks.torture.relay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import loteria.protocol.Message;

/**
 * Beside a batch another one arrives that was sent before, in this session or in an earlier one;
 * and now and then the connection is cut, so that there are earlier ones.
 */
final class Replaying implements Mischief {
  private static final int CUT_ONE_IN = 6;

  private final Mischiefs.Dice dice;
  private final Recordings recordings;

  Replaying(Mischiefs.Dice dice, Recordings recordings) {
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
