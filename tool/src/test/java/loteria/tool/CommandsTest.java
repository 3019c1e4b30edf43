package loteria.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpsWithAnExample() {
    assertThat(loteria("--help")).isZero();
    assertThat(loteria("generate", "--help")).isZero();
    assertThat(loteria("run", "--help")).isZero();
    assertThat(loteria("check", "--help")).isZero();
    assertThat(loteria("verify", "--help")).isZero();
    assertThat(loteria("winners", "--help")).isZero();
    assertThat(loteria("dump", "--help")).isZero();
    assertThat(loteria("export", "--help")).isZero();
    assertThat(loteria("close", "--help")).isZero();
    assertThat(loteria("kafka", "--help")).isZero();
    assertThat(loteria("completion", "--help")).isZero();
    assertThat(out.toString())
        .contains(
            "loteria generate --agencies 3 --bets 1000",
            "loteria run --data bets",
            "loteria check .data/agency-1.csv",
            "loteria verify --seal",
            "loteria winners --agency 3 --csv",
            "loteria dump --agency 3",
            "loteria export --to bets-not-sealed.csv",
            "loteria close --agency 3 --reason",
            "loteria kafka prepare --kafka",
            "loteria completion bash");
    assertThat(out.toString().split("Exit codes: 0", -1)).hasSize(12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generate",
        "run",
        "verify",
        "dump",
        "export",
        "close",
        "status",
        "kafka",
        "completion"
      })
  void showsNoDefaultThatIsNone(String command) {
    assertThat(loteria(command, "--help")).isZero();
    assertThat(out.toString()).doesNotContainPattern("(?m)Default:\\s*$");
  }

  @Test
  void completesForFish() {
    assertThat(loteria("completion", "fish")).isZero();
    assertThat(out.toString().lines().skip(1))
        .allMatch(line -> line.matches("complete -c loteria -n (\\S+|'[a-z_]+ [a-z]+') .+ -d '.*'"))
        .anyMatch(line -> line.contains("-a verify -d 'Checks"))
        .anyMatch(line -> line.contains("from verify' -l seal -r -d"))
        .anyMatch(line -> line.contains("from central' -l data-directory -r"));
  }

  @Test
  void helpWithACommandIsItsHelp() {
    assertThat(loteria("help", "dump")).isZero();
    String byHelp = out.toString();
    out.getBuffer().setLength(0);
    assertThat(loteria("dump", "--help")).isZero();
    assertThat(byHelp).isEqualTo(out.toString()).contains("loteria dump --agency 3");
    assertThat(loteria("help", "central")).isZero();
    assertThat(out.toString()).contains("--data-directory");
    assertThat(loteria("help", "frobnicate")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"verfy DIR, verify", "generat DIR, generate", "dump --agncy 1 DIR, --agency"})
  void suggestsWhatWasMeant(String line, String meant) {
    String[] words = line.replace("DIR", directory.toString()).split(" ", -1);
    assertThat(loteria(words)).isEqualTo(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("did you mean ")
        .contains(meant + "?");
  }

  @Test
  void listsTheProgramsAmongTheCommands() {
    assertThat(loteria("--help")).isZero();
    assertThat(out.toString())
        .containsPattern("central +The central")
        .containsPattern("agency +One agency");
  }

  @Test
  void saysOfWhichVersionItIs() {
    assertThat(loteria("--version")).isZero();
    assertThat(out.toString()).contains("loteria ", "commit ", "java ", "protocol ", "journal ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void completesCommandsFlagsAndSettings(String shell) {
    assertThat(loteria("completion", shell)).isZero();
    assertThat(out.toString())
        .contains("--data-directory", "--server-address", "--batch-max-amount", "verify", "dump");
  }

  @ParameterizedTest
  @CsvSource({
    "'',Missing required subcommand",
    "frobnicate,frobnicate",
    "generate,DIRECTORY",
    "generate --agencies 0 DIR,agencies of 0 is not between 1 and 10000",
    "generate --bets many DIR,many",
    "generate --bets 5 --winners 6 DIR,winners of 6 is not between 0 and 5",
    "generate --number 10000 DIR,number of 10000",
    "run --number -1,number of -1 is not between 0 and 9999",
    "run --centrals 17,centrals of 17 is not between 1 and 16",
    "run --centrals 3,centrals of 3 share a lottery over Kafka and --kafka is missing",
    "run --kafka x,kafka of 'x' names a broker",
    "run --batch-max-amount 0,batch-max-amount of 0 is below 1",
    "close --agency 1 --reason x,DIR",
    "close --agency 1 DIR,--reason",
    "close --reason x DIR,either --agency or --all-missing is to be given",
    "close --agency 1 --all-missing --reason x DIR,either --agency or --all-missing is to be given",
    "close --agency 0 --reason x DIR,agency of 0 is not between 1 and 65535",
    "verify,DIR is missing or --kafka",
    "verify --kafka x:1 DIR,DIR and --kafka exclude each other",
    "verify --name x DIR,--name is there without --kafka",
    "verify --kafka-config x DIR,--kafka-config is there without --kafka",
    "verify --kafka x:1 --name a/b,name of 'a/b' is not made of letters",
    "kafka save --kafka x:1 --name x,DIR is missing",
    "kafka check --kafka x:1 --name x DIR,DIR is only for save",
    "verify --agencies 0 DIR,agencies of 0 is not between 1 and 65535",
    "verify --number 10000 DIR,number of 10000 is not between 0 and 9999",
    "verify --seal abc DIR,seal of 'abc' is not 64 hexadecimal digits",
    "winners,DIR",
    "winners --agency 0 DIR,agency of 0 is not between 1 and 65535",
    "check,FILE",
    "dump,FILE",
    "dump --records 3-2 DIR,records of '3-2' is not a range",
    "dump --records 1234567890123456789 DIR,records of '1234567890123456789' is not a range",
    "dump --records - DIR,records of '-' is not a range",
    "dump --agency 0 DIR,agency of 0 is not between 1 and 65535",
    "dump --from 9 --to 8 DIR,from 9 to 8 is no range of offsets",
    "completion,SHELL",
    "completion tcsh,shell of 'tcsh' is not bash, zsh or fish",
    "export,DIR",
    "export --to bets.csv DIR,bets.csv is the name of sealed bets",
    "kafka --kafka a:1 --name n,prepare|check",
    "kafka delete --kafka a:1 --name n,delete' is none of prepare",
    "kafka prepare --name n,--kafka",
    "kafka prepare --kafka a:1,--name",
    "kafka prepare --kafka a --name n,kafka of 'a' names a broker",
    "kafka prepare --kafka a:1 --name .n,name of '.n' is not made of letters",
    "kafka prepare --kafka a:1 --name n --partitions 0,partitions of 0 is not between 1 and 64",
    "kafka prepare --kafka a:1 --name n --partitions 65,partitions of 65 is not between 1 and 64",
  })
  void refusesWrongArgumentsInOneLine(String line, String message) {
    String[] words =
        line.isEmpty() ? new String[0] : line.replace("DIR", directory.toString()).split(" ", -1);
    assertThat(loteria(words)).isEqualTo(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains(message)
        .contains("--help)");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void generatesWhatItTells() throws Exception {
    assertThat(
            loteria(
                "generate",
                "--agencies",
                "2",
                "--bets",
                "1000",
                "--winners",
                "3",
                directory.toString()))
        .isZero();
    assertThat(out.toString().lines()).hasSize(3);
    assertThat(out.toString()).contains("1,000 bets, 3 on number 7574, seed 1");
    assertThat(files()).containsExactly("agency-1.csv", "agency-2.csv");
    assertThat(AgencyFile.allIn(directory))
        .extracting(AgencyFile::rows)
        .containsExactly(750L, 250L);
  }

  @Test
  void generatesTheSameAgain() throws Exception {
    loteria("generate", "--bets", "100", directory.toString());
    byte[] first = Files.readAllBytes(directory.resolve("agency-1.csv"));
    loteria("generate", "--bets", "100", "--seed", "2", directory.toString());
    assertThat(directory.resolve("agency-1.csv"))
        .content()
        .isNotEqualTo(new String(first, StandardCharsets.UTF_8));
    loteria("generate", "--bets", "100", "--seed", "1", directory.toString());
    assertThat(directory.resolve("agency-1.csv")).hasBinaryContent(first);
  }

  @Test
  void refusesToMixWithTheFilesOfMoreAgencies() throws Exception {
    Files.writeString(directory.resolve("agency-6.csv"), "");
    assertThat(loteria("generate", directory.toString())).isEqualTo(1);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("agency-6.csv")
        .contains("remove it");
    assertThat(files()).containsExactly("agency-6.csv");
  }

  @Test
  void saysWhatIsNotADirectory() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThat(loteria("generate", file.toString())).isEqualTo(1);
    assertThat(err.toString()).startsWith("loteria generate: " + file + ": exists already");
  }

  @Test
  void leavesNothingWhenItIsInterrupted() throws Exception {
    List<String> command =
        Stream.concat(
                Programs.java(List.of("-XX:+UseSerialGC"), "loteria.tool.Main").stream(),
                Stream.of("generate", "--bets", "100000000", directory.toString()))
            .toList();
    Process generate = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .until(() -> !files().isEmpty() || !generate.isAlive());
      generate.destroy();
      assertThat(generate.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(generate.exitValue()).isEqualTo(143);
    } finally {
      generate.destroyForcibly().waitFor();
    }
    assertThat(files()).isEmpty();
  }

  private int loteria(String... arguments) {
    var outWriter = new PrintWriter(out);
    var errWriter = new PrintWriter(err);
    var run = new RunCommand(FakeTool.programs("good", "good"), outWriter, errWriter);
    return new CommandLineOfLoteria(
            List.of(
                new GenerateCommand(outWriter),
                run,
                new CheckCommand(outWriter, errWriter),
                new VerifyCommand(outWriter),
                new WinnersCommand(outWriter),
                new DumpCommand(outWriter),
                new CloseCommand(outWriter),
                new DrawCommand(outWriter),
                new StatusCommand(outWriter),
                new ExportCommand(OutputStream.nullOutputStream(), errWriter),
                new KafkaCommand(outWriter, errWriter),
                new CompletionCommand(outWriter)),
            outWriter,
            errWriter)
        .execute(arguments);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
