package loteria.checks.process.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import loteria.checks.Bets;
import loteria.checks.process.Drawn;
import loteria.checks.process.Found;
import loteria.checks.process.Line;
import loteria.checks.process.ProcessTest;
import loteria.checks.process.Running;
import loteria.testing.Command;
import loteria.testing.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may speak for an agency, with certificates: docs/SECURITY.md. */
final class TlsTest extends ProcessTest {
  private static final int UNTRUSTED = 77;
  private static final Duration AN_HOUR = Duration.ofHours(1);

  private Certificates certificates;

  @BeforeEach
  void prepare() throws IOException {
    certificates = new Certificates(folder.resolve("certificates"));
  }

  private Running central(int agencies) throws IOException {
    return programs.central(agencies, certificates.central(Certificates.HOST));
  }

  private Running agency(int id, String[] tls, String... more) {
    return agencyOf(Certificates.HOST, id, tls, more);
  }

  private Running agencyOf(String host, int id, String[] tls, String... more) {
    Stream<String> address = Stream.of("--server-address", host + ":" + programs.port());
    return programs.agency(
        id,
        Stream.of(address, Stream.of(tls), Stream.of(more))
            .flatMap(words -> words)
            .toArray(String[]::new));
  }

  /** It ends at once, without coming back, and says why in the one line that tells of a failure. */
  private static void assertRefused(Running agency, String why) {
    agency.assertExits(UNTRUSTED);
    assertThat(agency.lines("connect", "in_progress")).as("came back").isEmpty();
    assertThat(agency.onlyFailure().message()).contains(why);
  }

  private static void assertNotAdmitted(Running central, int count, String why) {
    Line line = central.await("tls_handshake", "fail", count);
    assertThat(line.message()).contains(why).contains("count: " + count);
  }

  @Test
  void aLotteryIsHeldUnderTls() throws IOException {
    List<List<String>> files = List.of(Bets.rows(1, 1200, 2), Bets.rows(2, 300, 1));
    programs.lay(files);
    Running central = central(2);
    List<Running> agencies =
        List.of(agency(1, certificates.agency(1)), agency(2, certificates.agency(2)));
    Drawn.assertWinners(agencies, files);
    Drawn.assertSealed(programs, central, files);
    central.assertEndsInOrder();
    programs.assertNothingFailed();
  }

  @Test
  void whoeverIsNotBelievedIsToldAndCounted() throws IOException {
    programs.lay(1, Bets.rows(1, 10, 1));
    Running central = central(2);
    Certificates others = new Certificates(folder.resolve("others"));

    assertRefused(
        agency(1, others.agency(1, AN_HOUR, certificates.ca())),
        "does not accept this certificate");
    assertNotAdmitted(central, 1, "of no CA that is trusted here");

    assertRefused(
        agency(1, certificates.agency(1, Duration.ofMinutes(-1))),
        "does not accept this certificate");
    assertNotAdmitted(central, 2, "the other side's certificate has expired");

    assertRefused(agency(1, new String[0]), "FORBIDDEN: this central speaks TLS only");
    assertNotAdmitted(central, 3, "speaks without TLS");

    assertRefused(agency(1, new String[0], "--task", "echo"), "this central speaks TLS only");
    assertNotAdmitted(central, 4, "speaks without TLS");

    assertRefused(
        agency(1, certificates.agency(2)),
        "FORBIDDEN: the certificate is that of agency 2, not of agency 1");
    assertThat(central.await("receive_message", "fail").value("error")).contains("FORBIDDEN");
    assertThat(Found.stored(central.lines())).isZero();
  }

  @Test
  void aCentralThatIsNotBelievedIsToldNothing() throws IOException {
    programs.lay(1, Bets.rows(1, 10, 1));
    Running central = programs.central(1, certificates.central("server"));
    assertRefused(agency(1, certificates.agency(1)), "No subject alternative DNS name matching");
    assertNotAdmitted(central, 1, "does not accept this certificate");
    Certificates others = new Certificates(folder.resolve("others"));
    assertRefused(
        agencyOf("127.0.0.1", 1, certificates.agency(1, AN_HOUR, others.ca())),
        "of no CA that is trusted here");
    assertThat(Found.stored(central.lines())).isZero();
  }

  @Test
  void aCentralWithoutTlsIsToldNothing() throws IOException {
    programs.lay(1, Bets.rows(1, 10, 1));
    Running central = programs.central(1);
    assertRefused(agency(1, certificates.agency(1)), "the other side does not speak TLS");
    assertThat(central.await("receive_message", "fail").value("error"))
        .contains("speaks TLS, which is off here");
  }

  @Test
  void theEchoOfTheExercisesIsHadUnderTlsToo() throws IOException {
    Running central = central(1);
    Running echo = echo();
    echo.assertExits(0);
    assertThat(echo.lines("receive_message", "success")).hasSize(1);
    central.await("receive_message", "success");
    assertThat(central.lines("receive_message", "success")).hasSize(1);
  }

