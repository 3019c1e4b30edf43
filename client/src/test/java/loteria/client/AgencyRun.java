package loteria.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import loteria.client.bets.Bet;
import loteria.client.bets.BetSource;
import loteria.client.bets.ListedBets;
import loteria.client.connection.Cancellation;
import loteria.client.connection.Dialer;
import loteria.client.connection.RetryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The run of agency 3. Its back-off does not wait, and each look at the clock takes a second:
 * patience is counted in attempts.
 */
final class AgencyRun implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final AgencySettings settings;
  private final Cancellation cancellation = new Cancellation();
  private final Transcript transcript = new Transcript();
  private final CompletableFuture<Integer> code = new CompletableFuture<>();
  private final Thread thread = new Thread(this::run, "agency");
  private final AtomicLong seconds = new AtomicLong();
  private final Work work;
  private final RetryPolicy retries;
  private volatile long waitMillis;
  private @Nullable Names names;

  /** What the agency does. */
  @FunctionalInterface
  private interface Work {
    int run(AgencyRun run) throws Exception;
  }

  /** Finds the IP addresses of a name. */
  @FunctionalInterface
  interface Names {
    InetAddress[] find(String name) throws UnknownHostException;
  }

  private AgencyRun(String address, Work work, String... flags) throws Exception {
    List<String> arguments =
        Stream.concat(Stream.of("--id", "3", "--server-address", address), Stream.of(flags))
            .toList();
    settings = AgencySettings.read(arguments.toArray(String[]::new), Map.of());
    this.work = work;
    retries = new Retries(settings.patience());
  }

  /** Uploads to a central on loopback. */
  static AgencyRun uploading(int port, BetSource.Opener bets, String... flags) throws Exception {
    return uploadingTo("127.0.0.1:" + port, bets, flags);
  }

  static AgencyRun uploading(int port, List<Bet> bets, String... flags) throws Exception {
    return uploadingTo("127.0.0.1:" + port, bets, flags);
  }

  static AgencyRun uploadingTo(String address, List<Bet> bets, String... flags) throws Exception {
    return uploadingTo(address, _ -> ListedBets.of(bets), flags);
  }

  private static AgencyRun uploadingTo(String address, BetSource.Opener bets, String... flags)
      throws Exception {
    return new AgencyRun(
        address,
        run ->
            new Agency(run.settings, bets, null, run.retries, run.dialer(), run.transcript.log())
                .run(),
        flags);
  }

  /** Says hello to a central on loopback. */
  static AgencyRun echoing(int port, String... flags) throws Exception {
    return echoingTo("127.0.0.1:" + port, flags);
  }

  static AgencyRun echoingTo(String address, String... flags) throws Exception {
    return new AgencyRun(
        address,
        run -> new EchoLoop(run.settings, run.retries, run.dialer(), run.transcript.log()).run(),
        flags);
  }

  private Dialer dialer() {
    return new Dialer(settings.addresses(), null, cancellation) {
      @Override
      protected InetAddress[] find(String name) throws UnknownHostException {
        return names == null ? super.find(name) : names.find(name);
      }
    };
  }

  /** Its back-off waits for an hour each time. */
  AgencyRun withLongWaits() {
    waitMillis = 3_600_000;
    return this;
  }

  /** Names are found here, and not by the machine. */
  AgencyRun withNames(Names found) {
    names = found;
    return this;
  }

  void clockGoesOn(Duration passed) {
    seconds.addAndGet(passed.toSeconds());
  }

  AgencyRun start() {
    thread.start();
    return this;
  }

  private void run() {
    try {
      code.complete(work.run(this));
    } catch (Throwable wrong) {
      code.completeExceptionally(wrong);
    }
    cancellation.end();
  }

  /** Runs it to its end, or waits for it; the program's exit code. */
  int exitCode() throws Exception {
    if (thread.getState() == Thread.State.NEW) {
      start();
    }
    return code.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** What it has logged. */
  List<String> lines() {
    return transcript.lines();
  }

  /** Waits until the agency is inside these methods of a type, all at once. */
  void await(String type, String... methods) {
    await(() ->
        Stream.of(thread.getStackTrace())
            .filter(frame -> frame.getClassName().equals(type))
            .map(StackTraceElement::getMethodName)
            .toList()
            .containsAll(List.of(methods)));
  }

  private void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - start).as("waiting").isLessThan(LIMIT.toNanos());
      Thread.onSpinWait();
    }
  }

  /** A signal comes. */
  void cut() {
    cancellation.cancel();
  }

  @Override
  public void close() {
    cancellation.cancel();
    try {
      if (!thread.join(LIMIT)) {
        throw new AssertionError("the agency still runs after " + LIMIT);
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** Retries that wait for no time by chance. */
  private final class Retries extends RetryPolicy {
    Retries(Duration limit) {
      super(limit);
    }

    @Override
    public long nanoTime() {
      return Duration.ofSeconds(seconds.incrementAndGet()).toNanos();
    }

    @Override
    protected long random(long bound) {
      return waitMillis;
    }
  }
}
