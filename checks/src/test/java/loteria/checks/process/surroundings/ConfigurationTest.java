package loteria.checks.process.surroundings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import loteria.checks.process.Line;
import loteria.checks.process.ProcessTest;
import loteria.checks.process.Running;
import loteria.testing.Command;
import loteria.testing.Outcome;
import org.junit.jupiter.api.Test;

/** Bad configuration: exit code 78, and one line with key, value, source and what is wrong. */
final class ConfigurationTest extends ProcessTest {
  private static void assertRefuses(Running program, String... named) {
    program.assertExits(78);
    assertThat(program.onlyFailure().value("action")).isEqualTo("config");
    assertThat(program.onlyFailure().value("error")).contains(named);
    assertThat(program.lines()).as("nothing beside that line, and above all no success").hasSize(1);
  }

  @Test
  void theCentralNamesTheBadSetting() throws IOException {
    Running byFlag = programs.startCentral(1, "--server-port", "70000");
    Running byEnvironment =
        programs.start(
            "central",
            Line.Layout.CENTRAL,
            programs.centralCommand(1),
            Map.of("LOGGING_LEVEL", "LOUD"));
    assertRefuses(byFlag, "server_port = \"70000\"", "flag --server-port", "allowed: 0 to 65535");
    assertRefuses(byEnvironment, "logging_level = \"LOUD\"", "environment LOGGING_LEVEL", "DEBUG");

    Path file = Files.writeString(folder.resolve("config.ini"), "[DEFAULT]\nSERVER_PORTS = 1\n");
    Running byFile = programs.startCentral(1);
    assertRefuses(byFile, "SERVER_PORTS = \"1\"", file.getFileName().toString(), "line 2");
  }

  @Test
  void theAgencyNamesTheBadSetting() throws IOException {
    Running byFlag = programs.agency(1, "--batch-max-amount", "0");
    Running byEnvironment =
        programs.start(
            "agency",
            Line.Layout.AGENCY,
            programs.agencyCommand(1),
            Map.of("CLI_LOOP_PERIOD", "soon"));
    assertRefuses(byFlag, "batch.maxAmount = \"0\"", "flag --batch-max-amount", "1 to 65535");
    assertRefuses(byEnvironment, "loop.period = \"soon\"", "environment CLI_LOOP_PERIOD");

    Path file = Files.writeString(folder.resolve("config.yaml"), "server:\n  address: nowhere\n");
    Running byFile =
        programs.start(
            "agency",
            Line.Layout.AGENCY,
            programs.agencyCommand(1).stream()
                .filter(word -> !word.equals("--server-address") && !word.startsWith("127.0.0.1:"))
                .toList(),
            Map.of());
    assertRefuses(
        byFile, "server.address = \"nowhere\"", file.getFileName().toString(), "host:port");
  }

  @Test
  void twoCentralsShareNeitherPortNorDirectory() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no directory");
    Running first = programs.central(1);
    String other = folder.resolve("other").toString();
    Running samePort = programs.startCentral(1, "--data-directory", other);
    Running sameDirectory = programs.startCentral(1, "--server-port", "0");
    Running noDirectory =
        programs.startCentral(1, "--server-port", "0", "--data-directory", file.toString());
    assertRefuses(
        samePort, "server_port = \"%d\"".formatted(programs.port()), "Address already in use");
    assertRefuses(sameDirectory, "data_directory = ", programs.data().toString());
    assertRefuses(noDirectory, "data_directory = ", file.toString(), "is not a directory");

    // The first is unharmed.
    programs.lay(List.of(List.of("Ana,Paz,30904465,1999-03-17,7574")));
    programs.agency(1).assertExits(0);
    first.assertNothingFailed();
  }

  @Test
  void theAgencySaysSuccessOnlyWhenItsTlsFilesAreRead() {
    Running noFiles =
        programs.agency(
            1, "--tls-certificate=own.pem", "--tls-key=own.key", "--tls-ca=no such file");
    assertRefuses(noFiles, "setting tls.", "flag --tls-");
  }

  @Test
  void aCheckTellsTheSettingsAndDoesNothingElse() throws IOException {
    Files.writeString(folder.resolve("config.yaml"), "Batch:\n  maxamount: 7\n");
    Outcome agency =
        Command.of(programs.agencyCommand(1, "--check-config").toArray())
            .in(folder)
            .with("CLI_LOOP_PERIOD", "1m")
            .with("LOTERIA_PATIENCES", "1s")
            .run();
    assertThat(agency.exit()).isZero();
    assertThat(agency.output().lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "id 1 flag --id",
            "batch.maxAmount 7 file ./config.yaml line 2",
            "loop.period 1m environment CLI_LOOP_PERIOD",
            "log.level INFO default",
            "warning: environment LOTERIA_PATIENCES is not known; did you mean LOTERIA_PATIENCE?")
        .noneMatch(line -> line.contains("action: "));

    Outcome central =
        Command.of(programs.centralCommand(1, "--check-config").toArray()).in(folder).run();
    assertThat(central.exit()).isZero();
    assertThat(central.output().lines().map(line -> line.replaceAll(" +", " ")))
        .contains("agencies 1 flag --agencies", "logging_level INFO default")
        .noneMatch(line -> line.contains("action: "));
    assertThat(programs.data()).doesNotExist();

    assertRefuses(programs.startCentral(1, "--check-config", "--number=07"), "a leading zero");
  }

  @Test
  void aCheckRefusesTheFilesThatAStartWouldRefuse() throws IOException {
    Path names = Files.writeString(folder.resolve("names.csv"), "1,Norte\n2,Sur\n");
    Path pem = Files.writeString(folder.resolve("own.pem"), "no certificate");
    String[] tls = {"--tls-certificate=" + pem, "--tls-key=" + pem, "--tls-ca=" + pem};
    assertCheckRefuses("names.csv\"", "--names=" + names);
    assertCheckRefuses("holds no PEM block", tls);
    assertCheckRefuses("peer_address = \"\"", "--kafka=localhost:1");
    assertCheckRefuses(
        "kafka_config = \"",
        "--kafka=localhost:1",
        "--peer-address=localhost:0",
        "--kafka-config=" + names);
    assertRefuses(
        programs.agency(1, "--check-config", tls[0], tls[1], tls[2]), "holds no PEM block");
    assertRefuses(programs.agency(1, "--check-config", "--winners=" + folder), "is a directory");
  }

  /** A check refuses the flags in the same words as a start. */
  private void assertCheckRefuses(String named, String... flags) {
    Running started = programs.startCentral(1, flags);
    assertRefuses(started, named);
    String[] checked =
        Stream.concat(Stream.of("--check-config"), Stream.of(flags)).toArray(String[]::new);
    Running check = programs.startCentral(1, checked);
    assertRefuses(check, named);
    assertThat(check.onlyFailure().value("error")).isEqualTo(started.onlyFailure().value("error"));
  }

  @Test
  void aVariableThatIsNotKnownIsWarnedOf() {
    Running agency =
        programs.start(
            "agency",
            Line.Layout.AGENCY,
            programs.agencyCommand(1, "--patience=0s"),
            Map.of("CLI_LOG_LEVLE", "DEBUG"));
    agency.assertExits(69);
    assertThat(agency.lines())
        .anySatisfy(line -> {
          assertThat(line.says("config", "in_progress")).isTrue();
          assertThat(line.value("error"))
              .isEqualTo("environment CLI_LOG_LEVLE is not known; did you mean CLI_LOG_LEVEL?");
        });
  }
}
