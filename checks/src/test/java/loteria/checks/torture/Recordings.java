package loteria.checks.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The batches that each agency has ever sent, as they went over the wire. Thread-safe. */
final class Recordings {
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
