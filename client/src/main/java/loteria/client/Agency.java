package loteria.client;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import loteria.client.bets.BadRowException;
import loteria.client.bets.BetSource;
import loteria.client.bets.BetsFile;
import loteria.client.connection.Cancellation;
import loteria.client.connection.Dialer;
import loteria.client.connection.RetryPolicy;
import loteria.client.connection.ServerLink;
import loteria.client.upload.Outcome;
import loteria.client.upload.Upload;
import loteria.lottery.Refusal;
import loteria.protocol.Message;
import loteria.protocol.Rows;
import loteria.runtime.ExitCode;
import loteria.tls.UntrustedException;
import org.jspecify.annotations.Nullable;

/**
 * An agency that brings its bets to the central: session after session, until they are stored and
 * the draw was held, or there is no sense in going on.
 *
 * <p>For the program's main thread.
 */
final class Agency implements BetSource.Opener {
  /**
   * Another program has taken over this agency; not 3, with which the JVM ends when out of memory.
   */
  static final int EXIT_FENCED = 4;

  private static final long WAIT_LINE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final AgencySettings settings;
  private final BetSource.Opener bets;
  private final @Nullable WinnersFile winners;
  private final RetryPolicy retries;
  private final Dialer dialer;
  private final Cancellation cancellation;
  private final ClientLog log;
  private final Progress progress;

  /** What the present session reads, once it reads. */
  private @Nullable WatchedBets reading;

  private boolean careful;

  /** Whether the last attempt failed, or a connection was lost. */
  private boolean cut;

  /** Whether the present session waits for the draw, and when it was last said. */
  private boolean waiting;

  private boolean waitTold;
  private long waitToldAt;
  private long acked;

  /**
   * An agency of those settings.
   *
   * @param winners takes the winning documents; null if they are only counted
   */
  Agency(
      AgencySettings settings,
      BetSource.Opener bets,
      @Nullable WinnersFile winners,
      RetryPolicy retries,
      Dialer dialer,
      ClientLog log) {
    this.settings = settings;
    this.bets = bets;
    this.winners = winners;
    this.retries = retries;
    this.dialer = dialer;
    this.cancellation = dialer.cancellation();
    this.log = log;
    this.progress = new Progress(log, settings.mayDrawBar());
  }

  /**
   * Uploads the bets.
   *
   * @return the program's exit code
   */
  int run() throws InterruptedException {
    while (!cancellation.isCancelled()) {
      String why;
      try {
        Outcome outcome = session();
        if (outcome instanceof Outcome.NotChecked unchecked) {
          careful = true;
          log.notChecked(unchecked.refusal());
          continue;
        }
        if (!(outcome instanceof Outcome.Refused ended
            && ended.refusal().refusal().isRetryable())) {
          return end(outcome);
        }
        why = ended.refusal().refusal() + ": " + ended.refusal().reason();
      } catch (BetsFile.UnreadableException unreadable) {
        log.betsUnreadable(unreadable);
        return ExitCode.FAILED;
      } catch (WinnersFile.UnwritableException unwritable) {
        log.winnersUnwritable(unwritable);
        return ExitCode.STORAGE_FAILED;
      } catch (UntrustedException untrusted) {
        log.untrusted(dialer.address(), String.valueOf(untrusted.getMessage()));
        return ExitCode.UNTRUSTED;
      } catch (IOException lost) {
        why = lost.getMessage() == null ? lost.toString() : lost.getMessage();
      }
      cut = true;
      if (!cancellation.isCancelled() && !dialer.waitForNext(why, retries, log)) {
        return ExitCode.UNREACHABLE;
      }
    }
    return ExitCode.DONE;
  }

