package loteria.lottery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The rules by which bets are accepted, and how each agency stands.
 *
 * <p>The key of a bet is its agency and its ordinal in the agency's file. Invariant: what is
 * accepted of an agency is a gap-free prefix of its file, each bet once; after its finish, or after
 * an operator has closed it, nothing is accepted any more. It cannot be both: who has finished is
 * not closed, and who was closed cannot finish.
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

  /** The most agencies that can be closed, so that the frame of a {@link Seal} can name them. */
  public static final int CLOSED_MAX = 4_000;

  private final Standing[] standings;
  private final Map<Integer, Standing> uncommitted = new HashMap<>();
  private final NavigableMap<Integer, Reason> closed = new TreeMap<>();
  private final Set<Integer> uncommittedClosings = new HashSet<>();
  private int awaited;

  /**
   * @param agencies how many agencies are expected, 1 to {@link #AGENCIES_MAX}: those numbered 1 to
   *     {@code agencies}
   */
  public Lottery(int agencies) {
    assert agencies >= 1 && agencies <= AGENCIES_MAX : agencies;
    standings = new Standing[agencies];
    Arrays.fill(standings, Standing.NEW);
    awaited = agencies;
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
      return refusedAsUnknown(agency);
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
    Reason reason = closed.get(agency);
    return reason == null ? new Verdict.Repeated(standing) : refusedAsClosed(agency, reason);
  }

  /** A batch of an expected agency. It is accepted whole or not at all. */
  public Verdict store(Offer offer) {
    Standing standing = standing(offer.agency());
    long next = standing.next();
    Reason reason = closed.get(offer.agency());
    if (reason != null) {
      return refusedAsClosed(offer.agency(), reason);
    }
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
    Reason reason = closed.get(agency);
    if (reason != null) {
      return refusedAsClosed(agency, reason);
    }
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

  /**
   * An operator ends the wait for an agency that has not finished, for good. What is stored of it
   * stays.
   *
   * @return {@link Verdict.Repeated} if it was closed already, for whatever reason: the first one
   *     stands
   */
  public Verdict close(int agency, Reason reason) {
    if (!expects(agency)) {
      return refusedAsUnknown(agency);
    }
    Standing standing = standing(agency);
    if (standing.finished()) {
      return refused(
          Refusal.CLOSED,
          standing.next(),
          "agency %d has finished with %d bets",
          agency,
          standing.next());
    }
    if (closed.containsKey(agency)) {
      return new Verdict.Repeated(standing);
    }
    if (closed.size() == CLOSED_MAX) {
      return refused(
          Refusal.CLOSED, standing.next(), "%d agencies are closed, the most that can", CLOSED_MAX);
    }
    closed.put(agency, reason);
    uncommittedClosings.add(agency);
    awaited--;
    return new Verdict.Accepted(standing);
  }

  /** What was decided since the last commit is durable. */
  public void commit() {
    uncommitted.clear();
    uncommittedClosings.clear();
  }

  /**
   * What was decided since the last commit has not happened.
   *
   * @return the agencies that it was about
   */
  public Set<Integer> rollback() {
    uncommitted.forEach(this::set);
    uncommittedClosings.forEach(closed::remove);
    awaited += uncommittedClosings.size();
    Set<Integer> agencies = new HashSet<>(uncommitted.keySet());
    agencies.addAll(uncommittedClosings);
    uncommitted.clear();
    uncommittedClosings.clear();
    return agencies;
  }

  /** Whether every agency has finished or was closed. */
  public boolean isComplete() {
    return awaited == 0;
  }

  /** The agencies that are awaited, in order: they have not finished, and were not closed. */
  public List<Integer> missing() {
    return IntStream.rangeClosed(1, standings.length)
        .filter(agency -> !standing(agency).finished() && !closed.containsKey(agency))
        .boxed()
        .toList();
  }

  /** Why an operator has closed the agency; empty if none has. */
  public Optional<Reason> closedFor(int agency) {
    return Optional.ofNullable(closed.get(agency));
  }

  /** The agencies that were closed, in order, each with the reason: as it is now. */
  public NavigableMap<Integer, Reason> closed() {
    return Collections.unmodifiableNavigableMap(new TreeMap<>(closed));
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
    awaited += (standing(agency).finished() ? 1 : 0) - (standing.finished() ? 1 : 0);
    standings[agency - 1] = standing;
  }

  private Verdict refusedAsUnknown(int agency) {
    return refused(
        Refusal.UNKNOWN_AGENCY, 0, "agency %d is not one of 1 to %d", agency, standings.length);
  }

  private Verdict refusedAsClosed(int agency, Reason reason) {
    long next = standing(agency).next();
    return refused(
        Refusal.CLOSED, next, "the operator has closed the agency with %d bets: %s", next, reason);
  }

  private static Verdict refused(Refusal refusal, long next, String reason, Object... values) {
    return new Verdict.Refused(refusal, next, reason.formatted(values));
  }
}
