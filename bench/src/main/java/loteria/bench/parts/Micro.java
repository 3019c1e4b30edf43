package loteria.bench.parts;

import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import loteria.bench.report.Part;
import loteria.bench.report.Report;
import loteria.bench.report.Row;
import loteria.bench.report.Sample;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The hot paths by themselves, with JMH: nanoseconds and allocated bytes. */
public final class Micro {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private Micro() {}

  /** Adds two rows for each benchmark. */
  public static void run(Report report) throws IOException {
    for (RunResult result : results()) {
      String name = result.getPrimaryResult().getLabel();
      Sample nanos =
          new Sample(
              result.getAggregatedResult().getIterationResults().stream()
                  .map(Micro::score)
                  .toList());
      report.add(Row.of(Part.JMH, name, "ns a bet", nanos));
      report.add(Row.of(Part.JMH, name + ", allocated", "bytes a bet", allocated(result)));
    }
  }

  private static double allocated(RunResult result) throws IOException {
    Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
    if (allocated == null) {
      throw new IOException("JMH says nothing of " + ALLOCATED);
    }
    return allocated.getScore();
  }

  private static double score(IterationResult iteration) {
    return iteration.getPrimaryResult().getScore();
  }

  private static Collection<RunResult> results() throws IOException {
    try {
      return new Runner(
              new OptionsBuilder()
                  .include(HotPaths.class.getName())
                  .mode(Mode.AverageTime)
                  .timeUnit(TimeUnit.NANOSECONDS)
                  .forks(1)
                  .jvmArgs("-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow")
                  .warmupIterations(3)
                  .warmupTime(TimeValue.seconds(1))
                  .measurementIterations(5)
                  .measurementTime(TimeValue.seconds(1))
                  .addProfiler(GCProfiler.class)
                  .verbosity(VerboseMode.SILENT)
                  .build())
          .run();
    } catch (RunnerException failed) {
      throw new IOException("JMH: " + failed.getMessage(), failed);
    }
  }
}
