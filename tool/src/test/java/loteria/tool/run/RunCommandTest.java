package loteria.tool.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import loteria.kafka.options.KafkaOptions;
import loteria.tool.Told;
import loteria.tool.bets.AgencyFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest {
  @TempDir private Path bets;
  @TempDir private Path kept;

  @BeforeEach
  void layFiles() throws Exception {
    assertThat(Told.byLoteria("generate", "--agencies", 2, "--bets", 1000, bets).code()).isZero();
  }

  @AfterEach
  void leavesNoProcess() {
    await().until(() -> ProcessHandle.current().children().findAny().isEmpty());
  }

  @Test
  void tellsTheSealAndEachAgencysWinners() {
    Told told = run("good", "good");
    assertThat(told.err()).isEmpty();
    assertThat(told.code()).isZero();
    assertThat(told.out())
        .contains("1,000 bets of 2 agencies in " + bets)
        .containsPattern("1,000 bets stored in [0-9.]+ s \\([0-9,]+ bets/s\\)")
        .contains("seal    1,000 bets, sha256 " + "ab".repeat(32))
        .contains("draw    number 1234")
        .containsPattern("\n +1 +750 +1\n +2 +250 +2\n *total +1,000 +3\n")
        .contains("data    " + kept);
    assertThat(kept).isDirectoryContaining("glob:**/{central,agency-1,agency-2}.log");
  }

  @Test
  void tellsOfADrawThatWasHeldBefore() {
    Told told = run("drawn", "good");
    assertThat(told.err()).isEmpty();
    assertThat(told.code()).isZero();
    assertThat(told.out())
        .contains("1,000/1,000 bets, 2/2 agencies done, draw held, 0 bets/s")
        .containsPattern("\n0 bets stored in [0-9.]+ s \\(0 bets/s\\)\n1,000 bets stored before\n")
        .contains("seal    1,000 bets, sha256 " + "cd".repeat(32))
        .contains("draw    number 5, held before this run\n")
        .contains("the number of this run, 1234, does not count\n");
  }

  @Test
  void handsTheCentralItsSettings() {
    run("good", "good");
    assertThat(kept.resolve("central.args"))
        .hasContent(
            "--server-port 0 --bind 127.0.0.1 --agencies 2 --number 1234 --draw automatic"
                + " --data-directory "
                + kept
                + " --logging-level INFO --log-format course");
  }

  @Test
  void hasEachAgencyLeaveItsWinners() {
    run("good", "good");
    assertThat(kept.resolve("winners-1.txt")).hasContent("11");
    assertThat(kept.resolve("winners-2.txt")).hasContent("12\n12");
  }

  @Test
  void namesTheStep() throws Exception {
    try (Children children = Children.guarded()) {
      Run run = run(null, "good", children);
      assertThat(run.step()).isEqualTo("uploading");
      run.takeFromCentral(
          1, "t INFO     action: seal_bets | result: success | bets: 5 | sha256: ab");
      assertThat(run.step()).isEqualTo("sealed");
      run.takeFromCentral(1, "t INFO     action: hold_draw | result: success | number: 5");
      assertThat(run.step()).isEqualTo("draw held");
    }
  }

  @ParameterizedTest
  @CsvSource({"hold_draw, recover_draw", "recover_draw, hold_draw"})
  void knowsADrawOfThisRunThatAnotherCentralFollows(String first, String second) throws Exception {
    try (Children children = Children.guarded()) {
      Run run = run(null, "good", children);
      run.takeFromCentral(
          1, "t INFO     action: %s | result: success | number: 5".formatted(first));
      run.takeFromCentral(
          2, "t INFO     action: %s | result: success | number: 5".formatted(second));
      assertThat(run.draw()).contains(new Run.Draw(5, false));
    }
  }

  @Test
  void startsCentralsThatShareALotteryAndStopsAllOfThem() throws Exception {
    Files.createDirectory(kept.resolve("central-1"));
    Files.createDirectory(kept.resolve("central-2"));
    var log = new KafkaOptions("one:9092,two:9092", "trial", null, Map.of(), false);
    var shared = new Run.Shared(2, log, Path.of("client.properties"));
    try (Children children = Children.guarded()) {
      Run run = run(shared, "shared", children);
      run.run(); // each agency has gone to a central of its own, or it would not end
      assertThat(run.stored()).isEqualTo(1000);
      assertThat(run.winnersOf(2)).hasValue(2);
    }
    String settings =
        "--server-port 0 --bind 127.0.0.1 --agencies 2 --number 1234 --draw automatic"
            + " --data-directory %s/central-%d --logging-level INFO --log-format course"
            + " --kafka one:9092,two:9092 --kafka-name trial --peer-address 127.0.0.1:0"
            + " --kafka-config "
            + Path.of("client.properties").toAbsolutePath();
    assertThat(kept.resolve("central-1/central.args")).hasContent(settings.formatted(kept, 1));
    assertThat(kept.resolve("central-2/central.args"))
        .hasContent(settings.formatted(kept, 2) + " --status 127.0.0.1:0");
    assertThat(kept.resolve("central-2.log")).content().endsWith("shutdown | result: success\n");
  }

  @ParameterizedTest
  @CsvSource({
    "deaf,good,central exited 78 before it listened: it cannot listen,action: config",
    "crash,good,central exited 74 before the agencies were done: the ledger is broken,ledger",
    "full,good,central cannot store the bets: no room for 9 bytes at offset 5: No space,store_bets",
    "sulk,good,central exited 9 when it was stopped in order,action: sorteo",
    "good,bad,agency-2 exited 1: file: agency-2.csv | line: 7 | field: documento | error: x,fail",
  })
  void namesTheProgramThatFailedAndStopsTheRest(
      String central, String agency, String reason, String last) {
    Told told = run(central, agency);
    assertThat(told.code()).isEqualTo(1);
    assertThat(told.err())
        .startsWith("loteria run: " + reason)
        .contains(last)
        .contains(kept.toString());
    assertThat(told.out()).doesNotContain("winners");
  }

  @Test
  void takesNoAgencyForDoneThatHasNotToldItsWinners() {
    Told told = run("good", "mute");
    assertThat(told.code()).isEqualTo(1);
    assertThat(told.err())
        .containsPattern("^loteria run: agency-[12] exited 0 without telling its winners\n")
        .contains(kept.toString());
    assertThat(told.out())
        .contains("0/2 agencies done")
        .doesNotContain("winners", "1/2 agencies", "2/2 agencies");
  }

  @Test
  void startsNothingWhenAFileIsMissing() throws Exception {
    Files.delete(bets.resolve("agency-1.csv"));
    Told told = run("good", "good");
    assertThat(told.code()).isEqualTo(1);
    assertThat(told.err().lines()).singleElement().asString().contains("no agency-1.csv");
    assertThat(kept).isEmptyDirectory();
  }

  @Test
  void saysWhichProgramCannotBeStarted() {
    var programs = new Programs(List.of("/nowhere/central"), List.of("/nowhere/agency"));
    Told told = run(programs);
    assertThat(told.code()).isEqualTo(1);
    assertThat(told.err()).contains("/nowhere/central");
  }

  @Test
  void keepsRunsOfTheSameSecondApart() throws Exception {
    var now = LocalDateTime.of(2026, 1, 2, 3, 4, 5);
    assertThat(RunCommand.fresh(kept, now)).isEqualTo(kept.resolve("run-20260102-030405"));
    assertThat(RunCommand.fresh(kept, now)).isEqualTo(kept.resolve("run-20260102-030405-2"));
    assertThat(Files.getPosixFilePermissions(kept.resolve("run-20260102-030405")))
        .containsExactlyInAnyOrderElementsOf(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void killsAProgramThatDoesNotHeedSigterm() throws Exception {
    try (Children children = Children.guarded()) {
      var programs = FakeTool.programs("good", "stubborn");
      List<String> lines = new ArrayList<>();
      Child agency = children.start("agency-1", programs.agency("--id", 1), kept, lines::add);
      while (lines.isEmpty()) {
        assertThat(agency.awaitEnd(20)).isFalse();
        agency.follow();
      }
      children.stop();
      assertThat(agency.isAlive()).isFalse();
      assertThat(agency.process().exitValue()).isEqualTo(137);
    }
  }

  private Run run(Run.@Nullable Shared shared, String central, Children children) throws Exception {
    var order = new Run.Order(AgencyFile.allIn(bets), kept, 1234, 99, shared);
    var out = new PrintWriter(Writer.nullWriter());
    var progress = new Progress(out, false, 1000, 2, System::nanoTime);
    return new Run(order, FakeTool.programs(central, "good"), children, progress);
  }

  private Told run(String central, String agency) {
    return run(FakeTool.programs(central, agency));
  }

  private Told run(Programs programs) {
    return Told.byLoteriaWith(
        programs, "run", "--data", bets, "--directory", kept, "--number", 1234);
  }
}
