package loteria.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import loteria.client.bets.Bet;
import loteria.client.bets.MadeUpBets;
import loteria.client.connection.Peer;
import loteria.client.connection.ScriptedCentral;
import loteria.client.upload.MemoryCentral;
import loteria.protocol.Message;
import loteria.testing.JavaProgram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as an operator runs it: what it prints, and its exit code. */
@Timeout(120)
final class MainTest {
  private static final int AGENCY = 3;
  private static final List<Bet> BETS = MadeUpBets.of(AGENCY, 40);
  private static final long WINNERS = BETS.stream().filter(bet -> bet.number() == 7574).count();

  /** The second that a signal leaves the program, and one more for a machine that is busy. */
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir private Path directory;
  private Path config;

  @BeforeEach
  void writeTheAgencysFiles() throws Exception {
    config =
        Files.writeString(
            directory.resolve("config.yaml"), "loop:\n  amount: 1\n  period: \"100ms\"\n");
    Files.writeString(directory.resolve("agency-3.csv"), MadeUpBets.csv(BETS));
  }

  @Test
  void uploadsAndExitsWithZero() throws Exception {
    MemoryCentral memory = new MemoryCentral(AGENCY, 4);
    try (ScriptedCentral central = ScriptedCentral.playing(peer -> peer.serve(memory));
        JavaProgram program = start(central.port())) {
      assertThat(lines(program.rest()))
          .containsExactly(
              config(central.port()),
              "INFO     action: upload_bets | result: success | client_id: 3 | bets: 40",
              "INFO     action: close_bets | result: success | client_id: 3",
              "INFO     action: close_connection | result: success | client_id: 3",
              MadeUpBets.sealedLine(BETS),
              "INFO     action: consulta_ganadores | result: success | cant_ganadores: " + WINNERS);
      assertThat(program.exitCode()).isZero();
      assertThat(memory.stored()).isEqualTo(BETS);
    }
  }

  private static String config(int port) {
    return "INFO     action: config | result: success | client_id: 3 | server_address:"
        + " 127.0.0.1:%d | loop_amount: 1 | loop_period: 100ms | log_level: INFO".formatted(port);
  }