  private Outcome session() throws IOException {
    boolean draws = settings.task() == AgencySettings.Task.UPLOAD;
    waiting = false;
    ServerLink link = ServerLink.open(dialer);
    try (link;
        Upload upload = new Upload(settings.id(), this, settings.batchBetsMax(), draws, acked)) {
      if (winners != null) {
        upload.tellWinnersTo(winners);
      }
      if (careful) {
        upload.goOnCarefully();
      }
      upload.showLifeBy(new UnaskedPong(link));
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

  /** Not a lambda, which would be linked while the program starts. */
  private record UnaskedPong(ServerLink link) implements Runnable {
    @Override
    public void run() {
      link.send(new Message.Pong());
      link.flush();
    }
  }

  /**
   * Sends what there is to send, and hears what has come: all that, so that what there is room for
   * then goes out in one write.
   */
  private Outcome drive(Upload upload, ServerLink link) throws IOException {
    Optional<Outcome> outcome = upload.outcome();
    while (outcome.isEmpty()) {
      Optional<Message.FromAgency> message = upload.next();
      outcome = upload.outcome();
      if (message.isPresent()) {
        waiting |= message.get() instanceof Message.AskWinners;
        link.send(message.get());
      } else if (outcome.isEmpty()) {
        link.flush();
        upload.prepare();
        do {
          Message.FromCentral heard = link.receive();
          upload.hear(heard);
          note(heard, upload);
          outcome = upload.outcome();
        } while (outcome.isEmpty() && link.isReady());
      }
    }
    return outcome.get();
  }

  private void note(Message.FromCentral heard, Upload upload) throws IOException {
    // A central that only greets and refuses gets nobody further.
    if (heard instanceof Message.Welcome) {
      if (cut && upload.outcome().isEmpty()) {
        cut = false;
        log.connected(dialer.address(), upload.acked());
      }
      return;
    }
    if (heard instanceof Message.Refused) {
      return;
    }
    retries.reset();
    if (heard instanceof Message.Finished finished) {
      progress.end();
      log.uploaded(finished.total());
    } else if (heard instanceof Message.Stored && reading != null) {
      progress.acknowledged(upload.acked(), reading.taken, reading);
    } else if (heard instanceof Message.Ping && waiting) {
      sayThatItWaits();
    }
  }

  /** Once, and then each minute: the central pings while it has nothing to say. */
  private void sayThatItWaits() {
    long now = retries.nanoTime();
    if (!waitTold || now - waitToldAt >= WAIT_LINE_NANOS) {
      waitTold = true;
      waitToldAt = now;
      log.waitingForTheDraw();
    }
  }

  private int end(Outcome outcome) throws WinnersFile.UnwritableException {
    // Not a switch over its type, which would be linked while the program runs.
    if (outcome instanceof Outcome.Stored) {
      return ExitCode.DONE;
    }
    if (outcome instanceof Outcome.Drawn drawn) {
      return end(drawn);
    }
    if (outcome instanceof Outcome.Refused refused) {
      log.refused(refused.refusal());
      return exitCode(refused.refusal().refusal());
    }
    if (outcome instanceof Outcome.NotSealed notSealed) {
      log.notSealed(notSealed.own(), notSealed.receipt());
    } else if (outcome instanceof Outcome.Conflict conflict) {
      log.conflict(conflict.reason());
    } else if (outcome instanceof Outcome.BadRow bad) {
      log.badRow(bad.row());
    } else {
      throw new AssertionError(outcome);
    }
    return ExitCode.FAILED;
  }

  private int end(Outcome.Drawn drawn) throws WinnersFile.UnwritableException {
    log.sealed(drawn.receipt());
    if (winners != null) {
      winners.end();
    }
    log.winners(drawn.winners());
    return ExitCode.DONE;
  }

  private static int exitCode(Refusal refusal) {
    if (refusal == Refusal.FENCED) {
      return EXIT_FENCED;
    }
    return refusal == Refusal.FORBIDDEN ? ExitCode.UNTRUSTED : ExitCode.FAILED;
  }

  /** Opens the bets, so that they end when the program is to stop, and are counted. */
  @Override
  public BetSource open(boolean carefully) throws IOException, BadRowException {
    WatchedBets opened = new WatchedBets(bets.open(carefully));
    reading = opened;
    return opened;
  }

  /** Bets that come to an end when the program is to stop, however many there are. */
  private final class WatchedBets implements BetSource {
    private final BetSource source;

    /** How many bets were taken. */
    private long taken;

    WatchedBets(BetSource source) {
      this.source = source;
    }

    @Override
    public void fill(Rows.Collector batch) throws IOException, BadRowException {
      if (cancellation.isCancelled()) {
        throw new IOException("the program is to stop");
      }
      source.fill(batch);
      taken += batch.count();
    }

    @Override
    public double part() throws IOException {
      return source.part();
    }

    @Override
    public void close() throws IOException {
      source.close();
      log.betsClosed();
    }
  }
}
