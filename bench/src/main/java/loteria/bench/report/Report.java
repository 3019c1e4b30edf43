package loteria.bench.report;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The rows as they come, printed as a table in Markdown and kept for the file. For one thread. */
public final class Report {
  private static final String HEAD =
      """
      | part | what | unit | floor | measured | of the floor | noise | runs | target | met | note |
      |---|---|---|---:|---:|---:|---:|---:|---|---|---|\
      """;

  private final PrintWriter out;
  private final List<Row> rows = new ArrayList<>();
  private boolean failed;

  /** What can fail. */
  @FunctionalInterface
  public interface Measurement {
    void run() throws IOException;
  }

  /** A report that nobody reads. */
  public Report() {
    this(new PrintWriter(Writer.nullWriter()));
  }

  /** A report that is read as it comes: {@code out} sends each line on. */
  public Report(PrintWriter out) {
    this.out = out;
  }

  public void begin() {
    out.println(HEAD);
  }

  public void add(Row row) {
    rows.add(row);
    out.println(line(row));
  }

  /**
   * Measures something; if that fails, says so instead of comparing what cannot be compared, and
   * the bench goes on.
   */
  public void trying(Part part, String what, Measurement measurement) {
    try {
      measurement.run();
    } catch (IOException | UncheckedIOException failure) {
      failed = true;
      out.printf("| %s | %s | failed: %s |%n", part, what, failure.getMessage());
    }
  }

  /** What was measured earlier in this run. */
  public OptionalDouble median(Part part, String what) {
    return rows.stream()
        .filter(row -> row.part() == part && row.what().equals(what))
        .mapToDouble(row -> row.measured().median())
        .findFirst();
  }

  /** Whether something could not be measured. */
  public boolean hasFailed() {
    return failed;
  }

  /** A row of the table; the noise is that of what the target is about. */
  static String line(Row row) {
    Sample judged = row.quotient().orElse(row.measured());
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %s | ±%.0f %% | %d | %s | %s | %s |",
        row.part(),
        row.what(),
        row.unit(),
        row.floor().map(floor -> number(floor.median())).orElse(""),
        number(row.measured().median()),
        row.quotient().map(quotient -> number(quotient.median())).orElse(""),
        100 * judged.noise(),
        judged.values().size(),
        row.target().map(Target::toString).orElse(""),
        row.met().map(met -> met ? "yes" : "no").orElse(""),
        row.note());
  }

  /** A number for people: four digits are enough of any measurement. */
  static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 1000 ? "%,.0f" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }

  /** Writes all rows, with every measurement, as JSON. */
  public void write(Path file) throws IOException {
    Files.writeString(file, Json.of(rows));
  }
}
