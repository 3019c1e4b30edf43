package loteria.lottery;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a lottery: which bets are accepted, when they may be sealed, when the number may be
 * drawn. The central, its recovery and {@code verify} all drive this one class.
 *
 * <p>The key of a bet is its agency and its ordinal in the agency's file. Invariant: what is
 * accepted of an agency is a gap-free prefix of its file, each bet once; after its finish, or after
 * an operator has closed it, nothing more is accepted. An agency is never both finished and closed.
 * The bets are sealed once, when nobody is awaited any more; the number is drawn once, after that.
 *
 * <p>Requests are decided one after the other, and each decision is seen by the next. Those since
 * the last {@link #endGroup()} are a group, which is made durable as a whole; one group may be
 * under way while the next is decided. {@link #commit()} says that the older one will not be
 * undone, {@link #rollback()} that none of what was not committed has happened.
 *
 * <p>No input or output, no clock; for one thread.
 */
public final class Lottery {
  /** The most agencies that a lottery can have. */
  public static final int AGENCIES_MAX = 65_535;

  /** The most agencies that can be closed, so that the frame of a {@link Seal} can name them. */
  public static final int CLOSED_MAX = 4_000;

  /** What was sealed, and when. */
  public record Sealed(Seal seal, Instant at) {}

  /** What was drawn: the number, how many bets have won, and when. */
  public record Drawn(int number, long winners, Instant at) {}

  private final AgencyState[] states;
  private int awaited;
  private int closed;
  private @Nullable Sealed sealed;
  private @Nullable Drawn drawn;

  /** What a group that is not committed has changed. */
  private static final class Group {
    /** What each agency was before the group's first decision about it. */
    private final Map<Integer, AgencyState> before = new HashMap<>();

    private boolean sealed;
    private boolean drawn;

    boolean isEmpty() {
      return before.isEmpty() && !sealed && !drawn;
    }

    void clear() {
      before.clear();
      sealed = false;
      drawn = false;
    }
  }

  private Group group = new Group();
  private Group olderGroup = new Group();

  /**
   * A lottery that has not begun.
   *
   * @param agencies how many agencies are expected, 1 to {@link #AGENCIES_MAX}: those numbered 1 to
   *     {@code agencies}
   */
  public Lottery(int agencies) {
    assert agencies >= 1 && agencies <= AGENCIES_MAX : agencies;
    states = new AgencyState[agencies];
    Arrays.fill(states, AgencyState.NEW);
    awaited = agencies;
  }

  /**
   * An agency comes, for the first time or again.
   *
   * @param acked how many of its bets it has been told are stored, as far as it remembers
   * @return {@link Decision.Unchanged} with the state from which it goes on, or a refusal
   */
  public Decision greet(int agency, long acked) {
    if (!expects(agency)) {
      return unknown(agency);
    }
    AgencyState state = state(agency);
    if (acked > state.next()) {
      return rejected(
          Refusal.ACKED_LOST,
          state,
          "%s %s acknowledged, %d %s stored",
          Count.of(acked, "bet"),
          Count.word(acked, "was", "were"),
          state.next(),
          Count.word(state.next(), "is", "are"));
    }
    return state.closed() == null ? new Decision.Unchanged(state) : closed(state, state.closed());
  }

  /**
   * A batch of valid rows of an expected agency. It is accepted whole or not at all.
   *
   * @param first the ordinal of its first row in the agency's file, from 0
   * @param count how many rows, at least 1
   * @param checksum CRC-32C over the rows
   * @param bytes how many bytes they are
   */
  public Decision add(int agency, long first, int count, int checksum, int bytes) {
    assert first >= 0 && first <= Long.MAX_VALUE - count : first;
    assert count >= 1 && bytes >= 1 : count + " bets of " + bytes + " bytes";
    AgencyState state = state(agency);
    long next = state.next();
    long end = first + count;
    if (state.closed() != null) {
      return closed(state, state.closed());
    }
    if (end <= next) {
      return new Decision.Unchanged(state);
    }
    if (state.finished()) {
      return rejected(
          Refusal.CLOSED, state, "the agency has finished with %s", Count.of(next, "bet"));
    }
    if (first > next) {
      return rejected(Refusal.GAP, state, "a batch from %d on, where %d is next", first, next);
    }
    if (first < next) {
      return rejected(
          Refusal.OVERLAP, state, "a batch from %d to %d, where %d is next", first, end - 1, next);
    }
    return accepted(agency, state.with(count, checksum, bytes));
  }

  /**
   * An expected agency has no more bets.
   *
   * @param total how many it has sent
   * @param checksum CRC-32C over the rows of all of them
   */
  public Decision finish(int agency, long total, int checksum) {
    AgencyState state = state(agency);
    if (state.closed() != null) {
      return closed(state, state.closed());
    }
    if (total != state.next() || checksum != state.checksum()) {
      return rejected(
          Refusal.CONFLICT,
          state,
          "finish with %s of checksum %08x, where %d of checksum %08x %s stored",
          Count.of(total, "bet"),
          checksum,
          state.next(),
          state.checksum(),
          Count.word(state.next(), "is", "are"));
    }
    return state.finished() ? new Decision.Unchanged(state) : accepted(agency, state.finish());
  }

  /**
   * An operator ends the wait for an agency that has not finished, for good. What is stored of it
   * stays.
   *
   * @return {@link Decision.Unchanged} if it was closed already, for whatever reason: the first one
   *     stands
   */
  public Decision close(int agency, ClosingReason reason) {
    if (!expects(agency)) {
      return unknown(agency);
    }
    AgencyState state = state(agency);
    if (state.finished()) {
      return finished(agency, state);
    }
    if (state.closed() != null) {
      return new Decision.Unchanged(state);
    }
    if (closed == CLOSED_MAX) {
      return rejected(
          Refusal.CLOSED, state, "%d agencies are closed, the most that can", CLOSED_MAX);
    }
    return accepted(agency, state.close(reason));
  }

  /** Why not all of these agencies can be closed; empty if they can, or are closed already. */
  public Optional<String> whyNotClosed(List<Integer> agencies) {
    int more = 0;
    for (int agency : agencies) {
      if (!expects(agency)) {
        return Optional.of(unknown(agency).reason());
      }
      AgencyState state = state(agency);
      if (state.finished()) {
        return Optional.of(finished(agency, state).reason());
      }
      more += state.closed() == null ? 1 : 0;
    }
    return closed + more > CLOSED_MAX
        ? Optional.of(
            "%d agencies would be closed, where %d can be".formatted(closed + more, CLOSED_MAX))
        : Optional.empty();
  }

  /**
   * Seals the bets. No more could be accepted anyway: every agency is over.
   *
   * @return why they cannot be; empty if they now are
   */
  public Optional<String> seal(Seal seal, Instant at) {
    if (sealed != null) {
      return Optional.of("the bets are sealed already");
    }
    if (!isComplete()) {
      return Optional.of(
          "the bets cannot be sealed: %s %s awaited"
              .formatted(Count.of(awaited, "agency"), Count.word(awaited, "is", "are")));
    }
    if (!seal.closed().equals(closed())) {
      return Optional.of(
          "the seal names the agencies %s as closed, where %s were"
              .formatted(seal.closed(), closed()));
    }
    if (seal.bets() != bets()) {
      return Optional.of(
          "the seal counts %s, where %d %s stored"
              .formatted(Count.of(seal.bets(), "bet"), bets(), Count.word(bets(), "is", "are")));
    }
    sealed = new Sealed(seal, at);
    group.sealed = true;
    return Optional.empty();
  }

  /**
   * The number is drawn.
   *
   * @return why it cannot be; empty if it now is
   */
  public Optional<String> draw(int number, long winners, Instant at) {
    if (sealed == null) {
      return Optional.of("the draw was held before the bets were sealed");
    }
    if (drawn != null) {
      return Optional.of("the draw was held already, of %d".formatted(drawn.number()));
    }
    if (winners > sealed.seal().bets()) {
      return Optional.of(
          "%s %s won, of %d"
              .formatted(
                  Count.of(winners, "bet"),
                  Count.word(winners, "has", "have"),
                  sealed.seal().bets()));
    }
    drawn = new Drawn(number, winners, at);
    group.drawn = true;
    return Optional.empty();
  }

  /**
   * Ends the group: what is decided from now on is the next one's. The group before must be
   * committed.
   */
  public void endGroup() {
    assert olderGroup.isEmpty() : "two groups are under way";
    Group empty = olderGroup;
    olderGroup = group;
    group = empty;
  }

  /**
   * The group that was ended will not be undone: it is durable, or its log never runs out of room.
   * What was decided since then may be.
   */
  public void commit() {
    olderGroup.clear();
  }

  /**
   * Nothing of what was not committed has happened, neither of the group that was ended nor of the
   * one after it.
   *
   * @return the agencies whose state may have changed
   */
  public Set<Integer> rollback() {
    Set<Integer> agencies = new HashSet<>();
    for (Group undone : List.of(group, olderGroup)) { // the newer first
      undone.before.forEach(this::set);
      agencies.addAll(undone.before.keySet());
      if (undone.sealed) {
        sealed = null;
      }
      if (undone.drawn) {
        drawn = null;
      }
      undone.clear();
    }
    return agencies;
  }

  /** How many agencies are expected. */
  public int agencies() {
    return states.length;
  }

  /** Whether this lottery expects the agency. */
  public boolean expects(int agency) {
    return agency >= 1 && agency <= states.length;
  }

  /** What was accepted of an expected agency, uncommitted decisions included. */
  public AgencyState state(int agency) {
    return states[agency - 1];
  }

  /** The same of each agency, in order of agency. */
  public List<AgencyState> states() {
    return List.of(states);
  }

  /** Whether every agency has finished or was closed. */
  public boolean isComplete() {
    return awaited == 0;
  }

  /** The agencies that are awaited, in order: they have not finished, and were not closed. */
  public List<Integer> missing() {
    return IntStream.rangeClosed(1, states.length)
        .filter(agency -> !state(agency).isOver())
        .boxed()
        .toList();
  }

  /** The agencies that an operator has closed, in order. */
  public List<Integer> closed() {
    return closed == 0
        ? List.of()
        : IntStream.rangeClosed(1, states.length)
            .filter(agency -> state(agency).closed() != null)
            .boxed()
            .toList();
  }

  /** How many bets were accepted, of all agencies, uncommitted decisions included. */
  public long bets() {
    return Arrays.stream(states).mapToLong(AgencyState::next).sum();
  }

  /** The seal, once the bets are sealed. */
  public Optional<Sealed> sealed() {
    return Optional.ofNullable(sealed);
  }

  /** The draw, once it was held. */
  public Optional<Drawn> drawn() {
    return Optional.ofNullable(drawn);
  }

  private Decision accepted(int agency, AgencyState state) {
    group.before.putIfAbsent(agency, state(agency));
    set(agency, state);
    return new Decision.Accepted(state);
  }

  private void set(int agency, AgencyState state) {
    AgencyState before = state(agency);
    awaited += (before.isOver() ? 1 : 0) - (state.isOver() ? 1 : 0);
    closed += (state.closed() == null ? 0 : 1) - (before.closed() == null ? 0 : 1);
    states[agency - 1] = state;
  }

  private static Decision.Rejected finished(int agency, AgencyState state) {
    return rejected(
        Refusal.CLOSED,
        state,
        "agency %d has finished with %s",
        agency,
        Count.of(state.next(), "bet"));
  }

  private Decision.Rejected unknown(int agency) {
    return new Decision.Rejected(
        Refusal.UNKNOWN_AGENCY,
        0,
        "agency %d is not one of 1 to %d".formatted(agency, states.length));
  }

  private static Decision.Rejected closed(AgencyState state, ClosingReason reason) {
    return rejected(
        Refusal.CLOSED,
        state,
        "the operator has closed the agency with %s: %s",
        Count.of(state.next(), "bet"),
        reason);
  }

  private static Decision.Rejected rejected(
      Refusal refusal, AgencyState state, String reason, Object... values) {
    return new Decision.Rejected(refusal, state.next(), reason.formatted(values));
  }
}