  @Test
  void theEchoFindsTheCertificateOfAnotherAgency() throws IOException {
    var _ = central(2);
    assertRefused(
        agency(1, certificates.agency(2), "--task", "echo", "--loop-amount", "1"),
        "the certificate is that of agency 2, not of agency 1");
  }

  private Running echo() throws IOException {
    return agency(1, certificates.agency(1), "--task", "echo", "--loop-amount", "1");
  }

  @Test
  void newCertificatesAreTakenWithoutARestartAndBrokenOnesAreNot() throws IOException {
    programs.lay(1, Bets.rows(1, 10, 1));
    Running central = programs.central(2, certificates.central("server"));
    assertRefused(agency(1, certificates.agency(1)), "No subject alternative DNS name matching");

    String[] flags = certificates.central(Certificates.HOST);
    // The central looks at its files now and then.
    for (int i = 0; i < 50 && central.lines("read_certificates", "success").size() < 2; i++) {
      echo().exitCode();
    }
    assertThat(central.lines("read_certificates", "success")).hasSize(2);
    Running served = agency(1, certificates.agency(1));
    served.await("upload_bets", "success");

    Files.writeString(Path.of(flags[1]), "broken");
    for (int i = 0; i < 50 && central.lines("read_certificates", "fail").isEmpty(); i++) {
      echo().assertExits(0);
    }
    echo().assertExits(0);
    assertThat(central.only("read_certificates", "fail").message())
        .contains("holds no PEM block CERTIFICATE; the former ones hold");
  }

  @Test
  void whatIsNotThereOrHalfSetIsBadConfiguration() throws IOException {
    String[] flags = certificates.agency(1);
    Running half = programs.agency(1, "--tls-key", flags[3]);
    Running halfCentral = programs.startCentral(1, "--tls-ca", flags[5]);
    Running missing =
        agency(1, new String[] {flags[0], "none", flags[2], flags[3], flags[4], "no"});
    Running mixed =
        agency(1, new String[] {flags[0], flags[5], flags[2], flags[3], flags[4], flags[5]});
    for (Running program : List.of(half, halfCentral, missing, mixed)) {
      program.assertExits(78);
    }
    assertThat(half.await("config", "fail").message()).contains("tls.certificate");
    assertThat(halfCentral.await("config", "fail").message()).contains("tls_certificate");
    assertThat(missing.await("config", "fail").message()).contains("none").contains("is not there");
    assertThat(mixed.await("config", "fail").message())
        .contains("is not the key of the certificate");
  }

  @Test
  void aCheckOfSettingsReadsTheFilesAndLogsNothing() throws IOException {
    List<List<String>> commands =
        List.of(
            programs.centralCommand(1, certificates.central(Certificates.HOST)),
            programs.agencyCommand(1, certificates.agency(1)));
    for (List<String> command : commands) {
      Outcome checked =
          Command.of(command.toArray()).and("--check-config").in(folder).run().succeeded();
      assertThat(checked.output()).contains("ca.pem flag --tls-ca").doesNotContain("action: ");
    }
    assertThat(programs.data()).doesNotExist();
  }

  @Test
  void aCentralThatTrustsAWiderNetworkThanItsMachineSaysSo() throws IOException {
    Running wide = programs.central(1, "--bind", "0.0.0.0");
    Line warning = wide.await("listen_without_tls", "success");
    assertThat(warning.message()).contains("ip: 0.0.0.0").contains("docs/SECURITY.md");
    wide.kill();
    List<String> words = new ArrayList<>(List.of("--bind", "0.0.0.0"));
    words.addAll(List.of(certificates.central(Certificates.HOST)));
    Running secured = programs.central(1, words.toArray(String[]::new));
    assertThat(secured.lines("listen_without_tls", "success")).isEmpty();
  }

  @Test
  void withoutItNothingOfTlsIsLoaded() throws IOException {
    programs.lay(1, Bets.rows(1, 10, 1));
    Path classes = folder.resolve("classes");
    Running central = programs.central(1);
    List<String> command = new ArrayList<>(programs.agencyCommand(1));
    command.add(1, "-Xlog:class+load:file=" + classes);
    Running agency = programs.start("agency", Line.Layout.AGENCY, command, Map.of());
    agency.assertExits(0);
    central.assertEndsInOrder();
    List<String> loaded = Files.readAllLines(classes);
    assertThat(loaded).anyMatch(line -> line.contains("loteria.client.upload.Upload "));
    assertThat(loaded)
        .filteredOn(line ->
            line.contains("javax.net.ssl")
                || line.contains("sun.security.ssl")
                || line.contains("loteria.tls"))
        .allMatch(line -> line.matches(".* loteria\\.tls\\.(TlsSettings|UntrustedException).*"));
  }
}
