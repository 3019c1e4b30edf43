package loteria.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import loteria.client.AgencySettings.Task;
import loteria.runtime.log.Level;
import loteria.runtime.settings.BadSettingException;
import loteria.runtime.settings.HostPort;
import loteria.runtime.settings.Setting;
import loteria.runtime.settings.UsageException;
import loteria.testing.Root;
import loteria.tls.TlsFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AgencySettingsTest {
  private static final String COURSE =
      """
      server:
        address: "central:54321"
      loop:
        amount: 3
        period: "100ms"
      log:
        level: "DEBUG"
      batch:
        maxAmount: 64
      """;

  @TempDir private Path directory;
  private Path config;

  @BeforeEach
  void writeTheCoursesFile() throws Exception {
    config = Files.writeString(directory.resolve("config.yaml"), COURSE);
  }

  @Test
  void theCoursesFileAndTheAgencysNumberSuffice() throws Exception {
    AgencySettings settings = read(Map.of("CLI_ID", "4"));

    assertThat(settings.id()).isEqualTo(4);
    assertThat(settings.addresses().all()).containsExactly(new HostPort("central", 54_321));
    assertThat(settings.loopAmount()).isEqualTo(3);
    assertThat(settings.loopPeriod()).isEqualTo(Duration.ofMillis(100));
    assertThat(settings.loopPeriodWritten()).isEqualTo("100ms");
    assertThat(settings.logLevel()).isEqualTo(Level.DEBUG);
    assertThat(settings.logLevelWritten()).isEqualTo("DEBUG");
    assertThat(settings.batchBetsMax()).isEqualTo(64);
    assertThat(settings.task()).isEqualTo(Task.UPLOAD);
    assertThat(settings.file()).isEqualTo(Path.of("./.data/agency-4.csv"));
    assertThat(settings.patience()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void theFileMayBeEmpty() throws Exception {
    Files.writeString(config, "");

    AgencySettings settings = read(Map.of("CLI_ID", "1"));

    assertThat(settings.addresses().all()).containsExactly(new HostPort("server", 12_345));
    assertThat(settings.loopAmount()).isEqualTo(5);
    assertThat(settings.loopPeriodWritten()).isEqualTo("5s");
    assertThat(settings.logLevel()).isEqualTo(Level.INFO);
    assertThat(settings.batchBetsMax()).isEqualTo(99);
  }

  @Test
  void theFileMaySayAllThatFlagsAndEnvironmentCan() throws Exception {
    Files.writeString(
        config,
        """
        id: 9
        data: bets
        Task: echo
        PATIENCE: 1m30s
        tls:
          certificate: own.pem
          key: own.key
          ca: ca.pem
        """);

    AgencySettings settings = read(Map.of());

    assertThat(settings.file()).isEqualTo(Path.of("bets/agency-9.csv"));
    assertThat(settings.task()).isEqualTo(Task.ECHO);
    assertThat(settings.patience()).isEqualTo(Duration.ofSeconds(90));
    assertThat(settings.tlsFiles())
        .contains(new TlsFiles(Path.of("own.pem"), Path.of("own.key"), Path.of("ca.pem")));
    assertThat(AgencySettings.ALL)
        .filteredOn(setting -> setting.key() == null)
        .extracting(Setting::flag)
        .containsExactly("--config");
  }

  @Test
  void anEmptyVariableIsAsUnset() throws Exception {
    Map<String, String> environment =
        Map.of("CLI_ID", "1", "CLI_LOG_LEVEL", "", "CLI_LOOP_PERIOD", "", "LOTERIA_TASK", "");

    assertThat(read(environment).logLevel()).isEqualTo(Level.DEBUG);
    assertThat(read(environment).loopPeriodWritten()).isEqualTo("100ms");
    assertThat(read(environment).task()).isEqualTo(Task.UPLOAD);
    assertThat(refusal(Map.of("CLI_ID", ""))).contains("setting id (", ") is missing");
  }

  @Test
  void threeTlsFilesOrNone() {
    assertThat(refusal(Map.of("CLI_ID", "1", "LOTERIA_TLS_CA", "ca.pem")))
        .isEqualTo(
            "setting tls.certificate = \"\" (default) is needed: tls.ca is set (environment"
                + " LOTERIA_TLS_CA)");
  }

  @Test
  void theShippedFileIsAllowed() throws Exception {
    config = Root.file("client/config.yaml");

    assertThat(read(Map.of("CLI_ID", "1")).batchBetsMax()).isEqualTo(99);
  }

  @Test
  void theEnvironmentPrevailsOverTheFileAndAFlagOverBoth() throws Exception {
    Map<String, String> environment =
        Map.of(
            "CLI_ID", "2",
            "CLI_SERVER_ADDRESS", "a:1",
            "CLI_LOOP_AMOUNT", "0",
            "CLI_LOOP_PERIOD", "1m",
            "CLI_LOG_LEVEL", "warn",
            "CLI_BATCH_MAXAMOUNT", "1",
            "LOTERIA_TASK", "bet",
            "LOTERIA_DATA", "/data",
            "LOTERIA_PATIENCE", "0s");

    AgencySettings settings = read(environment, "--id", "3", "--server-address=[::1]:65535");

    assertThat(settings.id()).isEqualTo(3);
    assertThat(settings.addresses().all()).containsExactly(new HostPort("[::1]", 65_535));
    assertThat(settings.loopAmount()).isZero();
    assertThat(settings.loopPeriod()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.logLevel()).isEqualTo(Level.WARNING);
    assertThat(settings.batchBetsMax()).isEqualTo(1);
    assertThat(settings.task()).isEqualTo(Task.BET);
    assertThat(settings.file()).isEqualTo(Path.of("/data/agency-3.csv"));
    assertThat(settings.patience()).isZero();
  }

  @Test
  void severalAddressesAreInTheOrderInWhichTheyAreWritten() throws Exception {
    AgencySettings settings =
        read(Map.of("CLI_ID", "1", "CLI_SERVER_ADDRESS", "b:1, a:2,[::1]:3,a:1"));

    assertThat(settings.addresses().all())
        .containsExactly(
            new HostPort("b", 1),
            new HostPort("a", 2),
            new HostPort("[::1]", 3),
            new HostPort("a", 1));
    assertThat(settings.addresses()).hasToString("b:1,a:2,[::1]:3,a:1");
  }

  @Test
  void thereAreAtMostSixteenAddresses() throws Exception {
    String sixteen =
        IntStream.rangeClosed(1, 16).mapToObj(port -> "a:" + port).collect(Collectors.joining(","));
    Map<String, String> environment = Map.of("CLI_ID", "1", "CLI_SERVER_ADDRESS", sixteen);

    assertThat(read(environment).addresses().all()).hasSize(16);
    assertThat(refusal(Map.of("CLI_ID", "1", "CLI_SERVER_ADDRESS", sixteen + ",b:1")))
        .endsWith("lists 17 addresses, more than 16; allowed: host:port, up to 16 with commas");
  }

  @ParameterizedTest
  @CsvSource({"echo, ECHO", "bet, BET", "upload, UPLOAD"})
  void theTaskIsOneOfThree(String written, Task task) throws Exception {
    assertThat(read(Map.of("CLI_ID", "1", "LOTERIA_TASK", written)).task()).isEqualTo(task);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CLI_ID | id | 0 | is not allowed; allowed: 1 to 65535",
        "CLI_ID | id | 65536 | is not allowed; allowed: 1 to 65535",
        "CLI_ID | id | one | is not a plain decimal number; allowed: 1 to 65535",
        "CLI_ID | id | 010 | has a leading zero, which some programs take for octal; allowed: 1 to"
            + " 65535",
        "CLI_LOOP_AMOUNT | loop.amount | -1 | is not allowed; allowed: 0 to 1000000",
        "CLI_LOOP_PERIOD | loop.period | 5 | lacks a unit, as in 5s or 300ms; allowed: a duration"
            + " of 0s to 24h",
        "CLI_LOOP_PERIOD | loop.period | 25h | is not allowed; allowed: a duration of 0s to 24h",
        "CLI_LOG_LEVEL | log.level | LOUD | is not allowed; allowed: DEBUG, INFO, WARNING, ERROR or"
            + " CRITICAL",
        "CLI_BATCH_MAXAMOUNT | batch.maxAmount | 0 | is not allowed; allowed: 1 to 65535",
        "CLI_BATCH_MAXAMOUNT | batch.maxAmount | 65536 | is not allowed; allowed: 1 to 65535",
        "LOTERIA_TASK | task | rest | is not allowed; allowed: echo, bet or upload",
        "LOTERIA_PATIENCE | patience | -1s | is negative; allowed: a duration of 0s to 24h"
      })
  void aValueThatIsNotAllowedIsSaidInOneLine(
      String variable, String key, String value, String problem) {
    Map<String, String> environment = new HashMap<>(Map.of("CLI_ID", "1"));
    environment.put(variable, value);

    assertThat(refusal(environment))
        .isEqualTo("setting %s = \"%s\" (environment %s) %s", key, value, variable, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server | is not host:port",
        ":1 | is not host:port",
        "' :1' | has a host that is neither a name nor an address",
        "a: | has a port that is not a plain decimal number",
        "a:0 | has a port that is not 1 to 65535",
        "a:65536 | has a port that is not 1 to 65535",
        "a:b | has a port that is not a plain decimal number",
        "tcp://server:12345 | is a URL, not host:port",
        "a:1, b | lists \"b\" as number 2, which is not host:port",
        "a:1, | lists \"\" as number 2, which is not host:port",
        "a:1,::1:2,c:3 | lists \"::1:2\" as number 2, which has more than one colon: write [IPv6"
            + " address]:port",
        "a:1,b:1,a:1 | lists \"a:1\" as number 3, which is there already"
      })
  void anAddressThatIsNoneIsSaidInOneLine(String address, String problem) {
    aValueThatIsNotAllowedIsSaidInOneLine(
        "CLI_SERVER_ADDRESS",
        "server.address",
        address,
        problem + "; allowed: host:port, up to 16 with commas");
  }

  @Test
  void aValueOfTheFileIsSaidWithItsLine() throws Exception {
    Files.writeString(config, COURSE.replace("64", "ten"));

    assertThat(refusal(Map.of("CLI_ID", "1")))
        .isEqualTo(
            "setting batch.maxAmount = \"ten\" (file %s line 9) is not a plain decimal number; allowed: 1 to 65535"
                .formatted(config));
  }

  @Test
  void aKeyThatIsNotKnownIsRefused() throws Exception {
    Files.writeString(config, COURSE + "bach:\n  maxAmount: 64\n");

    assertThat(refusal(Map.of("CLI_ID", "1")))
        .isEqualTo(
            "setting bach.maxAmount = \"64\" (file %s line 11) is not a known key; did you mean batch.maxAmount? Allowed: %s"
                .formatted(
                    config,
                    "batch.maxAmount, data, file, id, log.format, log.level, loop.amount,"
                        + " loop.period, min_run, patience, quiet, server.address, task, tls.ca,"
                        + " tls.certificate, tls.key, winners"));
  }

  @Test
  void theAgencysNumberMustBeSaid() {
    assertThat(refusal(Map.of()))
        .isEqualTo(
            "setting id (no flag --id, no environment CLI_ID, not in file %s) is missing; allowed: 1 to 65535"
                .formatted(config));
  }

  @Test
  void aFileThatIsNamedMustBeThere() {
    config = directory.resolve("other.yaml");

    assertThat(refusal(Map.of("CLI_ID", "1"))).contains(config.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--ide", "help", "--id"})
  void whatIsNoFlagIsAMatterOfUsage(String argument) {
    assertThat(
            catchThrowableOfType(
                UsageException.class, () -> AgencySettings.read(new String[] {argument}, Map.of())))
        .isNotNull();
  }

  private AgencySettings read(Map<String, String> environment, String... arguments)
      throws UsageException, BadSettingException {
    List<String> all =
        Stream.concat(Stream.of(arguments), Stream.of("--config", config.toString())).toList();
    return AgencySettings.read(all.toArray(String[]::new), environment);
  }

  private String refusal(Map<String, String> environment) {
    return String.valueOf(
        catchThrowableOfType(BadSettingException.class, () -> read(environment)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--file", "--winners"})
  void refusesWhatIsNoPath(String flag) {
    assertThat(
            catchThrowableOfType(
                BadSettingException.class,
                () ->
                    AgencySettings.read(new String[] {"--id", "1", flag, "\ud800.csv"}, Map.of())))
        .hasMessageContaining("is not a path");
  }
}
