package loteria.checks.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import loteria.client.Outcome;
import loteria.client.Upload;
import loteria.client.WinnerDocuments;
import loteria.lottery.Refusal;

/**
 * One run of an agency's program: session after session, until the draw was held or there is no
 * sense in going on. It keeps nothing beyond its end. For one thread.
 */
final class AgencyProgram {
  private static final long BACKOFF_FIRST = 100 * Agenda.MILLISECOND;
  private static final long BACKOFF_MAX = 3 * Agenda.SECOND;

  private final World world;
  private final int agency;
  private final int number;
  private final int batchBetsMax;
  private final Meddler meddler;
  private Optional<AgencySession> session = Optional.empty();
  private boolean running = true;
  private final List<String> winners = new ArrayList<>();
  private boolean careful;
  private long acked;
  private int attempts;

  AgencyProgram(World world, int agency, int number, Meddler meddler) {
    this.world = world;
    this.agency = agency;
    this.number = number;
    this.batchBetsMax = world.chance().oneIn(6) ? 99 : world.chance().between(1, 8);
    this.meddler = meddler;
  }

  int agency() {
    return agency;
  }

  Meddler meddler() {
    return meddler;
  }

  Optional<AgencySession> session() {
    return session;
  }

  /** Begins a session, or tries again later. */
  void connect() {
    if (!running) {
      return;
    }
    if (!world.central().isUp()) {
      tryLater();
      return;
    }
    AgencyFile file = world.truth().file(agency);
    Upload upload = new Upload(agency, _ -> file.open(), batchBetsMax, true, acked);
    if (careful) {
      upload.goOnCarefully();
    }
    upload.tellWinnersTo(new Documents());
    AgencySession begun = new AgencySession(world, this, upload);
    session = Optional.of(begun);
    begun.run();
  }

  /** What the agency is told of its winners; from the beginning in each session. */
  private final class Documents implements WinnerDocuments {
    @Override
    public void begin() {
      winners.clear();
    }

    @Override
    public void add(List<String> documents) {
      winners.addAll(documents);
    }
  }

  private void tryLater() {
    long bound = Math.min(BACKOFF_MAX, BACKOFF_FIRST << Math.min(attempts, 10));
    attempts++;
    world.agenda().in(world.chance().between(1L, bound), this::connect);
  }

  /** The connection is gone. */
  void lost(String why) {
    world.transcript().note("%s lost its connection: %s", this, why);
    leaveSession();
    tryLater();
  }

  private void leaveSession() {
    if (session.isPresent()) {
      acked = Math.max(acked, session.get().acked());
      session = Optional.empty();
    }
  }

  /** The upload has come to its end. */
  void ended(Outcome outcome, AgencySession session) {
    leaveSession();
    if (outcome instanceof Outcome.Refused(var refused) && refused.refusal().isRetryable()) {
      requireReason(refused.refusal(), session.hasMeddled());
      tryLater();
      return;
    }
    world.transcript().note("%s ends: %s", this, outcome);
    running = false;
    switch (outcome) {
      case Outcome.Drawn(_, var count) -> {
        Violation.unless(count == winners.size(), "%d winners are %s", count, winners);
        world.judge().drawn(agency, winners);
      }
      case Outcome.NotChecked(var refused) ->
          throw new Violation("agency %d has sent a bad row: %s".formatted(agency, refused));
      case Outcome.Refused(var refused) -> requireReason(refused.refusal(), session.hasMeddled());
      case Outcome.Conflict conflict -> {
        Violation.unless(has(Fault.FILE_CHANGED), "agency %d: %s", agency, conflict);
        world.note(Reached.CHANGED_FILE_FOUND);
      }
      case Outcome.BadRow _ -> {
        Violation.unless(has(Fault.BAD_ROW), "agency %d: a bad row that is none", agency);
        world.note(Reached.BAD_ROW_FOUND);
      }
      case Outcome.NotSealed notSealed ->
          throw new Violation("agency %d: %s".formatted(agency, notSealed));
      case Outcome.Stored _ -> throw new Violation("an upload ends without the draw");
    }
    world.operator().ended(this, outcome);
  }

  /** Nobody is refused without a reason. */
  private void requireReason(Refusal refusal, boolean meddled) {
    boolean right =
        switch (refusal) {
          case FENCED, SHUTTING_DOWN, TOO_SLOW -> true;
          case GAP, OVERLAP, CONFLICT, OUT_OF_ORDER -> meddled;
          case CLOSED -> meddled || world.judge().isClosingAsked(agency);
          case BAD_CHECKSUM, BAD_FRAME -> has(Fault.FLIPPED_BIT);
          case STORAGE_FULL -> has(Fault.DISK_FULL);
          case ACKED_LOST -> world.judge().isRotten();
          case UNSUPPORTED_VERSION, UNKNOWN_AGENCY, BAD_BET, BUSY, FORBIDDEN -> false;
        };
    Violation.unless(right, "agency %d is refused without a reason: %s", agency, refusal);
  }

  private boolean has(Fault fault) {
    return world.tally().count(fault) > 0;
  }

  /** The program is killed, or its machine loses power. */
  void die(boolean machine) {
    world.transcript().note("%s dies%s", this, machine ? " with its machine" : "");
    running = false;
    if (machine) {
      session.ifPresent(AgencySession::losePower);
    } else {
      session.ifPresent(AgencySession::close);
    }
    session = Optional.empty();
  }

  @Override
  public String toString() {
    return "agency %d (program %d)".formatted(agency, number);
  }
}
