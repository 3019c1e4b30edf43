package loteria.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import loteria.kafka.KafkaOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest {
  @TempDir private Path bets;
  @TempDir private Path kept;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void layFiles() throws Exception {
    GenerateCommand.write(bets, new BetsOrder(1, 2, 1000, OptionalLong.empty(), 7574));
  }

  @AfterEach
  void leavesNoProcess() {
    assertThat(ProcessHandle.current().children()).isEmpty();
  }

  @Test
  void tellsTheSealAndEachAgencysWinners() {
    assertThat(run("good", "good")).as(err.toString()).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .contains("1,000 bets of 2 agencies in " + bets)
        .containsPattern("1,000 bets stored in [0-9.]+ s \\([0-9,]+ bets/s\\)")
        .contains("seal    1,000 bets, sha256 " + "ab".repeat(32))
        .contains("draw    number 1234")
        .containsPattern("\n +1 +750 +1\n +2 +250 +2\n *total +1,000 +3\n")
        .contains("data    " + kept);
    assertThat(kept).isDirectoryContaining("glob:**/{central,agency-1,agency-2}.log");
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
      var order = new Run.Order(AgencyFile.allIn(bets), bets, kept, 1, 99, null);
      var progress = new Progress(new PrintWriter(out), false, 1, 2, System::nanoTime);
      var run = new Run(order, FakeTool.programs("good", "good"), children, progress);
      assertThat(run.step()).isEqualTo("uploading");
      run.takeFromCentral(
          1, "t INFO     action: seal_bets | result: success | bets: 5 | sha256: ab");
      assertThat(run.step()).isEqualTo("sealed");
      run.takeFromCentral(1, "t INFO     action: sorteo | result: success");
      assertThat(run.step()).isEqualTo("draw held");
    }
  }

  @Test
  void startsCentralsThatShareALotteryAndStopsAllOfThem() throws Exception {
    Files.createDirectory(kept.resolve("central-1"));
    Files.createDirectory(kept.resolve("central-2"));
    var log = new KafkaOptions("one:9092,two:9092", "trial", null, Map.of(), false);
    var shared = new Run.Shared(2, log, Path.of("client.properties"));
    var order = new Run.Order(AgencyFile.allIn(bets), bets, kept, 1234, 99, shared);
    var progress = new Progress(new PrintWriter(out), false, 1000, 2, System::nanoTime);
    try (Children children = Children.guarded()) {
      var run = new Run(order, FakeTool.programs("shared", "good"), children, progress);
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
    "deaf,good,central exited 78 before it listened,action: config | result: fail",
    "crash,good,central exited 74 before the agencies were done,the ledger is broken",
    "sulk,good,central exited 9 when it was stopped in order,action: sorteo",
    "good,bad,agency-2 exited 1,agency-2.csv: line 7",
    "good,mute,agency-1 exited 0 without telling its winners,''",
  })
  void namesTheProgramThatFailedAndStopsTheRest(
      String central, String agency, String reason, String last) {
    assertThat(run(central, agency)).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("loteria run: " + reason)
        .contains(last)
        .contains(kept.toString());
    assertThat(out.toString()).doesNotContain("winners");
  }

  @Test
  void startsNothingWhenAFileIsMissing() throws Exception {
    Files.delete(bets.resolve("agency-1.csv"));
    assertThat(run("good", "good")).isEqualTo(1);
    assertThat(err.toString().lines()).singleElement().asString().contains("no agency-1.csv");
    assertThat(kept).isEmptyDirectory();
  }

  @Test
  void saysWhichProgramCannotBeStarted() {
    var programs = new Programs(List.of("/nowhere/central"), List.of("/nowhere/agency"));
    assertThat(run(programs)).isEqualTo(1);
    assertThat(err.toString()).contains("/nowhere/central");
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

  private int run(String central, String agency) {
    return run(FakeTool.programs(central, agency));
  }

  private int run(Programs programs) {
    var outWriter = new PrintWriter(out);
    var errWriter = new PrintWriter(err);
    return new CommandLineOfLoteria(
            List.of(new RunCommand(programs, outWriter, errWriter)), outWriter, errWriter)
        .execute(
            "run", "--data", bets.toString(), "--directory", kept.toString(), "--number", "1234");
  }
}
