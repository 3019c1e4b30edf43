package loteria.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class SettingsTest {
  private static final Setting<Integer> PORT =
      Setting.integer("server_port", "SERVER_PORT", "--server-port", "12345", 0, 65535);
  private static final Setting<String> ADDRESS =
      Setting.text("server_ip", "SERVER_IP", "--server-ip", "", 0, 253);
  private static final Setting<Duration> PERIOD =
      Setting.duration(
          null, "LOTERIA_PERIOD", "--period", "5s", Duration.ofMillis(1), Duration.ofHours(1));
  private static final String[] NONE = {};
  private static final List<Setting<?>> KNOWN = List.of(PORT, ADDRESS, PERIOD);

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
    SettingsFile file =
        inFile == null ? SettingsFile.none() : ini("[DEFAULT]\nSERVER_PORT = " + inFile + "\n");

    Settings settings = Settings.read(KNOWN, arguments, variables, file);

    assertThat(settings.value(PORT)).isEqualTo(value);
    assertThat(settings.written(PORT)).isEqualTo(Integer.toString(value));
    assertThat(settings.source(PORT))
        .isEqualTo(source.replace("PATH", directory.resolve("config.ini").toString()));
  }

  @Test
  void theTextIsKeptAsWritten() throws Exception {
    Settings settings =
        Settings.read(KNOWN, new String[] {"--period=0.1m"}, Map.of(), SettingsFile.none());

    assertThat(settings.value(PERIOD)).isEqualTo(Duration.ofSeconds(6));
    assertThat(settings.written(PERIOD)).isEqualTo("0.1m");
  }

  @Test
  void otherNamesInTheEnvironmentAreNotOurs() throws Exception {
    Settings settings =
        Settings.read(
            KNOWN, new String[0], Map.of("server_port", "1", "PATH", "/"), SettingsFile.none());

    assertThat(settings.value(PORT)).isEqualTo(12345);
  }

  @Test
  void anEmptyValueIsAValue() throws Exception {
    Settings settings =
        Settings.read(
            KNOWN,
            new String[0],
            Map.of("SERVER_IP", ""),
            ini("[DEFAULT]\nserver_ip = server\nserver_port = 1\n"));

    assertThat(settings.value(ADDRESS)).isEmpty();
    assertThat(settings.source(ADDRESS)).isEqualTo("environment SERVER_IP");
  }

  @Test
  void aYamlFileGivesItsDottedPaths() throws Exception {
    Setting<Integer> amount =
        Setting.integer(
            "batch.maxAmount", "CLI_BATCH_MAXAMOUNT", "--batch-max-amount", null, 1, 99);
    Path path = Files.writeString(directory.resolve("config.yaml"), "batch:\n  maxAmount: 64\n");

    Settings settings =
        Settings.read(List.of(amount), new String[0], Map.of(), SettingsFile.yaml(path));

    assertThat(settings.value(amount)).isEqualTo(64);
    assertThat(settings.source(amount)).isEqualTo("file " + path + " line 2");
  }

  record Refusal(
      List<String> arguments,
      Map<String, String> environment,
      String ini,
      BadValue bad,
      String message) {}

  record BadValue(String key, String value, String source, String allowed) {}

  private static final String RANGE = "0 to 65535";

  static List<Refusal> refusals() {
    return List.of(
        new Refusal(
            List.of(),
            Map.of(),
            "[DEFAULT]\n# c\n\nSERVER_PORT = 70000\n",
            new BadValue("server_port", "70000", "file PATH line 4", RANGE),
            "setting server_port = \"70000\" (file PATH line 4) is not allowed; allowed: 0 to"
                + " 65535"),
        new Refusal(
            List.of(),
            Map.of("SERVER_PORT", "x\ny|z"),
            "",
            new BadValue("server_port", "x\ny|z", "environment SERVER_PORT", RANGE),
            "setting server_port = \"x\\ny¦z\" (environment SERVER_PORT) is not allowed;"
                + " allowed: 0 to 65535"),
        new Refusal(
            List.of(),
            Map.of("SERVER_PORT", ""),
            "",
            new BadValue("server_port", "", "environment SERVER_PORT", RANGE),
            "setting server_port = \"\" (environment SERVER_PORT) is empty; allowed: 0 to 65535"),
        new Refusal(
            List.of("--server-port=-1"),
            Map.of("SERVER_PORT", "1"),
            "",
            new BadValue("server_port", "-1", "flag --server-port", RANGE),
            "setting server_port = \"-1\" (flag --server-port) is not allowed; allowed: 0 to"
                + " 65535"),
        new Refusal(
            List.of("--period", "5"),
            Map.of(),
            "",
            new BadValue("LOTERIA_PERIOD", "5", "flag --period", "a duration of 1ms to 1h"),
            "setting LOTERIA_PERIOD = \"5\" (flag --period) is not allowed; allowed: a duration of"
                + " 1ms to 1h"),
        new Refusal(
            List.of(),
            Map.of("SERVER_PORT", "1"),
            "[DEFAULT]\nSERVR_PORT = 1\n",
            new BadValue("servr_port", "1", "file PATH line 2", "server_ip, server_port"),
            "setting servr_port = \"1\" (file PATH line 2) is not a known key; allowed: server_ip,"
                + " server_port"),
        new Refusal(
            List.of(),
            Map.of(),
            "[DEFAULT]\nserver_port = 1\nSERVER_PORT = 1\n",
            new BadValue("server_port", "1", "file PATH line 3", "each key once"),
            "setting server_port = \"1\" (file PATH line 3) is given twice, first in file PATH line"
                + " 2; allowed: each key once"),
        new Refusal(
            List.of(),
            Map.of(),
            "[DEFAULT]\nperiod = 1s\n",
            new BadValue("period", "1s", "file PATH line 2", "server_ip, server_port"),
            "setting period = \"1s\" (file PATH line 2) is not a known key; allowed: server_ip,"
                + " server_port"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalNamesKeyValueSourceAndWhatIsAllowed(Refusal refusal) throws IOException {
    SettingsFile file = ini(refusal.ini);
    String path = directory.resolve("config.ini").toString();

    BadSettingException refused =
        catchThrowableOfType(
            BadSettingException.class,
            () -> Settings.read(KNOWN, refusal.arguments.toArray(NONE), refusal.environment, file));

    assertThat(refused).isNotNull().hasMessage(refusal.message.replace("PATH", path));
    assertThat(
            new BadValue(
                refused.key(),
                refused.value(),
                refused.source().replace(path, "PATH"),
                refused.allowed()))
        .isEqualTo(refusal.bad);
  }

  @Test
  void aMissingValueNamesThePlacesWhereItCouldBe() throws IOException {
    Setting<String> inFile =
        Setting.text("server.address", "CLI_SERVER_ADDRESS", "--server-address", null, 3, 99);
    Setting<String> notInFile = Setting.text(null, "NOMBRE", "--nombre", null, 1, 99);
    Path path = Files.writeString(directory.resolve("config.yaml"), "");

    assertThatThrownBy(
            () -> Settings.read(List.of(inFile), NONE, Map.of(), SettingsFile.yaml(path)))
        .isInstanceOf(BadSettingException.class)
        .hasMessage(
            "setting server.address (no flag --server-address, no environment CLI_SERVER_ADDRESS,"
                + " not in file "
                + path
                + ") is missing; allowed: text of 3 to 99 characters");
    assertThatThrownBy(() -> Settings.read(List.of(notInFile), NONE, Map.of(), SettingsFile.none()))
        .isInstanceOf(BadSettingException.class)
        .hasMessage(
            "setting NOMBRE (no flag --nombre, no environment NOMBRE) is missing; allowed: text of"
                + " 1 to 99 characters");
  }

  @Test
  void aBadDefaultIsFoundToo() {
    Setting<Integer> bad = Setting.integer(null, "X", "--x", "7", 0, 6);

    assertThatThrownBy(() -> Settings.read(List.of(bad), NONE, Map.of(), SettingsFile.none()))
        .isInstanceOf(BadSettingException.class)
        .hasMessage("setting X = \"7\" (default) is not allowed; allowed: 0 to 6");
  }

  @Test
  void whatAParserSaidIsTheCause() {
    assertThatThrownBy(
            () -> Settings.read(KNOWN, NONE, Map.of("SERVER_PORT", "70000"), SettingsFile.none()))
        .cause()
        .hasMessage("\"70000\" is out of range");
  }

  @Test
  void aLongValueIsCutInTheMessage() {
    String value = "9".repeat(5000);

    assertThatThrownBy(
            () -> Settings.read(KNOWN, NONE, Map.of("SERVER_PORT", value), SettingsFile.none()))
        .hasMessage(
            "setting server_port = \""
                + "9".repeat(199)
                + "…\" (environment SERVER_PORT) is not allowed; allowed: 0 to 65535");
  }

  @Test
  void theProgramItselfMayRefuseAValue() throws Exception {
    Settings settings =
        Settings.read(KNOWN, NONE, Map.of("SERVER_PORT", "80"), SettingsFile.none());

    assertThat(settings.refusal(PORT, "is taken by another program"))
        .hasMessage(
            "setting server_port = \"80\" (environment SERVER_PORT) is taken by another program;"
                + " allowed: 0 to 65535");
  }

  @Test
  void aSettingThatWasNotReadIsAMistakeOfTheCaller() throws Exception {
    Settings settings = Settings.read(List.of(PORT), NONE, Map.of(), SettingsFile.none());

    assertThatThrownBy(() -> settings.value(PERIOD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("setting LOTERIA_PERIOD is not among those that were read");
  }

  @Test
  void readsTheFileThatASettingNamesAndAsksThatItExistsOnlyIfTheUserNamedIt() throws Exception {
    Path file = Files.writeString(directory.resolve("named.ini"), "[DEFAULT]\nSERVER_PORT = 7\n");
    Path absent = directory.resolve("absent.ini");
    Setting<Path> location =
        Setting.path(null, "LOTERIA_CONFIG", "--config", directory.resolve("no.ini").toString());
    List<Setting<?>> known = List.of(PORT, location);

    assertThat(port(known, location, "--config=" + file)).isEqualTo(7);
    assertThat(port(known, location)).isEqualTo(12345);
    assertThatThrownBy(() -> port(known, location, "--config=" + absent))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("there is no such file");
  }

  private static int port(List<Setting<?>> known, Setting<Path> location, String... arguments)
      throws Exception {
    return Settings.read(known, arguments, Map.of(), location, SettingsFile.Format.INI).value(PORT);
  }

  private SettingsFile ini(String text) throws IOException {
    return SettingsFile.ini(Files.writeString(directory.resolve("config.ini"), text));
  }
}
