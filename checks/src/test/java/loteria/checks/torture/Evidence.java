package loteria.checks.torture;

/**
 * What rounds have shown.
 *
 * @param acked how many bets were acknowledged
 * @param lost how many of those were not found again
 * @param doubled how many were found more than once, or were never sent
 */
record Evidence(long acked, long lost, long doubled) {
  static final Evidence NONE = new Evidence(0, 0, 0);

  Evidence plus(Evidence other) {
    return new Evidence(acked + other.acked, lost + other.lost, doubled + other.doubled);
  }
}
