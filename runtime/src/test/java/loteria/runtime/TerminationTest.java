package loteria.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import loteria.testing.JavaProgram;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TerminationTest {
  // What a JVM on a busy machine may take beyond the limit.
  private static final Duration SLACK = Duration.ofSeconds(5);

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void aSignalStopsInOrder(String signal) throws Exception {
    try (JavaProgram program = ready("stops")) {
      long start = System.nanoTime();
      program.signal(signal);
      int code = program.exitCode();

      assertThat(since(start)).isLessThan(SLACK);
      assertThat(code).isZero();
      assertThat(program.rest())
          .endsWith("action: stopped | result: success | name: Ñandú\n")
          .hasLineCount(1);
    }
  }

  @Test
  void whatTheStopPrintedIsFlushed() throws Exception {
    try (JavaProgram program = ready("prints without a flush")) {
      program.signal("TERM");

      assertThat(program.exitCode()).isZero();
      assertThat(program.rest()).isEqualTo("printed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hangs", "hangs, and may for longer"})
  void aStopThatHangsIsLeftAtItsLimit(String what) throws Exception {
    try (JavaProgram program = ready(what, "300")) {
      assertStopsAfter(Duration.ofMillis(300), program);
    }
  }

  @Test
  void theLimitIs800MillisecondsUnlessSaidOtherwise() throws Exception {
    try (JavaProgram program = ready("hangs by default")) {
      assertStopsAfter(Duration.ofMillis(800), program);
    }
  }

  private static void assertStopsAfter(Duration limit, JavaProgram program) throws Exception {
    long start = System.nanoTime();
    program.signal("TERM");
    int code = program.exitCode();

    assertThat(since(start)).isBetween(limit, limit.plus(SLACK));
    assertThat(code).isZero();
  }

  @Test
  void aStopThatThrowsIsReportedAndStillExitsInOrder() throws Exception {
    try (JavaProgram program = ready("throws")) {
      program.signal("TERM");

      assertThat(program.exitCode()).isZero();
      assertThat(program.rest()).contains("orderly-stop").contains("cannot stop");
    }
  }

  @Test
  void aSecondSignalIsHarmless() throws Exception {
    try (JavaProgram program = ready("stops when told")) {
      program.signal("TERM");
      assertThat(program.line()).contains("stopping");
      program.signal("TERM");
      program.signal("INT");
      program.say("stop");

      assertThat(program.exitCode()).isZero();
      assertThat(program.rest()).contains("action: stopped ").hasLineCount(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 69, 255})
  void anExitHasItsOwnCodeAndNoStop(int code) throws Exception {
    try (JavaProgram program = start("exits", Integer.toString(code))) {
      assertThat(program.exitCode()).isEqualTo(code);
      assertThat(program.rest()).contains("ready").doesNotContain("stopped");
    }
  }

  @Test
  void anExitWritesWhatIsInTheBuffer() throws Exception {
    try (JavaProgram program = start("logs to a buffer and exits")) {
      assertThat(program.rest()).hasLineCount(2_000).endsWith("| line: 2000\n");
      assertThat(program.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void aStopWritesWhatIsInTheBuffer() throws Exception {
    try (JavaProgram program = ready("logs to a buffer and stops")) {
      program.signal("TERM");
      assertThat(program.rest()).hasLineCount(1_000).endsWith("| line: 1000\n");
      assertThat(program.exitCode()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"logs to a buffer and exits", "logs to a buffer and stops"})
  void aLogThatNobodyReadsHoldsUpNoEnd(String how) throws Exception {
    try (JavaProgram program = start(how)) {
      if (how.endsWith("stops")) {
        assertThat(program.line()).contains("ready");
        program.signal("TERM");
      }
      long start = System.nanoTime();
      int code = program.exitCode();

      assertThat(since(start)).isLessThan(SLACK.plusSeconds(1));
      assertThat(code).isEqualTo(how.endsWith("stops") ? 0 : 1);
    }
  }

  @Test
  void anExitAfterASignalWaitsForTheStop() throws Exception {
    try (JavaProgram program = ready("exits while it stops")) {
      program.signal("TERM");
      assertThat(program.line()).contains("exits");
      program.say("stop");

      assertThat(program.exitCode()).isZero();
      assertThat(program.rest()).contains("action: stopped ").hasLineCount(1);
    }
  }

  @RepeatedTest(5)
  void whenBothComeAtOnceOneOfThemHolds() throws Exception {
    try (JavaProgram program = ready("exits", "69")) {
      program.terminate();

      int code = program.exitCode();

      assertThat(code).isIn(0, 69);
      assertThat(program.rest().contains("stopped")).isEqualTo(code == 0);
    }
  }

  /** One that has said that it is ready. */
  private static JavaProgram ready(String... arguments) throws Exception {
    JavaProgram program = start(arguments);
    assertThat(program.line()).contains("action: ready ");
    return program;
  }

  private static JavaProgram start(String... arguments) throws Exception {
    return JavaProgram.start(TerminationProgram.class, arguments);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
