package loteria.bench.load;

/**
 * What it took to get bets from the agencies to the disk and acknowledged.
 *
 * @param bets of all agencies
 * @param seconds from the first to the last acknowledgement
 * @param centralSeconds of CPU
 * @param agenciesSeconds of CPU, all together
 * @param writtenBytes by the central, to the disk
 * @param syncs by the central
 */
public record Ingested(
    long bets,
    double seconds,
    double centralSeconds,
    double agenciesSeconds,
    long writtenBytes,
    long syncs) {

  public double betsASecond() {
    return bets / seconds;
  }

  /** Seconds of the central's CPU a million bets. */
  public double centralSecondsAMillion() {
    return centralSeconds * 1e6 / bets;
  }

  /** Seconds of the agencies' CPU a million bets. */
  public double agenciesSecondsAMillion() {
    return agenciesSeconds * 1e6 / bets;
  }

  public double bytesABet() {
    return (double) writtenBytes / bets;
  }

  public Ingested with(long written, long itsSyncs) {
    return new Ingested(bets, seconds, centralSeconds, agenciesSeconds, written, itsSyncs);
  }

  /** Without what starting the same agencies with empty files takes. */
  public Ingested without(Ingested start) {
    return new Ingested(
        bets,
        seconds - start.seconds,
        centralSeconds,
        agenciesSeconds - start.agenciesSeconds,
        writtenBytes,
        syncs);
  }
}
