package loteria.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;

/** The bench, a program: docs/PERFORMANCE.md. */
public final class Main {
  private Main() {}

  /** Runs the parts that are asked for; exits 1 if something could not be measured. */
  public static void main(String[] arguments) throws IOException {
    Plan plan;
    try {
      plan = Plan.of(arguments);
    } catch (IllegalArgumentException wrong) {
      System.err.println("bench: " + wrong.getMessage());
      System.exit(2);
      return;
    }
    Report report =
        new Report(
            new PrintWriter(
                new OutputStreamWriter(
                    new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8)));
    try (Lab lab = Lab.open(plan)) {
      report.begin();
      for (Part part : Part.values()) {
        if (plan.parts().contains(part)) {
          report.trying(part, "all of it", () -> run(part, lab, report));
        }
      }
    }
    report.write(plan.project().resolve("bench/target/bench.json"));
    System.exit(report.hasFailed() ? 1 : 0);
  }

  private static void run(Part part, Lab lab, Report report) throws IOException {
    switch (part) {
      case INGEST -> new Ingest(lab, report).run();
      case LATENCY -> new Latency(lab, report).run(maximum(lab, report));
      case AGENCIES -> new Agencies(lab, report).run();
      case SIZE -> new Size(lab, report).run();
      case START -> new Start(lab, report).run();
      case JMH -> Micro.run(report);
    }
  }

  /** What the ingest of this run has reached, if there was one; else it is measured. */
  private static double maximum(Lab lab, Report report) throws IOException {
    OptionalDouble reached = report.median(Part.INGEST, Ingest.MAXIMUM);
    return reached.isPresent() ? reached.getAsDouble() : Ingest.maximum(lab);
  }
}
