package loteria.tool;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The main job, once: a central and its agencies as processes of their own, from the first start to
 * the last exit.
 *
 * <pre>
 *  start central -> it listens -> start agencies -> all exit 0 -> SIGTERM -> central exits 0
 *        any other exit, or silence where a deadline is: stop everything
 * </pre>
 *
 * <p>All that is known of the programs comes from their logs and exit codes. One thread calls
 * {@link #run}; the children are stopped by whoever owns them.
 */
final class Run {
  /** How long a central may take until it listens. */
  static final long LISTEN_MILLIS_MAX = 30_000;

  /** How long the central may take to exit after SIGTERM. */
  static final long CENTRAL_STOP_MILLIS_MAX = 5_000;

  private static final long TICK_MILLIS = 100;

  private final RunOrder order;
  private final Programs programs;
  private final Children children;
  private final Progress progress;
  private final Tally tally = new Tally();
  private final List<Child> agencies = new ArrayList<>();
  private long uploadStart;
  private @Nullable Duration upload;

  Run(RunOrder order, Programs programs, Children children, Progress progress) {
    this.order = order;
    this.programs = programs;
    this.children = children;
    this.progress = progress;
  }

  /**
   * Runs the lottery; the order's directory exists.
   *
   * @throws IOException when a program cannot be started or its log not be read
   */
  Outcome run() throws IOException, InterruptedException {
    Child central =
        children.start(
            "central", order.centralCommand(programs), order.directory(), tally::central);
    Optional<Outcome> end = awaitListening(central);
    if (end.isPresent()) {
      return end.get();
    }
    startAgencies();
    end = awaitAgencies(central);
    if (end.isPresent()) {
      return end.get();
    }
    return stopCentral(central);
  }

  private Optional<Outcome> awaitListening(Child central) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (tally.port().isEmpty()) {
      children.awaitAnEnd(TICK_MILLIS);
      boolean alive = central.alive();
      central.follow();
      if (children.stopping()) {
        return Optional.of(new Outcome.Interrupted());
      }
      if (!alive) {
        return Optional.of(failed(central, "exited " + central.exitCode() + " before it listened"));
      }
      if (System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(LISTEN_MILLIS_MAX)) {
        return Optional.of(failed(central, "does not listen after " + LISTEN_MILLIS_MAX + " ms"));
      }
    }
    return Optional.empty();
  }

  private void startAgencies() throws IOException {
    uploadStart = System.nanoTime();
    int port = tally.port().orElseThrow();
    for (AgencyFile file : order.agencies()) {
      int agency = file.agency();
      agencies.add(
          children.start(
              "agency-" + agency,
              order.agencyCommand(programs, agency, port),
              order.directory(),
              line -> tally.agency(agency, line)));
    }
  }

  /** Until all agencies have exited 0; otherwise how it ended. */
  private Optional<Outcome> awaitAgencies(Child central) throws IOException, InterruptedException {
    while (true) {
      // Asked before the logs are read, so that what an ended program said last is read too.
      boolean centralAlive = central.alive();
      List<Child> ended = agencies.stream().filter(agency -> !agency.alive()).toList();
      follow(central);
      if (children.stopping()) {
        return Optional.of(new Outcome.Interrupted());
      }
      if (!centralAlive) {
        return Optional.of(
            failed(central, "exited " + central.exitCode() + " before the agencies were done"));
      }
      for (Child agency : ended) {
        if (agency.exitCode() != 0) {
          return Optional.of(failed(agency, "exited " + agency.exitCode()));
        }
      }
      if (ended.size() == agencies.size()) {
        return unanswered();
      }
      progress.show(tally, ended.size(), sinceStart());
      children.awaitAnEnd(TICK_MILLIS);
    }
  }

  private Outcome stopCentral(Child central) throws IOException, InterruptedException {
    central.terminate();
    boolean ended = central.awaitEnd(CENTRAL_STOP_MILLIS_MAX);
    follow(central);
    if (children.stopping()) {
      return new Outcome.Interrupted();
    }
    if (!ended) {
      return failed(central, "does not exit " + CENTRAL_STOP_MILLIS_MAX + " ms after SIGTERM");
    }
    if (central.exitCode() != 0) {
      return failed(central, "exited " + central.exitCode() + " when it was stopped in order");
    }
    progress.show(tally, agencies.size(), sinceStart());
    return new Outcome.Done(tally, sinceStart());
  }

  /** An agency that exits 0 knows its winners; one that does not broke its word. */
  private Optional<Outcome> unanswered() {
    for (AgencyFile file : order.agencies()) {
      if (tally.winnersOf(file.agency()).isEmpty()) {
        return Optional.of(
            failed(agencies.get(file.agency() - 1), "exited 0 without telling its winners"));
      }
    }
    return Optional.empty();
  }

  private void follow(Child central) throws IOException {
    central.follow();
    for (Child agency : agencies) {
      agency.follow();
    }
    if (upload == null && tally.seal().isPresent()) {
      upload = sinceStart();
    }
  }

  /** The time from the start of the agencies to the seal, or until now while there is none. */
  private Duration sinceStart() {
    Duration ended = upload;
    return ended == null ? Duration.ofNanos(System.nanoTime() - uploadStart) : ended;
  }

  private static Outcome failed(Child child, String what) {
    return new Outcome.Failed(child.name() + " " + what, child.lastLines());
  }
}
