package loteria.lottery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The rules by which bets are accepted, and how each agency stands.
 *
 * <p>The key of a bet is its agency and its ordinal in the agency's file. Invariant: what is
 * accepted of an agency is a gap-free prefix of its file, each bet once; after its finish nothing
 * is accepted any more.
 *
 * <p>Requests are decided one after the other, and each decision is seen by the next. Together they
 * are tentative until {@link #commit()}, when they have been made durable; {@link #rollback()}
 * forgets those since the last commit.
 *
 * <p>Pure, deterministic, and for one thread.
 */
public final class Lottery {
  /** The most agencies that a lottery can have. */
  public static final int AGENCIES_MAX = 65_535;

  private final Standing[] standings;
  private final Map<Integer, Standing> uncommitted = new HashMap<>();
  private int unfinished;

  /**
   * @param agencies how many agencies are expected, 1 to {@link #AGENCIES_MAX}: those numbered 1 to
   *     {@code agencies}
   */
  public Lottery(int agencies) {
    assert agencies >= 1 && agencies <= AGENCIES_MAX : agencies;
    standings = new Standing[agencies];
    Arrays.fill(standings, Standing.NEW);
    unfinished = agencies;
  }

  /** How many agencies are expected. */
  public int agencies() {
    return standings.length;
  }

  /** Whether this lottery expects the agency. */
  public boolean expects(int agency) {
    return agency >= 1 && agency <= standings.length;
  }

  /** How an expected agency stands, tentative decisions included. */
  public Standing standing(int agency) {
    return standings[agency - 1];
  }

  /**
   * An agency comes, for the first time or again.
   *
   * @param acked how many of its bets it has been told are stored, as far as it remembers
   * @return {@link Verdict.Repeated} with the standing from which it goes on, or a refusal
   */
  public Verdict greet(int agency, long acked) {
    if (!expects(agency)) {
      return refused(
          Refusal.UNKNOWN_AGENCY, 0, "agency %d is not one of 1 to %d", agency, standings.length);
    }
    Standing standing = standing(agency);
    if (acked > standing.next()) {
      return refused(
          Refusal.ACKED_LOST,
          standing.next(),
          "%d bets were acknowledged, %d are stored",
          acked,
          standing.next());
    }
    return new Verdict.Repeated(standing);
  }

  /** A batch of an expected agency. It is accepted whole or not at all. */
  public Verdict store(Offer offer) {
    Standing standing = standing(offer.agency());
    long next = standing.next();
    if (offer.end() <= next) {
      return new Verdict.Repeated(standing);
    }
    if (standing.finished()) {
      return refused(Refusal.CLOSED, next, "the agency has finished with %d bets", next);
    }
    if (offer.first() > next) {
      return refused(
          Refusal.GAP, next, "a batch from %d on, where %d is next", offer.first(), next);
    }
    if (offer.first() < next) {
      return refused(
          Refusal.OVERLAP,
          next,
          "a batch from %d to %d, where %d is next",
          offer.first(),
          offer.end() - 1,
          next);
    }
    return accept(offer.agency(), standing.with(offer));
  }

  /**
   * An expected agency has no more bets.
   *
   * @param total how many it has sent
   * @param checksum CRC-32C over all of them as they are on the wire
   */
  public Verdict finish(int agency, long total, int checksum) {
    Standing standing = standing(agency);
    if (total != standing.next() || checksum != standing.checksum()) {
      return refused(
          Refusal.CONFLICT,
          standing.next(),
          "finish with %d bets of checksum %08x, where %d of checksum %08x are stored",
          total,
          checksum,
          standing.next(),
          standing.checksum());
    }
    return standing.finished() ? new Verdict.Repeated(standing) : accept(agency, standing.finish());
  }

  /** What was decided since the last commit is durable. */
  public void commit() {
    uncommitted.clear();
  }

  /**
   * What was decided since the last commit has not happened.
   *
   * @return the agencies that it was about
   */
  public Set<Integer> rollback() {
    uncommitted.forEach(this::set);
    Set<Integer> agencies = Set.copyOf(uncommitted.keySet());
    uncommitted.clear();
    return agencies;
  }

  /** Whether every agency has finished. */
  public boolean isComplete() {
    return unfinished == 0;
  }

  /** The agencies that have not finished, in order. */
  public List<Integer> missing() {
    return IntStream.rangeClosed(1, standings.length)
        .filter(agency -> !standing(agency).finished())
        .boxed()
        .toList();
  }

  /** How many bets are stored, of all agencies. */
  public long bets() {
    return Arrays.stream(standings).mapToLong(Standing::next).sum();
  }

  /** How each agency stands, in order of agency. */
  public List<Standing> standings() {
    return new ArrayList<>(Arrays.asList(standings));
  }

  private Verdict accept(int agency, Standing standing) {
    uncommitted.putIfAbsent(agency, standing(agency));
    set(agency, standing);
    return new Verdict.Accepted(standing);
  }

  private void set(int agency, Standing standing) {
    unfinished += (standing(agency).finished() ? 1 : 0) - (standing.finished() ? 1 : 0);
    standings[agency - 1] = standing;
  }

  private static Verdict refused(Refusal refusal, long next, String reason, Object... values) {
    return new Verdict.Refused(refusal, next, reason.formatted(values));
  }
}
