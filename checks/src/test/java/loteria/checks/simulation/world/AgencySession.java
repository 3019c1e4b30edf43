package loteria.checks.simulation.world;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import loteria.checks.simulation.run.Agenda;
import loteria.checks.simulation.run.Reached;
import loteria.checks.simulation.run.Violation;
import loteria.client.upload.Upload;
import loteria.protocol.Codec;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;
import loteria.protocol.Turns;

/**
 * One connection of an agency's program: the real upload, and what its link and its main thread do.
 * For one thread.
 */
public final class AgencySession implements Wire.Reader {
  private static final long SILENCE = 30 * Agenda.SECOND;
  private static final long PROXY_DIES_AFTER = 3 * Agenda.SECOND;

  private final World world;
  private final AgencyProgram program;
  private final Upload upload;
  private final Connection connection;
  private final FrameReader frames = new FrameReader();
  private final Queue<Message.FromCentral> inbox = new ArrayDeque<>();
  private final List<Message.Batch> batches = new ArrayList<>();
  private Turns.OfCentral turn = Turns.OfCentral.GREETING;
  private Optional<String> broken = Optional.empty();
  private boolean waiting;
  private boolean closed;
  private boolean meddled;
  private boolean finished;
  private final long ackedBefore;
  private final int rotsBefore;
  private long deadline;
  private int pages;

  /** Connects to a central, which must be up. */
  AgencySession(World world, AgencyProgram program, Program central, Upload upload) {
    this.world = world;
    this.program = program;
    this.upload = upload;
    this.connection = new CentralConversation(world, central, this).connection();
    this.deadline = world.agenda.now() + SILENCE;
    this.ackedBefore = upload.acked();
    this.rotsBefore = world.judge().rots();
    watch();
  }

  public Connection connection() {
    return connection;
  }

  /** Whether it has said what an agency of ours never says. */
  boolean hasMeddled() {
    return meddled;
  }

  private void watch() {
    if (closed) {
      return;
    }
    if (waiting && world.agenda.now() >= deadline) {
      lose("the central was silent");
    } else {
      world.agenda.in(Agenda.SECOND, this::watch);
    }
  }

  /** Sends what there is to send, then hears what there is to hear, until it has to wait. */
  void run() {
    try {
      while (!closed && upload.outcome().isEmpty() && !waiting) {
        Optional<Message.FromAgency> message = upload.next();
        if (message.isPresent()) {
          send(message.get());
          if (world.chance.oneIn(3)) {
            world.soon(program.pauseMax(), this::run);
            return;
          }
        } else if (upload.outcome().isEmpty()) {
          receive();
        }
      }
    } catch (IOException nonsense) {
      Violation.unless(meddled, "agency %d: %s", program.agency(), nonsense);
      lose(String.valueOf(nonsense.getMessage()));
    }
    if (!closed && upload.outcome().isPresent()) {
      close();
      program.ended(upload.outcome().get(), this);
    }
  }

  private void receive() throws IOException {
    if (!inbox.isEmpty()) {
      hear(inbox.remove());
    } else if (broken.isPresent()) {
      lose(broken.get());
    } else {
      waiting = true;
    }
  }

  private void send(Message.FromAgency message) {
    List<Message.FromAgency> said = program.meddler().instead(message, batches, finished);
    meddled |= !said.equals(List.of(message));
    if (said.isEmpty()) {
      world.agenda.in(PROXY_DIES_AFTER, connection::cut);
    }
    for (Message.FromAgency one : said) {
      world.transcript.note("%s: %s", program, one);
      if (one instanceof Message.Batch batch && !meddled) {
        batches.add(batch);
      }
      connection.sendToCentral(Codec.encode(one));
    }
    if (message instanceof Message.Batch batch) {
      world.judge().sent(program.agency(), batch.first() + batch.rows().count());
    }
  }

  private void hear(Message.FromCentral message) throws IOException {
    world.transcript.note("%s hears %s", program, message);
    turn =
        turn.after(message)
            .orElseThrow(() -> new IOException("%s when %s".formatted(message, turn)));
    upload.hear(message);
    switch (message) {
      case Message.Welcome welcome -> welcomed(welcome);
      case Message.Finished _ -> acknowledgedFinish();
      case Message.WinnersPage page -> {
        world.judge().winnersTold(program.agency(), page.number());
        pages++;
        if (pages == 2) {
          world.note(Reached.PAGES);
        }
      }
      case Message.Stored _ -> {
        acknowledged();
        world.troubles().stored(program);
      }
      case Message.SealReceipt receipt -> {
        if (rotsBefore == world.judge().rots()) {
          world.judge().sealTold(program.agency(), receipt.seal());
        }
      }
      case Message.Ping _, Message.Refused _ -> {}
    }
  }

  /** What the disk has lost since the session began was acknowledged in vain. */
  private void acknowledged() {
    if (rotsBefore == world.judge().rots()) {
      world.judge().acknowledged(program.agency(), upload.acked());
    }
  }

  private void acknowledgedFinish() {
    if (rotsBefore == world.judge().rots()) {
      world.judge().finishAcknowledged(program.agency());
    }
  }

  private void welcomed(Message.Welcome welcome) {
    finished = welcome.state().finished();
    long next = welcome.state().next();
    Violation.unless(
        next >= ackedBefore,
        "agency %d knows of %d bets, is welcomed with %d, and is not told",
        program.agency(),
        ackedBefore,
        next);
    if (upload.outcome().isEmpty()
        && next > 0
        && next < world.truth.bets(program.agency()).size()) {
      world.note(Reached.RESUMED_IN_MID_FILE);
    }
    if (upload.outcome().isEmpty()) {
      acknowledged();
      if (finished) {
        acknowledgedFinish();
      }
    }
  }

  @Override
  public void arrived(byte[] bytes) {
    deadline = world.agenda.now() + SILENCE;
    if (!closed && broken.isEmpty()) {
      frames.receive(bytes, 0, bytes.length);
      takeFrames();
    }
    wake();
  }

  private void takeFrames() {
    while (broken.isEmpty()) {
      switch (frames.next()) {
        case FrameReader.Whole whole -> {
          if (whole.decode() instanceof Message.FromCentral message) {
            inbox.add(message);
          } else {
            throw new Violation("the central sends " + whole.decode());
          }
        }
        case FrameReader.Broken damaged -> broken = Optional.of(damaged.reason());
        case FrameReader.NeedMore _ -> {
          return;
        }
      }
    }
  }

  @Override
  public void ended() {
    if (broken.isEmpty()) {
      broken = Optional.of("the central closed the connection");
    }
    wake();
  }

  private void wake() {
    if (waiting && !closed && (!inbox.isEmpty() || broken.isPresent())) {
      waiting = false;
      run();
    }
  }

  private void lose(String why) {
    close();
    program.lost(why);
  }

  /** How many bets it knows to be stored. */
  long acked() {
    return upload.acked();
  }

  /** The program closes the connection, or dies. Idempotent. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    connection.closeByAgency();
    try {
      upload.close();
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** The machine dies, and nobody is told. */
  void losePower() {
    connection.swallow(true, true);
    close();
  }
}
