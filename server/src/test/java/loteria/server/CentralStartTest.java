package loteria.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import loteria.journal.DataDirectory;
import loteria.runtime.settings.BadSettingException;
import loteria.server.ledger.Deadlines;
import loteria.server.seal.BrokenSealException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A central that cannot have what its settings ask for. */
class CentralStartTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path directory;

  private BadSettingException refusal(String... arguments) throws Exception {
    CentralSettings settings = TestCentral.settings(directory, arguments);
    CapturedLog log = new CapturedLog();
    try (Central central = Central.open(settings, log.log(), cause -> log.log().halting(cause))) {
      throw new AssertionError("it started on port " + central.port());
    } catch (BadSettingException refused) {
      return refused;
    }
  }

  @Test
  void namesThePortThatIsInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      BadSettingException refused = refusal("--server-port=" + taken.getLocalPort());
      assertThat(refused)
          .hasMessage(
              "setting server_port = \"%d\" (flag --server-port) cannot be used: Address already in"
                  + " use",
              taken.getLocalPort());
    }
  }

  @Test
  void closesInOrderThoughItHasNotServedYet() throws Exception {
    CapturedLog log = new CapturedLog();
    Central central =
        Central.open(TestCentral.settings(directory), log.log(), cause -> log.log().halting(cause));
    central.close();
    central.serve();
    assertThat(log.lines().getLast()).contains("action: shutdown | result: success");
    assertThat(log.lines())
        .noneMatch(line -> line.contains("action: listen"))
        .anyMatch(line -> line.contains("action: close_journal | result: success"));
    try (TestCentral next = TestCentral.start(directory, 1)) {
      next.agency(1).upload(1, SampleBets.file(1, 5), 2);
    }
  }

  @Test
  void namesTheAddressThatIsNotOfThisMachine() throws Exception {
    for (String address : List.of("192.0.2.1", "no.such.host.invalid")) {
      BadSettingException refused = refusal("--bind=" + address);
      assertThat(refused)
          .hasMessage(
              "setting bind = \"%s\" (flag --bind) is not an address of this machine", address);
    }
  }

  @Test
  void namesTheDirectoryThatIsInUseAndHarmsNobody() throws Exception {
    try (TestCentral first = TestCentral.start(directory, 1)) {
      BadSettingException refused = refusal();
      assertThat(refused)
          .hasMessageStartingWith("setting data_directory = ")
          .hasMessageContainingAll(directory.resolve("datos").toString(), "in use")
          .hasMessageNotContaining("allowed");
      first.agency(1).upload(1, SampleBets.file(1, 5), 2);
    }
  }

  @Test
  void namesTheDirectoryThatIsAFile() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    for (Path path : List.of(file, file.resolve("below"))) {
      BadSettingException refused = refusal("--data-directory=" + path);
      assertThat(refused)
          .hasMessageStartingWith("setting data_directory = \"%s\"", path)
          .hasMessageNotContaining("allowed")
          .message()
          .containsIgnoringCase("not a directory");
    }
  }

  @Test
  void saysWhyTheDirectoryCannotBeMade() throws Exception {
    assertThat(refusal("--data-directory=/proc/lottery"))
        .hasMessage(
            "setting data_directory = \"/proc/lottery\" (flag --data-directory) cannot be used:"
                + " directory /proc/lottery cannot be made: No such file or directory");
  }

  @Test
  void saysThatASettingSucceededOnlyWhenAllAreUsed() throws Exception {
    CapturedLog log = new CapturedLog();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CentralSettings settings =
          TestCentral.settings(
              directory, "--logging-level=DEBUG", "--server-port=" + taken.getLocalPort());
      assertThatExceptionOfType(BadSettingException.class)
          .isThrownBy(() -> Central.open(settings, log.log(), cause -> {}));
    }
    assertThat(log.lines()).noneMatch(line -> line.contains("action: config"));
  }

  @Test
  void saysWhichNumberCountsWhenTheDrawWasHeld() throws Exception {
    try (TestCentral central = TestCentral.start(directory, 1)) {
      central.agency(1).upload(1, SampleBets.file(1, 5), 5);
      central.log.await(1, "action: sorteo");
    }
    try (TestCentral again =
        TestCentral.start(directory, Deadlines.DEFAULT, "--agencies=1", "--number=42")) {
      again.log.await(
          1,
          "action: config | result: in_progress | error: number = 42 (flag --number) does not"
              + " count: 7574 was drawn already, and stays");
    }
  }

  @Test
  void makesTheDirectoryWithThoseAboveItForItsOwnerAlone() throws Exception {
    Path deep = directory.resolve("a/b/c");
    CapturedLog log = new CapturedLog();
    CentralSettings settings = TestCentral.settings(directory, "--data-directory=" + deep);
    try (Central central = Central.open(settings, log.log(), cause -> log.log().halting(cause))) {
      assertThat(central.port()).isPositive();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(deep)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void namesTheAgenciesThatTheJournalContradicts() throws Exception {
    try (TestCentral central = TestCentral.start(directory, 2)) {
      central.agency(1).upload(1, SampleBets.file(1, 5), 5);
      central.agency(2).upload(2, SampleBets.file(2, 5), 5);
      central.log.await(1, "action: sorteo");
    }
    for (String agencies : List.of("1", "3")) {
      BadSettingException refused = refusal("--agencies=" + agencies);
      assertThat(refused)
          .hasMessageStartingWith(
              "setting agencies = \"%s\" (flag --agencies) contradicts the journal: ", agencies);
    }
  }

  @Test
  void leavesNothingTakenWhenItDoesNotStart() throws Exception {
    try (TestCentral central = TestCentral.start(directory, 2)) {
      central.agency(2).upload(2, SampleBets.file(2, 5), 5);
    }
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    BadSettingException ignored = refusal("--agencies=1", "--server-port=" + port);
    try (TestCentral central = TestCentral.start(directory, 2);
        ServerSocket again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(central.port()).isNotEqualTo(again.getLocalPort());
    }
  }

  @Test
  void refusesADamagedSealedFile() throws Exception {
    try (TestCentral central = TestCentral.start(directory, 1)) {
      central.agency(1).upload(1, SampleBets.file(1, 5), 5);
      central.log.await(1, "action: sorteo");
    }
    Path bets = directory.resolve("datos").resolve(DataDirectory.BETS);
    Files.writeString(bets, Files.readString(bets).replace("7574", "7575"));
    assertThatExceptionOfType(BrokenSealException.class)
        .isThrownBy(() -> TestCentral.start(directory, 1));
  }
}
