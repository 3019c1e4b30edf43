package loteria.checks.simulation.shared;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import loteria.checks.simulation.Agenda;
import loteria.checks.simulation.Violation;
import loteria.client.Outcome;
import loteria.client.Upload;
import loteria.client.WinnerDocuments;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;
import loteria.protocol.Turns;
import org.jspecify.annotations.Nullable;

/**
 * One run of an agency's program: session after session with whatever central, the real upload in
 * each, until the draw was held or the agency is closed. For one thread.
 */
final class AgencyRun {
  private static final long BACKOFF_MAX = 2 * Agenda.SECOND;
  private static final long SILENCE = 30 * Agenda.SECOND;

  private final SharedWorld world;
  private final int agency;
  private final int batchBetsMax;
  private final boolean loyal; // to one central
  private final long pauseMax;
  private final List<String> winners = new ArrayList<>();
  private @Nullable Talk talk;
  private @Nullable Node astray;
  private boolean running = true;
  private long acked;

  AgencyRun(SharedWorld world, int agency) {
    this.world = world;
    this.agency = agency;
    this.batchBetsMax = world.chance.oneIn(6) ? 99 : world.chance.between(1, 8);
    this.loyal = world.chance.oneIn(2);
    this.pauseMax = world.chance.oneIn(2) ? 2 * Agenda.SECOND : 10 * Agenda.MILLISECOND;
  }

  int agency() {
    return agency;
  }

  /** The connection that it has now. */
  Optional<Call> call() {
    return Optional.ofNullable(talk).map(now -> now.call);
  }

  /** It comes to this one next. */
  void goAstrayTo(Node node) {
    astray = node;
  }

  void connect() {
    if (!running) {
      return;
    }
    Node home = astray != null ? astray : world.nodes.get(agency % world.nodes.size());
    Node node = loyal || astray != null ? home : world.chance.of(world.nodes);
    astray = null;
    Program central = node.program().filter(Program::isReachable).orElse(null);
    if (central == null) {
      tryLater();
      return;
    }
    world.transcript.note("agency %s connects to %s", agency, central);
    Talk begun = new Talk(central);
    talk = begun;
    begun.run();
  }

  private void tryLater() {
    world.soon(BACKOFF_MAX, this::connect);
  }

  private void leave(Talk over) {
    acked = Math.max(acked, over.upload.acked());
    talk = null;
  }

  /** The program is killed; it remembers nothing. */
  void die() {
    running = false;
    Talk now = talk;
    if (now != null) {
      now.close();
    }
  }

  private void cameTo(Outcome outcome) {
    world.transcript.note("agency %s ends: %s", agency, outcome);
    switch (outcome) {
      case Outcome.Refused(var refused) when refused.refusal() == Refusal.SHUTTING_DOWN -> {
        world.note(Happened.SENT_AWAY);
        tryLater();
      }
      case Outcome.Refused(var refused)
          when refused.refusal() == Refusal.FENCED || refused.refusal() == Refusal.TOO_SLOW ->
          tryLater();
      case Outcome.Refused(var refused)
          when refused.refusal() == Refusal.CLOSED && world.judge.isClosingAsked(agency) -> {
        world.judge.toldOfClosing(agency);
        over();
      }
      case Outcome.Drawn(_, var count) -> {
        Violation.unless(count == winners.size(), "%d winners are %s", count, winners);
        world.judge.drawn(agency, winners);
        over();
      }
      case Outcome other -> throw new Violation("agency %d ends with %s".formatted(agency, other));
    }
  }

  private void over() {
    running = false;
    world.people.served(this);
  }

  @Override
  public String toString() {
    return "agency " + agency;
  }

  /** One session. */
  private final class Talk implements Call.Agency {
    private final Upload upload;
    private final Call call;
    private final long ackedBefore = acked;
    private final FrameReader frames = new FrameReader();
    private final Queue<Message.FromCentral> inbox = new ArrayDeque<>();
    private Turns.OfCentral turn = Turns.OfCentral.GREETING;
    private boolean centralEnded;
    private boolean waiting;
    private boolean closed;
    private long heardAt = world.agenda.now();

