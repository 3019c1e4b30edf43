package loteria.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import loteria.lottery.Refusal;
import loteria.lottery.Share;
import loteria.protocol.EncodedBet;
import loteria.protocol.Message;
import loteria.runtime.ExitCode;
import loteria.tls.UntrustedException;
import org.jspecify.annotations.Nullable;

/**
 * An agency that brings its bets to the central: session after session, until they are stored and
 * the draw was held, or there is no sense in going on.
 *
 * <p>For the program's main thread.
 */
final class Agency {
  /**
   * Another program has taken over this agency; not 3, with which the JVM ends when out of memory.
   */
  static final int EXIT_FENCED = 4;

  private final AgencySettings settings;
  private final BetSource.Opener bets;
  private final Patience patience;
  private final Dialer dialer;
  private final Lifeline lifeline;
  private final ClientLog log;
  private final Progress progress;

  /** What the present session reads, once it reads. */
  private @Nullable UncutBets reading;

  private long acked;

  Agency(
      AgencySettings settings,
      BetSource.Opener bets,
      Patience patience,
      Dialer dialer,
      ClientLog log) {
    Lifeline lifeline = dialer.lifeline();
    this.settings = settings;
    this.bets =
        () -> {
          UncutBets opened = new UncutBets(bets.open(), lifeline, log);
          reading = opened;
          return opened;
        };
    this.patience = patience;
    this.dialer = dialer;
    this.lifeline = lifeline;
    this.log = log;
    this.progress =
        new Progress(System::nanoTime, () -> ProgressBar.onTerminalOr(new ProgressLines(log)));
  }

  /**
   * Uploads the bets.
   *
   * @return the program's exit code
   */
  int run() throws InterruptedException {
    while (!lifeline.isCut()) {
      String why;
      try {
        Outcome outcome = session();
        if (!(outcome instanceof Outcome.Refused(Message.Refused refused)
            && refused.refusal().isRetryable())) {
          return end(outcome);
        }
        why = refused.refusal() + ": " + refused.reason();
      } catch (BetsUnreadableException unreadable) {
        log.betsUnreadable(unreadable);
        return ExitCode.FAILED;
      } catch (UntrustedException untrusted) {
        log.untrusted(settings.address(), String.valueOf(untrusted.getMessage()));
        return ExitCode.UNTRUSTED;
      } catch (IOException lost) {
        why = String.valueOf(lost.getMessage());
      }
      Optional<Duration> wait = patience.next();
      if (lifeline.isCut()) {
        break;
      }
      if (wait.isEmpty()) {
        log.unreachable(settings.address(), why);
        return ExitCode.UNREACHABLE;
      }
      log.retrying(settings.address(), why, wait.get());
      lifeline.sleep(wait.get());
    }
    return ExitCode.DONE;
  }

  private Outcome session() throws IOException {
    boolean draws = settings.task() == Task.UPLOAD;
    ServerLink link = ServerLink.open(dialer);
    try (link;
        Upload upload = new Upload(settings.id(), bets, settings.batchBetsMax(), draws, acked)) {
      try {
        return drive(upload, link);
      } finally {
        acked = Math.max(acked, upload.acked());
      }
    } finally {
      progress.end();
      log.connectionClosed();
    }
  }

  private Outcome drive(Upload upload, ServerLink link) throws IOException {
    while (upload.outcome().isEmpty()) {
      Optional<Message.FromAgency> message = upload.next();
      if (message.isPresent()) {
        link.send(message.get());
      } else if (upload.outcome().isEmpty()) {
        link.flush();
        upload.prepare();
        hear(upload, link);
      }
    }
    return upload.outcome().get();
  }

  private void hear(Upload upload, ServerLink link) throws IOException {
    Message.FromCentral heard = link.receive();
    upload.hear(heard);
    note(heard, upload);
  }

  private void note(Message.FromCentral heard, Upload upload) throws IOException {
    switch (heard) {
      case Message.Finished(long total) -> {
        patience.reset();
        progress.end();
        log.uploaded(total);
      }
      case Message.Stored _ -> {
        patience.reset();
        if (reading != null) {
          progress.acknowledged(upload.acked(), reading.taken(), reading);
        }
      }
      case Message.Included _, Message.WinnersPage _, Message.Ping _ -> patience.reset();
      // A central that only greets and refuses gets nobody further.
      case Message.Welcome _, Message.Refused _ -> {}
    }
  }

  /** Bets that come to an end when the lifeline is cut, however many there are. */
  private static final class UncutBets implements BetSource {
    private final BetSource source;
    private final Lifeline lifeline;
    private final ClientLog log;
    private long taken;

    UncutBets(BetSource source, Lifeline lifeline, ClientLog log) {
      this.source = source;
      this.lifeline = lifeline;
      this.log = log;
    }

    /** How many bets were stepped to. */
    long taken() {
      return taken;
    }

    @Override
    public double part() throws IOException {
      return source.part();
    }

    @Override
    public boolean next(EncodedBet bet) throws IOException, BadRowException {
      if (lifeline.isCut()) {
        throw new IOException("the program is to stop");
      }
      boolean more = source.next(bet);
      if (more) {
        taken++;
      }
      return more;
    }

    @Override
    public void close() throws IOException {
      source.close();
      log.betsClosed();
    }
  }

  private static int exitCode(Refusal refusal) {
    return switch (refusal) {
      case FENCED -> EXIT_FENCED;
      case FORBIDDEN -> ExitCode.UNTRUSTED;
      default -> ExitCode.FAILED;
    };
  }

  private int end(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Stored _ -> ExitCode.DONE;
      case Outcome.Drawn drawn -> {
        log.sealed(drawn.included());
        log.winners(drawn.documents().size());
        yield ExitCode.DONE;
      }
      case Outcome.NotSealed(Share own, Share sealed) -> {
        log.notSealed(own, sealed);
        yield ExitCode.FAILED;
      }
      case Outcome.Refused(Message.Refused refused) -> {
        log.refused(refused);
        yield exitCode(refused.refusal());
      }
      case Outcome.Conflict(String reason) -> {
        log.conflict(reason);
        yield ExitCode.FAILED;
      }
      case Outcome.BadRow(BadRowException row) -> {
        log.badRow(row);
        yield ExitCode.FAILED;
      }
    };
  }
}
