package loteria.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class LogLinesTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T09:08:07.654Z"));

  private final Output output = new Output();

  @Test
  void aLineHasTimeLevelActionResultAndPairs() {
    lines(LogStyle.CENTRAL, Level.DEBUG)
        .info("config", Result.SUCCESS, "port", 12345, "logging_level", Level.DEBUG);

    assertThat(output.writes)
        .containsExactly(
            "2026-03-01 09:08:07 INFO     action: config | result: success | port: 12345 |"
                + " logging_level: DEBUG\n");
  }

  @Test
  void aLineMayHaveNoPairs() {
    lines(LogStyle.AGENCY, Level.DEBUG).info("sorteo", Result.IN_PROGRESS);

    assertThat(output.writes)
        .containsExactly("2026-03-01 09:08:07 INFO     action: sorteo | result: in_progress\n");
  }

  @ParameterizedTest
  @CsvSource({
    "CENTRAL, DEBUG, 'DEBUG    '",
    "CENTRAL, INFO, 'INFO     '",
    "CENTRAL, WARNING, 'WARNING  '",
    "CENTRAL, ERROR, 'ERROR    '",
    "CENTRAL, CRITICAL, 'CRITICAL '",
    "AGENCY, DEBUG, 'DEBUG     '",
    "AGENCY, INFO, 'INFO     '",
    "AGENCY, WARNING, 'WARNI     '",
    "AGENCY, ERROR, 'ERROR     '",
    "AGENCY, CRITICAL, 'CRITI     '"
  })
  void theLevelIsLaidOutAsPythonAndGoDo(LogStyle style, Level level, String laidOut) {
    lines(style, Level.DEBUG).write(level, "a", Result.FAIL);

    assertThat(output.text())
        .isEqualTo("2026-03-01 09:08:07 " + laidOut + "action: a | result: fail\n");
  }

  @Test
  void linesBelowTheThresholdAreNotWritten() {
    LogLines lines = lines(LogStyle.CENTRAL, Level.WARNING);

    lines.debug("a", Result.SUCCESS);
    lines.info("b", Result.SUCCESS);
    lines.warning("c", Result.SUCCESS);
    lines.error("d", Result.FAIL);

    assertThat(output.text())
        .doesNotContain("action: a", "action: b")
        .contains("action: c", "action: d");
    assertThat(lines.isEnabled(Level.INFO)).isFalse();
    assertThat(lines.isEnabled(Level.WARNING)).isTrue();
    assertThat(lines.isEnabled(Level.CRITICAL)).isTrue();
  }

  static List<List<String>> hardValues() {
    return List.of(
        List.of("Muñoz Ñandú 😀 N°1", "Muñoz Ñandú 😀 N°1"),
        List.of("", ""),
        List.of("a|b", "a¦b"),
        List.of("a\nb\r\nc", "a\\nb\\r\\nc"),
        List.of(
            "\u0000\t\u001b[2J\u007f\u0085\u009f",
            "\\" + "u0000\\t\\" + "u001b[2J\\" + "u007f\\" + "u0085\\" + "u009f"),
        List.of(
            "3090\u200b4465\u202eabc\u2066\ufeff\u00a0",
            "3090\\" + "u200b4465\\" + "u202eabc\\" + "u2066\\" + "ufeff\\" + "u00a0"),
        List.of("\u3164\u2800\ufe0f", "\\" + "u3164\\" + "u2800\\" + "ufe0f"),
        List.of(Character.toString(0xe0041), "\\" + "u{0e0041}"),
        List.of("\u2028\u2029", "\\" + "u2028\\" + "u2029"),
        List.of("\ud83d", "\\" + "ud83d"),
        List.of("\ude00\ud83d", "\\" + "ude00\\" + "ud83d"),
        List.of("x".repeat(1024), "x".repeat(1024)),
        List.of("x".repeat(1025), "x".repeat(1023) + "…"),
        List.of("x".repeat(1022) + "😀x", "x".repeat(1022) + "…"),
        List.of("x".repeat(1021) + "😀xx", "x".repeat(1021) + "😀…"));
  }

  @ParameterizedTest
  @MethodSource("hardValues")
  void aValueIsMadeSafe(List<String> writtenAndSafe) {
    lines(LogStyle.CENTRAL, Level.DEBUG)
        .info("a", Result.SUCCESS, "msg", writtenAndSafe.getFirst());

    assertThat(output.text())
        .endsWith("| result: success | msg: " + writtenAndSafe.getLast() + "\n");
  }

  @Test
  void noValueMakesASecondLineOrPart() {
    long seed = 7574;
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      StringBuilder value = new StringBuilder();
      for (int index = random.nextInt(40); index >= 0; index--) {
        value.append(
            (char) (random.nextBoolean() ? random.nextInt(0x100) : random.nextInt(0x10000)));
      }
      Output one = new Output();
      new LogLines(one, LogStyle.CENTRAL, Level.DEBUG, CLOCK).info("a", Result.SUCCESS, "k", value);

      String line = one.text();
      assertThat(line.split("\\|", -1)).as("seed %d, round %d", seed, round).hasSize(3);
      assertThat(line.split("\\R", -1))
          .as("seed %d, round %d", seed, round)
          .hasSize(2)
          .endsWith("");
    }
  }

  @Test
  void anyObjectAndEvenNoneIsAValue() {
    Object[] pairs = {"a", 1, "b", null};
    lines(LogStyle.CENTRAL, Level.DEBUG).info("x", Result.SUCCESS, pairs);

    assertThat(output.text()).endsWith(" | a: 1 | b: null\n");
  }

  @Test
  void aKeyWithoutAValueIsAMistakeOfTheCaller() {
    LogLines lines = lines(LogStyle.CENTRAL, Level.DEBUG);

    assertThatCode(() -> lines.info("x", Result.SUCCESS, "k")).isInstanceOf(AssertionError.class);
  }

  @Test
  void aLineOfJsonIsAnObjectWithNumbersAsNumbers() {
    Object[] pairs = {"bets", 12, "total", 7L, "none", null, "sha256", "ab12", "dni", "30904465"};
    lines(LogStyle.JSON, Level.DEBUG).warning("close_agency", Result.FAIL, pairs);

    assertThat(output.writes)
        .containsExactly(
            "{\"time\":\"2026-03-01T09:08:07.654Z\",\"level\":\"WARNING\","
                + "\"action\":\"close_agency\",\"result\":\"fail\",\"bets\":12,\"total\":7,"
                + "\"none\":null,\"sha256\":\"ab12\",\"dni\":\"30904465\"}\n");
  }

  static List<List<String>> hardValuesOfJson() {
    return List.of(
        List.of("Muñoz 😀 |", "Muñoz 😀 |"),
        List.of("\"a\\b\"", "\\\"a\\\\b\\\""),
        List.of("a\n\u0000\u202e\ud83d", "a\\" + "u000a\\" + "u0000\\" + "u202e\\" + "ud83d"),
        List.of(Character.toString(0xe0041), "\\" + "udb40\\" + "udc41"),
        List.of("x".repeat(1025), "x".repeat(1023) + "…"));
  }

  @ParameterizedTest
  @MethodSource("hardValuesOfJson")
  void aValueOfJsonIsEscaped(List<String> writtenAndSafe) {
    lines(LogStyle.JSON, Level.DEBUG).info("a", Result.SUCCESS, "msg", writtenAndSafe.getFirst());

    assertThat(output.text()).endsWith("\"msg\":\"" + writtenAndSafe.getLast() + "\"}\n");
  }

  static List<Object[]> stylesAndNumbers() {
    return java.util.stream.Stream.of(LogStyle.values())
        .flatMap(style ->
            java.util.stream.Stream.of(0L, 9L, 180L, Long.MAX_VALUE)
                .map(number -> new Object[] {style, number}))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("stylesAndNumbers")
  void linesThatAreAlikeAreAsTheOthers(LogStyle style, long number) {
    LogLines lines = lines(style, Level.DEBUG);

    lines.info("x", Result.SUCCESS, "k", number);
    lines.write(lines.alike(Level.INFO, "x", Result.SUCCESS, "k"), number);

    assertThat(output.writes).hasSize(2);
    assertThat(output.writes.getLast()).isEqualTo(output.writes.getFirst());
  }

  @Test
  void linesThatAreAlikeHaveALevelToo() {
    LogLines lines = lines(LogStyle.CENTRAL, Level.WARNING);

    lines.write(lines.alike(Level.INFO, "x", Result.SUCCESS, "k"), 1);

    assertThat(output.writes).isEmpty();
  }

  @Test
  void eachLineIsOneWrite() {
    LogLines lines = lines(LogStyle.CENTRAL, Level.DEBUG);

    lines.info("x", Result.SUCCESS, "k", "v".repeat(9000));
    lines.info("y", Result.SUCCESS);

    assertThat(output.writes).hasSize(2).allMatch(write -> write.endsWith("\n"));
  }

  @Test
  void anOutputThatIsClosedStopsNothing() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    LogLines lines = new LogLines(closed, LogStyle.CENTRAL, Level.DEBUG, CLOCK);

    assertThatCode(
            () -> {
              lines.info("x", Result.SUCCESS);
              lines.info("y", Result.SUCCESS);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void linesOfManyThreadsNeverMix() {
    int threads = 8;
    int linesEach = 200;
    List<Byte> bytes = new ArrayList<>();
    // It takes a write in pieces, as a full pipe does.
    OutputStream pieces =
        new OutputStream() {
          @Override
          public void write(int octet) {
            bytes.add((byte) octet);
          }
        };
    LogLines lines = new LogLines(pieces, LogStyle.CENTRAL, Level.DEBUG, CLOCK);

    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (int thread = 0; thread < threads; thread++) {
        String value = Integer.toString(thread).repeat(30);
        executor.execute(() -> {
          for (int line = 0; line < linesEach; line++) {
            lines.info("x", Result.SUCCESS, "thread", value);
          }
        });
      }
    }

    byte[] written = new byte[bytes.size()];
    for (int index = 0; index < written.length; index++) {
      written[index] = bytes.get(index);
    }
    assertThat(new String(written, StandardCharsets.UTF_8).lines())
        .hasSize(threads * linesEach)
        .allMatch(
            line -> line.matches(".* action: x \\| result: success \\| thread: (\\d)\\1{29}"));
  }

  private LogLines lines(LogStyle style, Level threshold) {
    return new LogLines(output, style, threshold, CLOCK);
  }

  /** Keeps each write apart. */
  private static final class Output extends OutputStream {
    final List<String> writes = new ArrayList<>();

    @Override
    public void write(int octet) {
      throw new AssertionError("a write of one byte");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      writes.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }

    String text() {
      return String.join("", writes);
    }
  }
}
