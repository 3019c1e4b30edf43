package loteria.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import loteria.runtime.log.Level;
import loteria.runtime.settings.BadSettingException;
import loteria.runtime.settings.Setting;
import loteria.runtime.settings.UsageException;
import loteria.testing.Root;
import loteria.tls.TlsFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CentralSettingsTest {
  /** The file as the course gives it. */
  private static final String COURSE =
      """
      [DEFAULT]
      SERVER_PORT = 12345
      SERVER_IP = server
      SERVER_LISTEN_BACKLOG = 5
      LOGGING_LEVEL = INFO
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path directory;

  private CentralSettings read(String ini, Map<String, String> environment, String... arguments)
      throws IOException, UsageException, BadSettingException {
    Path config = Files.writeString(directory.resolve("config.ini"), ini);
    String[] all = new String[arguments.length + 1];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--config=" + config;
    return CentralSettings.read(all, environment);
  }

  @Test
  void needsNoMoreThanTheCoursesFile() throws Exception {
    CentralSettings settings = read(COURSE, Map.of());
    assertThat(settings.port()).isEqualTo(12_345);
    assertThat(settings.value(CentralSettings.LISTEN_BACKLOG)).isEqualTo(5);
    assertThat(settings.value(CentralSettings.LOGGING_LEVEL)).isEqualTo(Level.INFO);
    assertThat(settings.agencies()).isEqualTo(5);
    assertThat(settings.number()).hasValue(7574);
  }

  @Test
  void theFileMaySayAllThatFlagsAndEnvironmentCan() throws Exception {
    CentralSettings settings =
        read(
            """
            [DEFAULT]
            AGENCIES = 3
            number = 42
            Data_Directory = /srv/lottery
            bind = 127.0.0.1
            status = off
            window = 2
            tls_certificate = own.pem
            tls_key = own.key
            tls_ca = ca.pem
            """,
            Map.of());
    assertThat(settings.agencies()).isEqualTo(3);
    assertThat(settings.number()).hasValue(42);
    assertThat(settings.dataDirectory()).isEqualTo(Path.of("/srv/lottery"));
    assertThat(settings.value(CentralSettings.BIND)).isEqualTo("127.0.0.1");
    assertThat(settings.value(CentralSettings.STATUS)).isEmpty();
    assertThat(settings.value(CentralSettings.WINDOW)).isEqualTo(2);
    assertThat(settings.tlsFiles())
        .contains(new TlsFiles(Path.of("own.pem"), Path.of("own.key"), Path.of("ca.pem")));
    assertThat(CentralSettings.ALL)
        .filteredOn(setting -> setting.key() == null)
        .extracting(Setting::flag)
        .containsExactly("--config");
  }

  @Test
  void onlyTheDefaultSectionCounts() {
    assertThatExceptionOfType(BadSettingException.class)
        .isThrownBy(() -> read(COURSE + "[server]\nSERVER_PORT = 7\n", Map.of()))
        .withMessageContainingAll("line 7", "SERVER_PORT stands in [server]", "[DEFAULT]");
  }

  @Test
  void saysThatANumberDoesNotCountIfAnotherWasDrawn() throws Exception {
    assertThat(read(COURSE, Map.of("LOTERIA_NUMBER", "42")).numberWarning(OptionalInt.of(7574)))
        .contains(
            "number = 42 (environment LOTERIA_NUMBER) does not count: 7574 was drawn already, and"
                + " stays");
    assertThat(read(COURSE, Map.of("LOTERIA_NUMBER", "42")).numberWarning(OptionalInt.of(42)))
        .isEmpty();
    assertThat(read(COURSE, Map.of()).numberWarning(OptionalInt.of(42))).isEmpty();
    assertThat(read(COURSE, Map.of("LOTERIA_DRAW", "wait")).numberWarning(OptionalInt.of(42)))
        .isEmpty();
  }

  @Test
  void saysBeforeTheDrawWhichNumberNobodyHasSet() throws Exception {
    assertThat(read(COURSE, Map.of()).numberWarning(OptionalInt.empty()))
        .contains(
            "number = 7574 (default) will be drawn, and nobody has set it: set number, or draw ="
                + " wait");
    assertThat(read(COURSE, Map.of("LOTERIA_NUMBER", "7574")).numberWarning(OptionalInt.empty()))
        .isEmpty();
    assertThat(read(COURSE, Map.of("LOTERIA_DRAW", "wait")).numberWarning(OptionalInt.empty()))
        .isEmpty();
  }

  @Test
  void waitsForTheNumberIfToldSoWhateverNumberIsSet() throws Exception {
    assertThat(read(COURSE, Map.of()).number()).hasValue(7574);
    assertThat(read(COURSE, Map.of("LOTERIA_DRAW", "automatic", "LOTERIA_NUMBER", "0")).number())
        .hasValue(0);
    CentralSettings waiting = read(COURSE, Map.of("LOTERIA_DRAW", "wait", "LOTERIA_NUMBER", "42"));
    assertThat(waiting.number()).isEmpty();
    assertThat(waiting.numberWarning(OptionalInt.empty()))
        .contains(
            "number = 42 (environment LOTERIA_NUMBER) does not count: draw = wait (environment"
                + " LOTERIA_DRAW), so loteria draw says the number");
    assertThatExceptionOfType(BadSettingException.class)
        .isThrownBy(() -> read(COURSE, Map.of("LOTERIA_DRAW", "later")))
        .withMessageContainingAll("later", "automatic or wait");
  }

  @Test
  void takesTheShippedFile() throws Exception {
    String shipped = Files.readString(Root.file("server/config.ini"));
    CentralSettings settings = read(shipped, Map.of());
    assertThat(settings.port()).isEqualTo(12_345);
    assertThat(settings.agencies()).isEqualTo(5);
  }

  @Test
  void readsEachKeyOfTheFile() throws Exception {
    CentralSettings settings =
        read(
            COURSE
                .replace("= 5", "= 77")
                .replace("12345", "54321")
                .replace("INFO", "debug")
                .replace("SERVER_IP", "server_ip"),
            Map.of());
    assertThat(settings.port()).isEqualTo(54_321);
    assertThat(settings.value(CentralSettings.LISTEN_BACKLOG)).isEqualTo(77);
    assertThat(settings.value(CentralSettings.LOGGING_LEVEL)).isEqualTo(Level.DEBUG);
  }

  @Test
  void prefersFlagToEnvironmentToFileToDefault() throws Exception {
    Map<String, String> environment =
        Map.of("SERVER_PORT", "2000", "LOTERIA_AGENCIES", "20", "LOGGING_LEVEL", "ERROR");
    CentralSettings flag = read(COURSE, environment, "--server-port", "3000", "--agencies=30");
    assertThat(flag.port()).isEqualTo(3000);
    assertThat(flag.agencies()).isEqualTo(30);
    assertThat(flag.value(CentralSettings.LOGGING_LEVEL)).isEqualTo(Level.ERROR);

    CentralSettings noFlag = read(COURSE, environment);
    assertThat(noFlag.port()).isEqualTo(2000);
    assertThat(noFlag.agencies()).isEqualTo(20);

    CentralSettings fallback = read("[DEFAULT]\n", Map.of());
    assertThat(fallback.port()).isEqualTo(12_345);
    assertThat(fallback.value(CentralSettings.LOGGING_LEVEL)).isEqualTo(Level.INFO);
  }

  @Test
  void warnsOfWhatIsForCentralsThatShareALottery() throws Exception {
    String[] flags = {"--peer-address", "a:1", "--kafka-unsafe=yes"};
    Map<String, String> environment = Map.of("LOTERIA_KAFKA_NAME", "christmas");
    CentralSettings alone = read(COURSE, environment, flags);
    assertThat(alone.all().warnings())
        .containsExactly(
            "kafka_name = christmas (environment LOTERIA_KAFKA_NAME) does not count: kafka is not"
                + " set",
            "peer_address = a:1 (flag --peer-address) does not count: kafka is not set",
            "kafka_unsafe = yes (flag --kafka-unsafe) does not count: kafka is not set");
    assertThat(alone.all().report()).contains("\nwarning: peer_address = a:1 ");
    String[] shared = {"--peer-address", "a:1", "--kafka-unsafe=yes", "--kafka", "one:9092"};
    assertThat(read(COURSE, environment, shared).all().warnings()).isEmpty();
    assertThat(read(COURSE, Map.of()).all().warnings()).isEmpty();
  }

  @Test
  void findsTheFileThatTheEnvironmentNames() throws Exception {
    Path elsewhere =
        Files.writeString(directory.resolve("other.ini"), COURSE.replace("12345", "777"));
    CentralSettings settings =
        CentralSettings.read(new String[0], Map.of("LOTERIA_CONFIG", elsewhere.toString()));
    assertThat(settings.port()).isEqualTo(777);
  }

  @Test
  void refusesAFileThatIsNamedAndNotThere() {
    assertThatExceptionOfType(BadSettingException.class)
        .isThrownBy(() ->
            CentralSettings.read(
                new String[] {"--config=" + directory.resolve("absent.ini")}, Map.of()))
        .withMessageContaining("absent.ini");
  }

  @ParameterizedTest
  @CsvSource({
    "SERVER_PORT, -1, server_port, 0 to 65535",
    "SERVER_PORT, 65536, server_port, 0 to 65535",
    "SERVER_PORT, twelve, server_port, 0 to 65535",
    "SERVER_PORT, '', server_port, 0 to 65535",
    "SERVER_LISTEN_BACKLOG, 0, server_listen_backlog, 1 to 65535",
    "LOGGING_LEVEL, LOUD, logging_level, DEBUG",
    "LOTERIA_AGENCIES, 0, agencies, 1 to 65535",
    "LOTERIA_AGENCIES, 65536, agencies, 1 to 65535",
    "LOTERIA_NUMBER, 10000, number, 0 to 9999",
    "LOTERIA_NUMBER, -1, number, 0 to 9999",
    "LOTERIA_BIND, '', bind, 1 to 255"
  })
  void refusesABadValueAndNamesKeyValueSourceAndWhatIsAllowed(
      String variable, String value, String key, String allowed) {
    assertThatExceptionOfType(BadSettingException.class)
        .isThrownBy(() -> read(COURSE, Map.of(variable, value)))
        .withMessageContainingAll(key, '"' + value + '"', "environment " + variable, allowed)
        .withMessageStartingWith("setting " + key + " = ");
  }

  @Test
  void refusesABadValueInTheFileAndNamesTheLine() {
    assertThatExceptionOfType(BadSettingException.class)
        .isThrownBy(() -> read(COURSE.replace("12345", "99999"), Map.of()))
        .withMessageContainingAll("server_port", "99999", "config.ini line 2");
  }

  @Test
  void refusesAKeyThatItDoesNotKnow() {
    assertThatExceptionOfType(BadSettingException.class)
        .isThrownBy(() -> read(COURSE + "SERVER_PROT = 1\n", Map.of()))
        .withMessageContainingAll("SERVER_PROT", "line 6", "did you mean server_port?");
  }

  @Test
  void refusesOtherFlags() {
    for (List<String> arguments :
        List.of(List.of("--prot=1"), List.of("1"), List.of("--agencies"))) {
      assertThatExceptionOfType(UsageException.class)
          .isThrownBy(() -> CentralSettings.read(arguments.toArray(String[]::new), Map.of()));
    }
  }

  @Test
  void listensOnEveryAddressUnlessToldOtherwise() throws Exception {
    try (ServerSocketChannel socket = Central.bind(read(COURSE, Map.of("SERVER_PORT", "0")))) {
      assertThat(socket.socket().getInetAddress().isAnyLocalAddress()).isTrue();
    }
    try (ServerSocketChannel socket =
        Central.bind(read(COURSE, Map.of("SERVER_PORT", "0", "LOTERIA_BIND", "127.0.0.1")))) {
      assertThat(socket.socket().getInetAddress().isLoopbackAddress()).isTrue();
    }
  }

  @Test
  void logsItsConfigurationAsTheCourseDoes() throws Exception {
    CapturedLog log = new CapturedLog();
    log.log().config(read(COURSE.replace("INFO", "DEBUG"), Map.of()));
    assertThat(log.lines())
        .containsExactly(
            "2023-11-14 22:13:20 DEBUG    action: config | result: success | port: 12345"
                + " | listen_backlog: 5 | logging_level: DEBUG");
  }
}
