package loteria.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import loteria.bench.kafka.Kafka;
import loteria.bench.lab.Lab;
import loteria.bench.lab.Plan;
import loteria.bench.parts.Agencies;
import loteria.bench.parts.Ingest;
import loteria.bench.parts.Latency;
import loteria.bench.parts.Micro;
import loteria.bench.parts.Size;
import loteria.bench.parts.Start;
import loteria.bench.report.Part;
import loteria.bench.report.Report;

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
    Report report = new Report(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    try (Lab lab = Lab.open(plan, plan.project())) {
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
      case KAFKA -> new Kafka(lab, report).run();
    }
  }

  /** What the ingest of this run has reached, if there was one; else it is measured. */
  private static double maximum(Lab lab, Report report) throws IOException {
    OptionalDouble reached = report.median(Part.INGEST, Ingest.MAXIMUM);
    return reached.isPresent() ? reached.getAsDouble() : Ingest.maximum(lab);
  }
}
