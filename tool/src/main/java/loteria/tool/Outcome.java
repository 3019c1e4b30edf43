package loteria.tool;

import java.time.Duration;
import java.util.List;

/** How a run of the lottery ended. */
sealed interface Outcome {

  /**
   * Every program did its part and exited 0.
   *
   * @param tally what they told
   * @param upload from the start of the agencies to the seal, or to their end when no seal was
   *     announced
   */
  record Done(Tally tally, Duration upload) implements Outcome {}

  /**
   * A program did not do its part; all others were stopped.
   *
   * @param reason one line: which program, and what it did
   * @param lastLines of its log, oldest first
   */
  record Failed(String reason, List<String> lastLines) implements Outcome {
    /** Keeps its own copy of the lines. */
    public Failed {
      lastLines = List.copyOf(lastLines);
    }
  }

  /** This program was told to stop, and all others were stopped. */
  record Interrupted() implements Outcome {}
}
