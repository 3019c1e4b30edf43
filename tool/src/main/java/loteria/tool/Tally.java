package loteria.tool;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the programs have told in their logs so far. Not thread-safe. */
final class Tally {
  /**
   * The seal that the central announced.
   *
   * @param bets how many are in the sealed file
   * @param sha256 the file's checksum, as the central wrote it
   */
  record Seal(long bets, String sha256) {}

  private final Map<Integer, Long> winners = new TreeMap<>();
  private long stored;
  private int port;
  private boolean drawn;
  private @Nullable Seal seal;

  /** Takes a line of the central's log. */
  void central(String text) {
    LogLine.parse(text).ifPresent(this::central);
  }

  /** Takes a line of the log of {@code agency}. */
  void agency(int agency, String text) {
    LogLine.parse(text)
        .filter(line -> line.succeeded("consulta_ganadores"))
        .ifPresent(
            line -> line.number("cant_ganadores").ifPresent(count -> winners.put(agency, count)));
  }

  /** The port on which the central listens, once it said so. */
  OptionalInt port() {
    return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
  }

  /** The bets stored in this run. */
  long stored() {
    return stored;
  }

  /** The seal, once it is announced. */
  Optional<Seal> seal() {
    return Optional.ofNullable(seal);
  }

  /** Whether the draw was held. */
  boolean drawn() {
    return drawn;
  }

  /** How many agencies know their winners. */
  int answered() {
    return winners.size();
  }

  /** The number of winners of {@code agency}, once it knows. */
  OptionalLong winnersOf(int agency) {
    Long count = winners.get(agency);
    return count == null ? OptionalLong.empty() : OptionalLong.of(count);
  }

  private void central(LogLine line) {
    if (line.succeeded("apuesta_recibida")) {
      stored += line.number("cantidad").orElse(0);
    } else if (line.succeeded("listen")) {
      port = (int) Math.min(line.number("port").orElse(0), Character.MAX_VALUE);
    } else if (line.succeeded("seal_bets")) {
      seal = new Seal(line.number("bets").orElse(0), line.text("sha256").orElse("?"));
    } else if (line.succeeded("sorteo")) {
      drawn = true;
    }
  }
}
