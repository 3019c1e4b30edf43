package loteria.checks.simulation.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import loteria.checks.simulation.run.Agenda;
import loteria.checks.simulation.run.Fault;
import loteria.checks.simulation.run.Reached;
import loteria.checks.simulation.run.Violation;
import loteria.checks.simulation.truth.AgencyFile;
import loteria.client.upload.Outcome;
import loteria.client.upload.Upload;
import loteria.client.upload.WinnerDocuments;
import loteria.lottery.Refusal;

/**
 * One run of an agency's program: session after session with whatever central, until the draw was
 * held or there is no sense in going on. It keeps nothing beyond its end. For one thread.
 */
public final class AgencyProgram {
  private static final long BACKOFF_FIRST = 100 * Agenda.MILLISECOND;
  private static final long BACKOFF_MAX = 3 * Agenda.SECOND;

  private final World world;
  private final int agency;
  private final int number;
  private final int batchBetsMax;
  private final long pauseMax;
  private final boolean loyal; // to one central
  private final Meddler meddler;
  private Optional<AgencySession> session = Optional.empty();
  private Optional<Node> astray = Optional.empty();
  private boolean running = true;
  private final List<String> winners = new ArrayList<>();
  private long acked;
  private int attempts;

  AgencyProgram(World world, int agency, int number, Meddler meddler) {
    this.world = world;
    this.agency = agency;
    this.number = number;
    this.batchBetsMax = world.chance.oneIn(6) ? 99 : world.chance.between(1, 8);
    this.pauseMax = world.chance.oneIn(4) ? 2 * Agenda.SECOND : 10 * Agenda.MILLISECOND;
    this.loyal = world.chance.oneIn(2);
    this.meddler = meddler;
  }

  int agency() {
    return agency;
  }

  /** How long it waits at the most between what it says. */
  long pauseMax() {
    return pauseMax;
  }

  Meddler meddler() {
    return meddler;
  }

  public Optional<AgencySession> session() {
    return session;
  }

  /** It comes to this one next. */
  public void goAstrayTo(Node node) {
    astray = Optional.of(node);
  }

  /** Begins a session, or tries again later. */
  void connect() {
    if (!running) {
      return;
    }
    Node home = astray.orElse(world.nodes.get(agency % world.nodes.size()));
    Node node = loyal || astray.isPresent() ? home : world.chance.of(world.nodes);
    astray = Optional.empty();
    Optional<Program> central = node.program().filter(Program::isReachable);
    if (central.isEmpty()) {
      tryLater();
      return;
    }
    AgencyFile file = world.truth.file(agency);
    Upload upload = new Upload(agency, _ -> file.open(), batchBetsMax, true, acked);
    upload.tellWinnersTo(new Documents());
    world.transcript.note("%s connects to %s", this, central.get());
    AgencySession begun = new AgencySession(world, this, central.get(), upload);
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
    world.soon(bound, this::connect);
  }

  /** The connection is gone. */
  void lost(String why) {
    world.transcript.note("%s lost its connection: %s", this, why);
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
    world.transcript.note("%s ends: %s", this, outcome);
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
        Violation.unless(world.tally.has(Fault.FILE_CHANGED), "agency %d: %s", agency, conflict);
        world.note(Reached.CHANGED_FILE_FOUND);
      }
      case Outcome.BadRow _ -> {
        Violation.unless(
            world.tally.has(Fault.BAD_ROW), "agency %d: a bad row that is none", agency);
        world.note(Reached.BAD_ROW_FOUND);
      }
      case Outcome.NotSealed notSealed ->
          throw new Violation("agency %d: %s".formatted(agency, notSealed));
      case Outcome.Stored _ -> throw new Violation("an upload ends without the draw");
    }
    world.operator.ended(this, outcome);
  }

  /** Nobody is refused without a reason. */
  private void requireReason(Refusal refusal, boolean meddled) {
    boolean right =
        switch (refusal) {
          case FENCED, SHUTTING_DOWN, TOO_SLOW -> true;
          case GAP, OVERLAP, CONFLICT, OUT_OF_ORDER -> meddled;
          case CLOSED -> meddled || world.judge().mayHearOfClosing(agency);
          case BAD_CHECKSUM, BAD_FRAME -> world.tally.has(Fault.FLIPPED_BIT);
          // Where several share a lottery brokers keep the bets, and are never full.
          case STORAGE_FULL -> world.tally.has(Fault.DISK_FULL) && world.nodes.size() == 1;
          case ACKED_LOST -> world.judge().rots() > 0;
          case UNSUPPORTED_VERSION, UNKNOWN_AGENCY, BAD_BET, BUSY, FORBIDDEN -> false;
        };
    Violation.unless(right, "agency %d is refused without a reason: %s", agency, refusal);
  }

  /** The program is killed, or its machine loses power. */
  void die(boolean machine) {
    world.transcript.note("%s dies%s", this, machine ? " with its machine" : "");
    running = false;
    session.ifPresent(machine ? AgencySession::losePower : AgencySession::close);
    session = Optional.empty();
  }

  @Override
  public String toString() {
    return "agency %d (program %d)".formatted(agency, number);
  }
}
