package loteria.checks.torture.kafka;

import java.time.Duration;
import java.util.List;
import loteria.checks.kafka.RealBrokers;
import loteria.checks.torture.evidence.Case;

/** What befalls centrals that share a lottery, and their brokers. */
public final class KafkaCases {
  private KafkaCases() {}

  public static List<Case> all() {
    return List.of(
        new HammeredCluster(),
        new UnfencedCentrals(),
        new BrokersWithoutPower(true),
        new BrokersWithoutPower(false),
        new BrokersWithoutRoom(1),
        new BrokersWithoutRoom(RealBrokers.COUNT),
        new ClocksOfCentrals(Duration.ofHours(2)),
        new ClocksOfCentrals(Duration.ofHours(-2)));
  }
}