  @Test
  void itsWinnersAreInAFileOfItsOwnerThatIsThereWhole() throws Exception {
    MemoryCentral memory = new MemoryCentral(AGENCY, 4);
    Path winners = Files.writeString(directory.resolve("winners.txt"), "of a run before\n");
    // The first connection is lost after a page.
    ScriptedCentral.Script cutting =
        peer -> {
          peer.say(peer.answerUntilAsked(memory).subList(0, 2).toArray(Message[]::new));
          assertThat(winners).hasContent("of a run before");
        };
    try (ScriptedCentral central = ScriptedCentral.playing(cutting, peer -> peer.serve(memory));
        JavaProgram program = start(central.port(), "--winners", winners.toString())) {
      assertThat(program.rest()).contains("cant_ganadores: " + WINNERS);
      assertThat(program.exitCode()).isZero();
    }
    assertThat(Files.readAllLines(winners)).isEqualTo(MadeUpBets.winners(BETS));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(winners)))
        .isEqualTo("rw-------");
    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder("winners.txt", "config.yaml", "agency-3.csv");
  }

  @Test
  void standardOutputHasTheWinnersAloneAndStandardErrorTheLog() throws Exception {
    MemoryCentral memory = new MemoryCentral(AGENCY, 4);
    try (ScriptedCentral central = ScriptedCentral.playing(peer -> peer.serve(memory));
        JavaProgram program = start(central.port(), "--winners", "-", "--quiet")) {
      assertThat(program.rest().lines().toList()).isEqualTo(MadeUpBets.winners(BETS));
      assertThat(program.exitCode()).isZero();
    }
    try (ScriptedCentral central = ScriptedCentral.playing(peer -> peer.serve(memory));
        JavaProgram program =
            JavaProgram.startKeepingErrors(
                directory.resolve("log"), Main.class, arguments(central.port(), "--winners=-"))) {
      assertThat(program.rest().lines().toList()).isEqualTo(MadeUpBets.winners(BETS));
      assertThat(program.exitCode()).isZero();
    }
    assertThat(lines(Files.readString(directory.resolve("log"))))
        .last()
        .asString()
        .contains("consulta_ganadores");
  }

  /** What is not a file would be replaced by one: a device, a pipe, a link. */
  @ParameterizedTest
  @ValueSource(strings = {"link", "dangling", "pipe", "."})
  void winnersReplaceNothingButAFile(String name) throws Exception {
    Path old = Files.writeString(directory.resolve("old"), "old");
    Files.createSymbolicLink(directory.resolve("link"), old);
    Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("nothing"));
    assertThat(new ProcessBuilder("mkfifo", directory.resolve("pipe").toString()).start().waitFor())
        .isZero();
    assertThat(WinnersFile.problem(directory.resolve(name)))
        .isEqualTo(
            name.equals(".") ? "is a directory" : "is not a regular file: it would be replaced");
    assertThat(WinnersFile.problem(Path.of("/dev/null"))).contains("not a regular file");
    assertThat(WinnersFile.problem(old)).isNull();
    assertThat(WinnersFile.problem(directory.resolve("nothing"))).isNull();
  }

  @Test
  void winnersThatCannotBeWrittenAreSaidBeforeAnythingIsSent() throws Exception {
    try (ScriptedCentral central = ScriptedCentral.playing();
        JavaProgram program =
            start(central.port(), "--winners", directory.resolve("no/such").toString())) {
      assertThat(lines(program.rest()))
          .last()
          .asString()
          .startsWith("ERROR     action: config | result: fail | client_id: 3 | error: setting")
          .contains("winners = ", "there is no directory " + directory.resolve("no"));
      assertThat(program.exitCode()).isEqualTo(78);
      assertThat(central.connections()).isZero();
    }
  }

  @Test
  void theFileMayHaveAnyNameAndBeCompressed() throws Exception {
    Path plain = Files.move(directory.resolve("agency-3.csv"), directory.resolve("mine.txt"));
    Path compressed = directory.resolve("bets.csv.gz");
    Path unnamed = directory.resolve("compressed");
    for (Path file : List.of(compressed, unnamed)) {
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        Files.copy(plain, out);
      }
    }
    for (Path file : List.of(plain, compressed, unnamed)) {
      MemoryCentral memory = new MemoryCentral(AGENCY, 4);
      try (ScriptedCentral central = ScriptedCentral.playing(peer -> peer.serve(memory));
          JavaProgram program = start(central.port(), "--file", file.toString())) {
        assertThat(program.rest()).contains("cant_ganadores: " + WINNERS);
        assertThat(program.exitCode()).isZero();
      }
      assertThat(memory.stored()).as("%s", file).isEqualTo(BETS);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void standardInputIsReadOnceAndGoesOnAfterACut(boolean compressed) throws Exception {
    Path file = directory.resolve("in");
    try (OutputStream out =
        compressed
            ? new GZIPOutputStream(Files.newOutputStream(file))
            : Files.newOutputStream(file)) {
      Files.copy(directory.resolve("agency-3.csv"), out);
    }
    Files.delete(directory.resolve("agency-3.csv"));
    MemoryCentral memory = new MemoryCentral(AGENCY, 1);
    ScriptedCentral.Script cutting =
        peer -> {
          for (int frame = 0; frame < 3; frame++) {
            peer.answer(memory);
          }
        };
    try (ScriptedCentral central = ScriptedCentral.playing(cutting, peer -> peer.serve(memory));
        JavaProgram program = start(central.port(), "--file=-", "--batch-max-amount", "4")) {
      program.feed(Files.readAllBytes(file));
      assertThat(program.rest()).contains("cant_ganadores: " + WINNERS);
      assertThat(program.exitCode()).isZero();
    }
    assertThat(memory.stored()).isEqualTo(BETS);
  }

  @Test
  void aSignalWhileStandardInputIsReadEndsIt() throws Exception {
    try (JavaProgram program = start(1, "--file", "-")) {
      program.until("action: config");
      assertThat(linesAfterSignal(program)).last().asString().endsWith("before it was done");
    }
  }

  @Test
  void compressedDataThatEndTooEarlyAreSaidToBeTruncated() throws Exception {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(whole)) {
      out.write(MadeUpBets.csv(MadeUpBets.of(AGENCY, 3_000)).getBytes(StandardCharsets.UTF_8));
    }
    for (int length : List.of(0, 5, 1_000, whole.size() - 1)) {
      Path file =
          Files.write(directory.resolve("cut.gz"), Arrays.copyOf(whole.toByteArray(), length));
      MemoryCentral memory = new MemoryCentral(AGENCY, 4);
      try (ScriptedCentral central =
              ScriptedCentral.playing(peer -> serveAsLongAsItIsThere(peer, memory));
          JavaProgram program = start(central.port(), "--file", file.toString())) {
        assertThat(lines(program.rest()))
            .as("%d bytes", length)
            .last()
            .asString()
            .endsWith("error: %s is truncated: its gzip data end too early".formatted(file));
        assertThat(program.exitCode()).isEqualTo(1);
      }
      assertThat(memory.isFinished()).isFalse();
    }
  }

  private static void serveAsLongAsItIsThere(Peer peer, MemoryCentral memory) {
    try {
      peer.serve(memory);
    } catch (IOException _) {
      // It leaves without hearing all that is said to it.
    }
  }

  @Test
  void saysHelloWhenThatIsItsTask() throws Exception {
    try (ScriptedCentral central =
            ScriptedCentral.playing(peer -> {
              peer.write(peer.line());
              peer.untilGone();
            });
        JavaProgram program = start(central.port(), "--task", "echo")) {
      assertThat(lines(program.rest()))
          .containsExactly(
              config(central.port()),
              "INFO     action: receive_message | result: success | client_id: 3 | msg:"
                  + " [CLIENT 3] Message N°1",
              "INFO     action: close_connection | result: success | client_id: 3",
              "INFO     action: loop_finished | result: success | client_id: 3");
      assertThat(program.exitCode()).isZero();
    }
  }

  @Test
  void bringsTheOneBetOfTheEnvironment() throws Exception {
    MemoryCentral memory = new MemoryCentral(AGENCY, 4);
    try (ScriptedCentral central = ScriptedCentral.playing(peer -> peer.serve(memory));
        JavaProgram program =
            JavaProgram.start(
                List.of(),
                Map.of(
                    "NOMBRE", "Santiago Lionel",
                    "APELLIDO", "Lorca",
                    "DOCUMENTO", "30904465",
                    "NACIMIENTO", "1999-03-17",
                    "NUMERO", "7574"),
                Main.class,
                arguments(central.port(), "--task", "bet"))) {
      assertThat(lines(program.rest()))
          .endsWith(
              "INFO     action: close_connection | result: success | client_id: 3",
              "INFO     action: apuesta_enviada | result: success | dni: 30904465 | numero: 7574");
      assertThat(program.exitCode()).isZero();
      assertThat(memory.stored()).hasSize(1);
      assertThat(memory.isFinished()).isFalse();
    }
  }

  @Test
  void exitsWithOneWhenAVariableOfTheBetIsNotSet() throws Exception {
    try (JavaProgram program = start(1, "--task", "bet")) {
      assertThat(lines(program.rest()))
          .containsExactly(
              config(1),
              "ERROR     action: read_bets | result: fail | client_id: 3 | file: environment |"
                  + " line: 0 | field: NOMBRE | error: is not set");
      assertThat(program.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void exitsWithTwoAndTheUsageWhenTheCommandLineIsWrong() throws Exception {
    try (JavaProgram program = start(1, "--no-such-flag", "1")) {
      assertThat(program.rest()).contains("--no-such-flag").doesNotContain("action: ");
      assertThat(program.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void exitsWith69WhenTheCentralCannotBeReached() throws Exception {
    int port = ScriptedCentral.unusedPort();
    try (JavaProgram program = start(port, "--patience", "0s")) {
      assertThat(lines(program.rest()))
          .containsExactly(
              config(port),
              "ERROR     action: connect | result: fail | client_id: 3 | server_address:"
                  + " 127.0.0.1:%1$d | error: patience is over: 127.0.0.1:%1$d: Connection refused"
                      .formatted(port));
      assertThat(program.exitCode()).isEqualTo(69);
    }
  }

  @Test
  void exitsWith78WhenASettingIsNotAllowed() throws Exception {
    try (JavaProgram program = start(1, "--patience", "long")) {
      assertThat(lines(program.rest()))
          .containsExactly(
              "ERROR     action: config | result: fail | client_id: - | error: setting"
                  + " patience = \"long\" (flag --patience) has a unit that is not ns, us, ms, s, m"
                  + " or h; allowed: a duration of 0s to 24h");
      assertThat(program.exitCode()).isEqualTo(78);
    }
  }

  @Test
  void exitsWithOneWhenWhatCannotBeHappens() throws Exception {
    // Without its library the program cannot read the file.
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains("fastcsv"))
            .collect(Collectors.joining(File.pathSeparator));
    MemoryCentral memory = new MemoryCentral(AGENCY, 4);
    try (ScriptedCentral central = ScriptedCentral.playing(peer -> peer.serve(memory));
        JavaProgram program =
            JavaProgram.start(
                List.of("-cp", classPath), Map.of(), Main.class, arguments(central.port()))) {
      assertThat(lines(program.rest()))
          .last()
          .asString()
          .startsWith(
              "ERROR     action: run | result: fail | client_id: 3 | error:"
                  + " java.lang.NoClassDefFoundError: de/siegmar/fastcsv/")
          .contains(" | at: [loteria.client.");
      assertThat(program.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void aSignalWhileWaitingForTheDrawClosesAllAndExitsWithZero() throws Exception {
    MemoryCentral memory = new MemoryCentral(AGENCY, 4);
    CountDownLatch waiting = new CountDownLatch(1);
    ScriptedCentral.Script silent =
        peer -> {
          peer.answerUntilAsked(memory);
          waiting.countDown();
          peer.untilGone();
        };
    try (ScriptedCentral central = ScriptedCentral.playing(silent);
        JavaProgram program = start(central.port())) {
      waiting.await();

      List<String> lines = new ArrayList<>(linesAfterSignal(program));

      assertThat(lines.removeFirst()).isEqualTo(config(central.port()));
      assertThat(lines)
          .containsExactly(
              "INFO     action: upload_bets | result: success | client_id: 3 | bets: 40",
              "INFO     action: close_bets | result: success | client_id: 3",
              "INFO     action: close_connection | result: success | client_id: 3",
              "INFO     action: shutdown | result: success | client_id: 3 | stopped:"
                  + " before it was done");
    }
  }

  @Test
  void aSignalWhileBackingOffExitsWithZero() throws Exception {
    int port = ScriptedCentral.unusedPort();
    try (JavaProgram program = start(port)) {
      for (int attempt = 0; attempt < 6; attempt++) {
        program.until("Connection refused | retry_ms: ");
      }

      assertThat(linesAfterSignal(program))
          .last()
          .isEqualTo(
              "INFO     action: shutdown | result: success | client_id: 3 | stopped: before it was"
                  + " done");
    }
  }

  /** Ends the program by a signal: in time, with exit code 0. */
  private static List<String> linesAfterSignal(JavaProgram program) throws Exception {
    long start = System.nanoTime();
    program.terminate();
    List<String> lines = lines(program.rest());
    assertThat(program.exitCode()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    return lines;
  }

  /** Who follows a container's log from a moment later sees it end, whatever the end. */
  @ParameterizedTest
  @CsvSource({"--patience=0s, 69", "--log-level=LOUD, 78", "--nothing=1, 2"})
  void runsAtLeastAsLongAsItIsToldWhateverItsExitCode(String flag, int code) throws Exception {
    long start = System.nanoTime();
    try (JavaProgram program =
        program(
            Map.of("LOTERIA_MIN_RUN", "6s"), "--id", "3", "--server-address=127.0.0.1:1", flag)) {
      String all = program.until(code == 69 ? "patience" : code == 78 ? "fail" : "nothing");
      assertThat(since(start))
          .as("its last line comes at once")
          .isLessThan(Duration.ofMillis(5900));
      assertThat(program.rest()).as(all).isEmpty();
      assertThat(program.exitCode()).isEqualTo(code);
      assertThat(since(start)).isGreaterThan(Duration.ofSeconds(6));
    }
  }

  @Test
  void isEndedBySignalAtOnceThoughItIsToRunLongerAndKeepsItsExitCode() throws Exception {
    long start = System.nanoTime();
    try (JavaProgram program =
        program(
            Map.of("LOTERIA_MIN_RUN", "60s"),
            "--id=3",
            "--server-address=127.0.0.1:1",
            "--patience=0s")) {
      String ignored = program.until("patience");
      program.terminate();
      assertThat(program.exitCode()).isEqualTo(69);
      assertThat(since(start)).isLessThan(Duration.ofSeconds(30));
    }
  }

  private static JavaProgram program(Map<String, String> environment, String... arguments)
      throws IOException {
    return JavaProgram.start(List.of(), environment, Main.class, arguments);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private JavaProgram start(int port, String... flags) throws Exception {
    return JavaProgram.start(List.of(), Map.of(), Main.class, arguments(port, flags));
  }

  private String[] arguments(int port, String... flags) {
    return Stream.concat(
            Stream.of(
                "--id",
                "3",
                "--server-address",
                "127.0.0.1:" + port,
                "--data",
                directory.toString(),
                "--config",
                config.toString()),
            Stream.of(flags))
        .toArray(String[]::new);
  }

  /** The lines without their time. */
  private static List<String> lines(String printed) {
    return printed
        .lines()
        .map(line ->
            line.replaceFirst("^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d (?=[A-Z]{4,5} {5})", ""))
        .toList();
  }
}
