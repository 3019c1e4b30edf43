package loteria.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
  private static final Setting<Integer> PORT =
      Setting.named("server_port", "SERVER_PORT", "--server-port").integer("12345", 0, 65535);
  private static final Setting<String> ADDRESS =
      Setting.named("server_ip", "SERVER_IP", "--server-ip").text("", 0, 253);
  private static final Setting<Duration> PERIOD =
      Setting.named("period", "LOTERIA_PERIOD", "--period")
          .duration("5s", Duration.ofMillis(1), Duration.ofHours(1));
  private static final Setting<Path> LOCATION =
      Setting.named(null, "LOTERIA_CONFIG", "--config").path("no such folder/config");
  private static final String[] NONE = {};
  private static final List<Setting<?>> KNOWN = List.of(PORT, ADDRESS, PERIOD, LOCATION);

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "1, 2, 3, 1, flag --server-port",
    "1, , , 1, flag --server-port",
    " , 2, 3, 2, environment SERVER_PORT",
    " , , 3, 3, file PATH line 2",
    "1, , 3, 1, flag --server-port",
    " , , , 12345, default"
  })
  void theFirstOfFlagEnvironmentFileAndDefaultHolds(
      String flag, String environment, String inFile, int value, String source) throws Exception {
    String[] arguments = flag == null ? new String[0] : new String[] {"--server-port", flag};
    Map<String, String> variables =
        environment == null ? Map.of() : Map.of("SERVER_PORT", environment);
    String file = inFile == null ? "" : "[DEFAULT]\nSERVER_PORT = " + inFile + "\n";

    Settings settings = read(arguments, variables, file);

    assertThat(settings.value(PORT)).isEqualTo(value);
    assertThat(settings.written(PORT)).isEqualTo(Integer.toString(value));
    assertThat(settings.source(PORT))
        .isEqualTo(source.replace("PATH", directory.resolve("config.ini").toString()));
  }

  @Test
  void theTextIsKeptAsWritten() throws Exception {
    Settings settings = read(new String[] {"--period=0.1m"}, Map.of(), "");

    assertThat(settings.value(PERIOD)).isEqualTo(Duration.ofSeconds(6));
    assertThat(settings.written(PERIOD)).isEqualTo("0.1m");
  }

  @Test
  void otherNamesInTheEnvironmentAreNotOurs() throws Exception {
    Settings settings = read(NONE, Map.of("server_port", "1", "PATH", "/"), "");

    assertThat(settings.value(PORT)).isEqualTo(12345);
    assertThat(settings.warnings()).isEmpty();
  }

  @Test
  void anEmptyValueIsAValue() throws Exception {
    Settings settings =
        read(NONE, Map.of("SERVER_IP", ""), "[DEFAULT]\nserver_ip = server\nserver_port = 1\n");

    assertThat(settings.value(ADDRESS)).isEmpty();
    assertThat(settings.source(ADDRESS)).isEqualTo("environment SERVER_IP");
  }

  private static final Setting<Integer> AMOUNT =
      Setting.named("batch.maxAmount", "CLI_BATCH_MAXAMOUNT", "--batch-max-amount")
          .integer("99", 1, 9999);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "batch:\\n  maxAmount: 64; 64; file PATH line 2",
        "Batch:\\n  MAXAMOUNT: 64; 64; file PATH line 2",
        "batch:; 99; default",
        "BATCH: ~; 99; default",
        "batch:\\n  maxAmount:; 99; default",
        "batch:\\n  maxAmount: null; 99; default",
        "'batch.maxAmount: 7'; 7; file PATH line 1"
      })
  void aYamlFileGivesItsDottedPathsInAnyCase(String text, int value, String source)
      throws Exception {
    Settings settings = readYaml(text.replace("\\n", "\n"), Map.of("CLI_BATCH_MAXAMOUNT", ""));

    assertThat(settings.value(AMOUNT)).isEqualTo(value);
    assertThat(settings.source(AMOUNT))
        .isEqualTo(source.replace("PATH", directory.resolve("config.yaml").toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"batchs:\n", "batch:\n  amount:\n", "batch: 5\n", "maxAmount:\n"})
  void aYamlKeyThatIsNotKnownIsRefusedThoughItSaysNothing(String text) {
    assertThatThrownBy(() -> readYaml(text, Map.of()))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("is not a known key; did you mean batch.maxAmount? Allowed: ");
  }

  private Settings readYaml(String text, Map<String, String> environment) throws Exception {
    Path path = Files.writeString(directory.resolve("config.yaml"), text);
    return Settings.read(
        List.of(AMOUNT, LOCATION),
        new String[] {"--config=" + path},
        environment,
        LOCATION,
        SettingsFile.Format.YAML);
  }

  @Test
  void variablesThatLookLikeOursAreWarnedOfWithTheNearestName() throws Exception {
    Map<String, String> environment =
        Map.of(
            "LOTERIA_AGENCYS", "secret",
            "CLI_LOGLEVEL", "secret",
            "LOTERIA_TASK", "known to the other program",
            "LOTERIA", "not ours",
            "XLOTERIA_TASK", "not ours",
            "CLI_SERVER_PROT", "of this program, but for what it begins with",
            "LOTERIA_ID", "of the other program, but for what it begins with",
            "LOTERIA_FOO", "near nothing");
    Settings settings = read(NONE, environment, "");

    assertThat(settings.warnings())
        .containsExactly(
            "environment CLI_LOGLEVEL is not known; did you mean CLI_LOG_LEVEL?",
            "environment CLI_SERVER_PROT is not known; did you mean SERVER_PORT?",
            "environment LOTERIA_AGENCYS is not known; did you mean LOTERIA_AGENCIES?",
            "environment LOTERIA_FOO is not known",
            "environment LOTERIA_ID is not known; did you mean CLI_ID?");
  }

  @Test
  void aCheckTellsEachSettingItsSourceAndTheWarnings() throws Exception {
    Settings settings =
        read(
            new String[] {"--server-port", "7", Settings.CHECK},
            Map.of("LOTERIA_NUMBERS", "x", "SERVER_IP", ""),
            "[DEFAULT]\nPERIOD = 1m\n");

    assertThat(settings.isCheckWanted()).isTrue();
    assertThat(read(NONE, Map.of(), "").isCheckWanted()).isFalse();
    String file = directory.resolve("config.ini").toString();
    assertThat(settings.report().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "server_port 7 flag --server-port",
            "server_ip \"\" environment SERVER_IP",
            "period 1m file " + file + " line 2",
            "LOTERIA_CONFIG " + file + " environment LOTERIA_CONFIG",
            "warning: environment LOTERIA_NUMBERS is not known; did you mean LOTERIA_NUMBER?");
  }

  record Refusal(
      List<String> arguments, Map<String, String> environment, String ini, String message) {
    static Refusal ofFlag(String flag, String message) {
      return new Refusal(List.of(flag), Map.of("SERVER_PORT", "1"), "", message);
    }

    static Refusal ofVariable(String port, String message) {
      return new Refusal(List.of(), Map.of("SERVER_PORT", port), "", message);
    }

    static Refusal ofFile(String lines, String message) {
      return new Refusal(List.of(), Map.of(), "[DEFAULT]\n" + lines, message);
    }
  }

  static List<Refusal> refusals() {
    String notKnown =
        "is not a known key; did you mean %s? Allowed: period, server_ip, server_port";
    return List.of(
        Refusal.ofFile(
            "# c\n\nSERVER_PORT = 70000\n",
            "setting server_port = \"70000\" (file PATH line 4) is not allowed; allowed: 0 to"
                + " 65535"),
        Refusal.ofFile(
            "server_port = 1_000\n",
            "setting server_port = \"1_000\" (file PATH line 2) is not a plain decimal number;"
                + " allowed: 0 to 65535"),
        Refusal.ofFile(
            "server_port = 1\nSERVER_PORT = 1\n",
            "setting SERVER_PORT = \"1\" (file PATH line 3) is given twice, first in file PATH line"
                + " 2"),
        Refusal.ofFile(
            "loteria_config = x\n",
            "setting loteria_config = \"x\" (file PATH line 2) " + notKnown.formatted("period")),
        new Refusal(
            List.of(),
            Map.of("SERVER_PORT", "1"),
            "[DEFAULT]\nSERVR_PORT = 1\n",
            "setting SERVR_PORT = \"1\" (file PATH line 2) " + notKnown.formatted("server_port")),
        Refusal.ofVariable(
            "x\ny|z",
            "setting server_port = \"x\\ny¦z\" (environment SERVER_PORT) is not a plain decimal"
                + " number; allowed: 0 to 65535"),
        Refusal.ofVariable(
            "",
            "setting server_port = \"\" (environment SERVER_PORT) is empty; allowed: 0 to 65535"),
        Refusal.ofFlag(
            "--server-port=-1",
            "setting server_port = \"-1\" (flag --server-port) is not allowed; allowed: 0 to"
                + " 65535"),
        Refusal.ofFlag(
            "--period=5",
            "setting period = \"5\" (flag --period) lacks a unit, as in 5s or 300ms; allowed: a"
                + " duration of 1ms to 1h"),
        Refusal.ofFlag(
            "--server-port=010",
            "setting server_port = \"010\" (flag --server-port) has a leading zero, which some"
                + " programs take for octal; allowed: 0 to 65535"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalNamesKeyValueSourceAndWhatIsWrong(Refusal refusal) {
    assertThatThrownBy(
            () -> read(refusal.arguments.toArray(NONE), refusal.environment, refusal.ini))
        .isInstanceOf(BadSettingException.class)
        .hasMessage(refusal.message.replace("PATH", directory.resolve("config.ini").toString()));
  }

  @Test
  void aMissingValueNamesThePlacesWhereItCouldBe() {
    Setting<String> inFile =
        Setting.named("server.address", "CLI_SERVER_ADDRESS", "--server-address").text(null, 3, 99);
    Setting<String> notInFile = Setting.named(null, "NOMBRE", "--nombre").text(null, 1, 99);

    assertThatThrownBy(() -> readAlone(inFile))
        .isInstanceOf(BadSettingException.class)
        .hasMessage(
            "setting server.address (no flag --server-address, no environment CLI_SERVER_ADDRESS,"
                + " not in file no such folder/config) is missing; allowed: text of 3 to 99"
                + " characters");
    assertThatThrownBy(() -> readAlone(notInFile))
        .isInstanceOf(BadSettingException.class)
        .hasMessage(
            "setting NOMBRE (no flag --nombre, no environment NOMBRE) is missing; allowed: text of"
                + " 1 to 99 characters");
  }

  @Test
  void aBadDefaultIsFoundToo() {
    assertThatThrownBy(() -> readAlone(Setting.named(null, "X", "--x").integer("7", 0, 6)))
        .isInstanceOf(BadSettingException.class)
        .hasMessage("setting X = \"7\" (default) is not allowed; allowed: 0 to 6");
  }

  private static Settings readAlone(Setting<?> setting) throws Exception {
    return Settings.read(
        List.of(setting, LOCATION), NONE, Map.of(), LOCATION, SettingsFile.Format.YAML);
  }

  @Test
  void aLongValueIsCutInTheMessage() {
    assertThatThrownBy(() -> read(NONE, Map.of("SERVER_PORT", "9".repeat(5000)), ""))
        .hasMessage(
            "setting server_port = \""
                + "9".repeat(199)
                + "…\" (environment SERVER_PORT) is not allowed; allowed: 0 to 65535");
  }

  @Test
  void theProgramItselfMayRefuseAValue() throws Exception {
    Settings settings = read(NONE, Map.of("SERVER_PORT", "80"), "");

    assertThat(settings.refusal(PORT, "is taken by another program"))
        .hasMessage(
            "setting server_port = \"80\" (environment SERVER_PORT) is taken by another program");
  }

  @Test
  void aSettingThatWasNotReadIsAMistakeOfTheCaller() throws Exception {
    Settings settings = readAlone(PORT);

    assertThatThrownBy(() -> settings.value(PERIOD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("setting period is not among those that were read");
  }

  @Test
  void readsTheFileThatASettingNamesAndAsksThatItExistsOnlyIfTheUserNamedIt() throws Exception {
    Path file = Files.writeString(directory.resolve("named.ini"), "[DEFAULT]\nSERVER_PORT = 7\n");
    Path absent = directory.resolve("absent.ini");

    assertThat(port("--config=" + file)).isEqualTo(7);
    assertThat(port()).isEqualTo(12345);
    assertThatThrownBy(() -> port("--config=" + absent))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("there is no such file");
  }

  private static int port(String... arguments) throws Exception {
    return Settings.read(KNOWN, arguments, Map.of(), LOCATION, SettingsFile.Format.INI).value(PORT);
  }

  private Settings read(String[] arguments, Map<String, String> environment, String ini)
      throws Exception {
    Path path = Files.writeString(directory.resolve("config.ini"), ini);
    Map<String, String> all = new HashMap<>(environment);
    all.put("LOTERIA_CONFIG", path.toString());
    return Settings.read(KNOWN, arguments, all, LOCATION, SettingsFile.Format.INI);
  }

  record Flags(List<String> arguments, String a, String b) {}

  static List<Flags> flags() {
    return List.of(
        new Flags(List.of(), "", ""),
        new Flags(List.of("--aa", "1"), "1", ""),
        new Flags(List.of("--aa=1"), "1", ""),
        new Flags(List.of("--aa", "1", "--bb=2"), "1", "2"),
        new Flags(List.of("--aa="), "", ""),
        new Flags(List.of("--aa", ""), "", ""),
        new Flags(List.of("--aa=x=y"), "x=y", ""),
        new Flags(List.of("--aa", "-1"), "-1", ""),
        new Flags(List.of("--aa=--bb"), "--bb", ""));
  }

  private static final Setting<String> A = Setting.named("a", "A", "--aa").text("", 0, 9);
  private static final Setting<String> B = Setting.named("b", "B", "--bb").text("", 0, 9);

  private static Settings readFlags(List<String> arguments) throws Exception {
    return Settings.read(
        List.of(A, B, LOCATION),
        arguments.toArray(NONE),
        Map.of(),
        LOCATION,
        SettingsFile.Format.INI);
  }

  @ParameterizedTest
  @MethodSource("flags")
  void readsFlagsWithTheirValues(Flags flags) throws Exception {
    Settings settings = readFlags(flags.arguments);

    assertThat(settings.value(A)).isEqualTo(flags.a);
    assertThat(settings.value(B)).isEqualTo(flags.b);
  }

  record WrongFlags(List<String> arguments, String message) {}

  static List<WrongFlags> wrongFlags() {
    return List.of(
        new WrongFlags(List.of("--cc", "1"), "there is no flag --cc; did you mean --aa?"),
        new WrongFlags(List.of("--cc=1"), "there is no flag --cc; did you mean --aa?"),
        new WrongFlags(List.of("--BB=1"), "there is no flag --BB; did you mean --bb?"),
        new WrongFlags(List.of("--b=1"), "there is no flag --b; did you mean --bb?"),
        new WrongFlags(List.of("aa"), "there is no flag aa; did you mean --aa?"),
        new WrongFlags(List.of(""), "there is no flag ; did you mean --aa?"),
        new WrongFlags(List.of("--aa", "1", "2"), "there is no flag 2; did you mean --aa?"),
        new WrongFlags(List.of("--x\ny"), "there is no flag --x\\ny; did you mean --aa?"),
        new WrongFlags(List.of("--aa"), "flag --aa lacks its value"),
        new WrongFlags(List.of("--aa", "--bb", "2"), "flag --aa lacks its value"),
        new WrongFlags(List.of("--aa", "1", "--aa=1"), "flag --aa is given twice"),
        new WrongFlags(List.of("--check-config=yes"), "flag --check-config takes no value"),
        new WrongFlags(List.of(Settings.CHECK, Settings.CHECK), "is given twice"));
  }

  @ParameterizedTest
  @MethodSource("wrongFlags")
  void refusesAnythingElse(WrongFlags wrong) {
    assertThatThrownBy(() -> readFlags(wrong.arguments))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(wrong.message);
  }

  @Test
  void anUnknownFlagIsToldWithThoseThereAre() {
    assertThatThrownBy(() -> readFlags(List.of("--cc")))
        .hasMessageEndingWith("The flags are --aa, --bb, --config, --check-config");
  }
}
