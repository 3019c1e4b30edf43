package loteria.tool;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What a person is told when a run has ended. */
final class RunSummary {
  private final RunOrder order;

  RunSummary(RunOrder order) {
    this.order = order;
  }

  /** The bets, the seal, the draw and each agency's winners. */
  void print(Outcome.Done done, PrintWriter out) {
    Optional<Tally.Seal> seal = done.tally().seal();
    long stored = done.tally().stored();
    double seconds = done.upload().toNanos() / 1e9;
    out.println(
        String.format(
            Locale.ROOT,
            "%,d bets stored in %.1f s (%,d bets/s)",
            stored,
            seconds,
            Progress.rate(stored, done.upload())));
    out.println(
        seal.map(sealed ->
                String.format(
                    Locale.ROOT, "seal    %,d bets, sha256 %s", sealed.bets(), sealed.sha256()))
            .orElse("seal    not announced"));
    out.println("draw    number " + order.number());
    out.println();
    table(done.tally(), out);
    if (seal.isPresent() && seal.get().bets() != order.rows()) {
      out.println(
          String.format(
              Locale.ROOT,
              "the files have %,d lines, but %,d bets are sealed",
              order.rows(),
              seal.get().bets()));
    }
    out.println();
    out.println("data    " + order.directory());
  }

  /** What failed, the end of its log, and where the logs are. */
  void print(Outcome.Failed failed, PrintWriter err) {
    err.println("loteria run: " + failed.reason());
    failed.lastLines().forEach(line -> err.println("  " + line));
    err.println("every program is stopped; data and logs are in " + order.directory());
  }

  /** That all was stopped on request. */
  static void printInterrupted(Path directory, PrintWriter err) {
    err.println();
    err.println("stopped on request: no program is left; data and logs are in " + directory);
  }

  private void table(Tally tally, PrintWriter out) {
    out.println("agency            bets    winners");
    long winners = 0;
    for (AgencyFile file : order.agencies()) {
      long won = tally.winnersOf(file.agency()).orElse(0);
      winners += won;
      out.println(String.format(Locale.ROOT, "%6d %,15d %,10d", file.agency(), file.rows(), won));
    }
    out.println(String.format(Locale.ROOT, "%6s %,15d %,10d", "total", order.rows(), winners));
  }
}