    Talk(Program central) {
      upload =
          new Upload(agency, _ -> world.truth.file(agency).open(), batchBetsMax, true, ackedBefore);
      upload.tellWinnersTo(
          new WinnerDocuments() {
            @Override
            public void begin() {
              winners.clear();
            }

            @Override
            public void add(List<String> documents) {
              winners.addAll(documents);
            }
          });
      call = new Call(world, central, this);
      watch();
    }

    private void watch() {
      if (closed) {
        return;
      }
      if (waiting && world.agenda.now() - heardAt >= SILENCE) {
        lose();
      } else {
        world.agenda.in(Agenda.SECOND, this::watch);
      }
    }

    /** Sends what there is to send, then hears what there is to hear, until it has to wait. */
    void run() {
      try {
        while (!closed && !waiting && upload.outcome().isEmpty()) {
          Message.FromAgency message = upload.next().orElse(null);
          if (message != null) {
            send(message);
            if (world.chance.oneIn(3)) {
              world.soon(pauseMax, this::run);
              return;
            }
          } else if (upload.outcome().isEmpty()) {
            receive();
          }
        }
      } catch (IOException nonsense) {
        throw new Violation("agency %d hears nonsense".formatted(agency), nonsense);
      }
      if (!closed && upload.outcome().isPresent()) {
        close();
        leave(this);
        cameTo(upload.outcome().get());
      }
    }

    private void send(Message.FromAgency message) {
      world.transcript.note("agency %s: %s", agency, message);
      if (message instanceof Message.Batch batch) {
        world.judge.sent(agency, batch.first() + batch.rows().count());
      }
      call.send(Codec.encode(message));
    }

    private void receive() throws IOException {
      if (!inbox.isEmpty()) {
        hear(inbox.remove());
      } else if (centralEnded) {
        lose();
      } else {
        waiting = true;
      }
    }

    private void hear(Message.FromCentral message) throws IOException {
      world.transcript.note("agency %s hears %s", agency, message);
      turn =
          turn.after(message)
              .orElseThrow(() -> new IOException("%s when %s".formatted(message, turn)));
      upload.hear(message);
      switch (message) {
        case Message.Welcome welcome -> welcomed(welcome);
        case Message.Stored _ -> {
          world.judge.acknowledged(agency, upload.acked());
          world.troubles.stored(AgencyRun.this);
        }
        case Message.Finished _ -> world.judge.finishAcknowledged(agency);
        case Message.SealReceipt receipt -> world.judge.sealTold(agency, receipt.seal());
        case Message.WinnersPage page -> world.judge.winnersTold(agency, page.number());
        case Message.Ping _, Message.Refused _ -> {}
      }
    }

    private void welcomed(Message.Welcome welcome) {
      long next = welcome.state().next();
      Violation.unless(
          next >= ackedBefore,
          "agency %d knows of %d bets, and is welcomed with %d",
          agency,
          ackedBefore,
          next);
      world.judge.acknowledged(agency, next);
      if (welcome.state().finished()) {
        world.judge.finishAcknowledged(agency);
      }
      if (next > 0 && next < world.truth.bets(agency).size()) {
        world.note(Happened.RESUMED_IN_MID_FILE);
      }
    }

    @Override
    public void arrived(byte[] bytes) {
      heardAt = world.agenda.now();
      frames.receive(bytes, 0, bytes.length);
      while (frames.next() instanceof FrameReader.Whole whole) {
        inbox.add((Message.FromCentral) whole.decode());
      }
      wake();
    }

    @Override
    public void ended() {
      centralEnded = true;
      wake();
    }

    private void wake() {
      if (waiting && !closed) {
        waiting = false;
        run();
      }
    }

    private void lose() {
      world.transcript.note("agency %s loses its connection", agency);
      close();
      leave(this);
      tryLater();
    }

    void close() {
      if (!closed) {
        closed = true;
        call.leave();
        try {
          upload.close();
        } catch (IOException impossible) {
          throw new AssertionError(impossible);
        }
      }
    }
  }
}
