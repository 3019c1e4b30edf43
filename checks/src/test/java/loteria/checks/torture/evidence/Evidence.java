package loteria.checks.torture.evidence;

/**
 * What rounds have shown.
 *
 * @param acked how many bets were acknowledged
 * @param lost how many of those were not found again
 * @param doubled how many were found more than once, or were never sent
 * @param stale how many pieces of a shared log were written by a central that was overtaken
 */
public record Evidence(long acked, long lost, long doubled, long stale) {
  public static final Evidence NONE = new Evidence(0, 0, 0);

  /** What is no shared log has nothing stale. */
  public Evidence(long acked, long lost, long doubled) {
    this(acked, lost, doubled, 0);
  }

  public Evidence plus(Evidence other) {
    return new Evidence(
        acked + other.acked, lost + other.lost, doubled + other.doubled, stale + other.stale);
  }

  public boolean isBad() {
    return lost + doubled + stale > 0;
  }
}
