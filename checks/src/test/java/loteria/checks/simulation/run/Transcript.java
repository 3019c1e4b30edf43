package loteria.checks.simulation.run;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.Collectors;

/**
 * The last of what happened, in words that are made only when someone asks. What is noted must not
 * change any more. For one thread.
 */
public final class Transcript {
  private record Line(long at, String format, List<Object> values) {
    @Override
    public String toString() {
      return "%12.6f %s".formatted(at / (double) Agenda.SECOND, format.formatted(values.toArray()));
    }
  }

  private final Agenda agenda;
  private final int linesMax;
  private final Queue<Line> lines = new ArrayDeque<>();

  public Transcript(Agenda agenda, int linesMax) {
    this.agenda = agenda;
    this.linesMax = linesMax;
  }

  public void note(String format, Object... values) {
    if (lines.size() == linesMax) {
      lines.remove();
    }
    lines.add(new Line(agenda.now(), format, List.of(values)));
  }

  @Override
  public String toString() {
    return lines.stream().map(Line::toString).collect(Collectors.joining("\n"));
  }
}
