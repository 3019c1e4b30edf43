package loteria.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import loteria.testing.JavaProgram;
import loteria.tool.bets.AgencyFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generate --agencies 3 --bets 1000",
        "run --data bets",
        "check .data/agency-1.csv",
        "verify --seal",
        "winners --agency 3 --csv",
        "dump --agency 3",
        "export --to bets-not-sealed.csv",
        "close --agency 3 --reason",
        "draw --number 7574",
        "kafka prepare --kafka",
        "completion bash"
      })
  void helpsWithAnExample(String example) {
    assertThat(done(example.split(" ", 2)[0], "--help"))
        .contains("loteria " + example)
        .containsOnlyOnce("Exit codes: 0");
  }

  private static List<String> commands() {
    return Pattern.compile("(?m)^  ([a-z]+) {2,}")
        .matcher(done("--help"))
        .results()
        .map(command -> command.group(1))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpsWithTheExitCodes(String command) {
    assertThat(done("help", command)).containsOnlyOnce("Exit codes:").containsPattern("\\b0 +\\w");
  }

  /** Nothing but blanks parts a line, and no line ends by hand. */
  @ParameterizedTest
  @MethodSource("commands")
  void breaksTheLinesOfItsHelpBetweenWords(String command) {
    String help = done("help", command);
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(help.split("\\s+")).isEqualTo(wide("help", command).split("\\s+"));
    List<String> footer = help.substring(help.indexOf("\n\n")).lines().toList();
    for (int i = 1; i < footer.size(); i++) {
      if (footer.get(i).matches("\\S.*") && !footer.get(i - 1).isEmpty()) {
        String word = footer.get(i).split(" ", 2)[0];
        assertThat(footer.get(i - 1) + " " + word).hasSizeGreaterThanOrEqualTo(80);
      }
    }
  }

  @Test
  void breaksTheLinesOfTheListOfCommandsBetweenWords() {
    assertThat(done("--help").split("\\s+")).isEqualTo(wide("--help").split("\\s+"));
  }

  /** The same, on lines that need no break. */
  private static String wide(Object... words) {
    System.setProperty("picocli.usage.width", "1000");
    try {
      return done(words);
    } finally {
      System.clearProperty("picocli.usage.width");
    }
  }

  /** What a variable that is not set leaves: it is not the present directory. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "generate '' --bets=1",
        "certificates ''",
        "run --data=",
        "run --directory=",
        "check ''",
        "verify ''",
        "winners ''",
        "dump ''",
        "export --to= x",
        "close --agency=1 --reason=x ''",
        "draw --number=1 ''",
        "kafka save --kafka=a:1 --name=x ''"
      })
  void takesNoEmptyPath(String words) {
    String[] arguments = words.replace("''", "").split(" ", -1);
    Told told = Told.byLoteria((Object[]) arguments);
    assertThat(told.err().lines())
        .singleElement()
        .asString()
        .contains("Invalid value for ", ": is empty; allowed: a path (see loteria ");
    assertThat(told.code()).isEqualTo(2);
  }

  @Test
  void helpsWithoutACommand() {
    assertThat(done("--help"))
        .contains("loteria generate .data")
        .containsPattern("central +The central")
        .containsPattern("agency +One agency")
        .containsOnlyOnce("Exit codes: 0");
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
    assertThat(done(command, "--help")).doesNotContainPattern("(?m)Default:\\s*$");
  }

  @Test
  void completesForFish() {
    assertThat(done("completion", "fish").lines().skip(1))
        .allMatch(line -> line.matches("complete -c loteria -n (\\S+|'[a-z_]+ [a-z]+') .+ -d '.*'"))
        .anyMatch(line -> line.contains("-a verify -d 'Checks"))
        .anyMatch(line -> line.contains("from verify' -l seal -r -d"))
        .anyMatch(line -> line.contains("from central' -l data-directory -r"));
  }

  @Test
  void helpWithACommandIsItsHelp() {
    assertThat(done("help", "dump"))
        .isEqualTo(done("dump", "--help"))
        .contains("loteria dump --agency 3");
    assertThat(done("help", "central")).contains("--data-directory");
    assertThat(Told.byLoteria("help", "frobnicate").code()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "verfy DIR, loteria: there is no command verfy; did you mean verify?",
    "generat DIR, loteria: there is no command generat; did you mean generate?",
    "statu --json, loteria: there is no command statu; did you mean status?",
    "help stauts, loteria: there is no command stauts; did you mean status?",
    "help statu, loteria: there is no command statu; did you mean status?",
    "help foo, loteria: there is no command foo; `loteria help` lists them",
    "foo, loteria: there is no command foo; `loteria help` lists them",
    "foo --bar, loteria: there is no command foo; `loteria help` lists them",
    "--hlep, loteria: there is no flag --hlep; did you mean --help?",
    "dump --agncy 1 DIR, loteria dump: there is no flag --agncy; did you mean --agency?",
    "dump --agncy=1 DIR, loteria dump: there is no flag --agncy; did you mean --agency?",
    "run --dta x, loteria run: there is no flag --dta; did you mean --data?",
    "run x --dta x, loteria run: there is no flag --dta; did you mean --data?",
    "verify --sale x DIR, loteria verify: there is no flag --sale; did you mean --seal?",
    "verify --xyzzy x DIR, loteria verify: there is no flag --xyzzy",
    "close --agency 1 --raeson x DIR, loteria close: there is no flag --raeson; did you mean"
        + " --reason?",
    "verify DIR x, loteria verify: there is an argument too many: 'x'",
  })
  void namesTheWordThatItDoesNotKnowAndWhatMayBeMeant(String line, String said) {
    assertThat(refused(line)).startsWith(said + " (see loteria");
  }

  @Test
  void showsWhatCannotBeSeenInAWrongWord() {
    assertThat(Told.byLoteria("fo\u202eo").err()).contains("no command fo<U+202E>o;");
    assertThat(Told.byLoteria("verify", "--seal", "\u202e", directory).err())
        .contains("seal of '<U+202E>'");
    assertThat(Told.byLoteria("verify", directory.resolve("no\u202e")).err())
        .contains("/no<U+202E>");
  }

  @Test
  void saysOfWhichVersionItIs() {
    assertThat(done("--version")).contains("loteria ", "commit ", "java ", "protocol ", "journal ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void completesCommandsFlagsAndSettings(String shell) {
    assertThat(done("completion", shell))
        .contains("--data-directory", "--server-address", "--batch-max-amount", "verify", "dump")
        .contains("(\"sealed\" \"drawn\")", "(\"prepare\" \"check\" \"save\")");
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
    "run --batch-max-amount 0,batch-max-amount of 0 is not between 1 and 65535",
    "run --batch-max-amount 65536,batch-max-amount of 65536 is not between 1 and 65535",
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
    assertThat(refused(line)).contains(message).contains("--help)");
    assertThat(directory).isEmptyDirectory();
  }

  /** Also of more digits than a number can have: every option that takes one. */
  @ParameterizedTest
  @CsvSource({
    "generate --agencies,1 to 10000",
    "generate --number,0 to 9999",
    "certificates --agencies,1 to 10000",
    "run --number,0 to 9999",
    "run --centrals,1 to 16",
    "run --batch-max-amount,1 to 65535",
    "verify --agencies,1 to 65535",
    "verify --number,0 to 9999",
    "winners --agency,1 to 65535",
    "dump --agency,1 to 65535",
    "close --agency,1 to 65535",
    "draw --number,0 to 9999",
    "kafka --partitions,1 to 64",
  })
  void saysWhatIsAllowed(String option, String allowed) {
    String name = option.split(" ", 2)[1];
    assertThat(refused(option + " 99999999999 DIR"))
        .contains(
            "value for option '%s': '99999999999' is out of range; allowed: %s (see loteria "
                .formatted(name, allowed));
    assertThat(refused(option + " x DIR"))
        .contains("'x' is not a plain decimal number; allowed: %s (see".formatted(allowed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"generate --bets", "generate --winners", "generate --seed", "dump --from"})
  void takesNoNumberOfMoreThan64Bits(String option) {
    assertThat(refused(option + " 9223372036854775808 DIR"))
        .contains("'9223372036854775808' has more than 64 bits (see loteria ");
  }

  @Test
  void generatesWhatItTells() throws Exception {
    assertThat(done("generate", "--agencies", 2, "--bets", 1000, "--winners", 3, directory))
        .hasLineCount(3)
        .contains("1,000 bets, 3 on number 7574, seed 1");
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("agency-1.csv", "agency-2.csv");
    assertThat(AgencyFile.allIn(directory))
        .extracting(AgencyFile::rows)
        .containsExactly(750L, 250L);
  }

  @Test
  void generatesTheSameAgain() throws Exception {
    done("generate", "--bets", 100, directory);
    byte[] first = Files.readAllBytes(directory.resolve("agency-1.csv"));
    done("generate", "--bets", 100, "--seed", 2, directory);
    assertThat(directory.resolve("agency-1.csv"))
        .content()
        .isNotEqualTo(new String(first, StandardCharsets.UTF_8));
    done("generate", "--bets", 100, "--seed", 1, directory);
    assertThat(directory.resolve("agency-1.csv")).hasBinaryContent(first);
  }

  @Test
  void refusesToMixWithTheFilesOfMoreAgencies() throws Exception {
    Files.writeString(directory.resolve("agency-6.csv"), "");
    Told told = Told.byLoteria("generate", directory);
    assertThat(told.code()).isEqualTo(1);
    assertThat(told.err()).hasLineCount(1).contains("agency-6.csv", "remove it");
    assertThat(directory.toFile().list()).containsExactly("agency-6.csv");
  }

  @Test
  void saysWhatIsNotADirectory() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    Told told = Told.byLoteria("generate", file);
    assertThat(told.code()).isEqualTo(1);
    assertThat(told.err()).startsWith("loteria generate: " + file + ": exists already");
  }

  @Test
  void leavesNothingWhenItIsInterrupted() throws Exception {
    try (JavaProgram generate =
        JavaProgram.start(Main.class, "generate", "--bets", "100000000", directory.toString())) {
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .until(() -> directory.toFile().list().length > 0);
      generate.terminate();
      assertThat(generate.exitCode()).isEqualTo(143);
    }
    assertThat(directory).isEmptyDirectory();
  }

  /** What a command prints that does what it was asked for. */
  private static String done(Object... words) {
    Told told = Told.byLoteria(words);
    assertThat(told.code()).as(told.err()).isZero();
    return told.out();
  }

  /** The line by which a wrong command line is refused. */
  private String refused(String line) {
    String words = line.replace("DIR", directory.toString());
    Told told = Told.byLoteria(words.isEmpty() ? new Object[0] : words.split(" ", -1));
    assertThat(told.code()).isEqualTo(2);
    assertThat(told.err()).hasLineCount(1);
    return told.err();
  }
}
