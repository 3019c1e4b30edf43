package loteria.checks.process.agency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import loteria.checks.Bets;
import loteria.checks.process.Found;
import loteria.checks.process.ProcessTest;
import loteria.checks.process.Running;
import org.junit.jupiter.api.Test;

/** SIGTERM to an agency: all closed and logged, exit code 0, at once, whatever it is doing. */
final class EndOfTheAgencyTest extends ProcessTest {
  @Test
  void uploading() throws IOException {
    List<List<String>> files = List.of(Bets.rows(1, 20_000, 1));
    programs.lay(files);
    Running central = programs.central(1);
    Running agency = programs.agency(1, "--batch-max-amount", "2");
    central.await("apuesta_recibida", "success", 20);
    agency.assertEndsInOrder();
    assertThat(agency.lines("close_bets", "success")).hasSize(1);
    assertThat(agency.lines("close_connection", "success")).hasSize(1);
    central.await("close_connection", "success");
    assertThat(Found.stored(central.lines())).as("half-way").isBetween(40L, 19_999L);
    assertThat(central.lines("finish_agency", "success")).isEmpty();
    programs.assertNothingFailed();
  }

  @Test
  void waitingForTheDrawAndAskedTwice() throws IOException {
    programs.lay(1, Bets.rows(1, 20, 1));
    Running central = programs.central(2);
    Running agency = programs.agency(1);
    agency.await("upload_bets", "success");
    agency.terminate();
    agency.assertEndsInOrder();
    assertThat(agency.lines("close_bets", "success")).hasSize(1);
    assertThat(agency.lines("close_connection", "success")).hasSize(1);
    assertThat(agency.lines("consulta_ganadores", "success")).isEmpty();
    central.await("close_connection", "success");
    programs.assertNothingFailed();
  }

  @Test
  void backingOffFromACentralThatIsNotThere() throws IOException {
    programs.lay(1, Bets.rows(1, 20, 1));
    Running upload = programs.agency(1);
    Running echo = programs.agency(2, "--task", "echo");
    upload.await("connect", "in_progress", 3);
    echo.await("connect", "in_progress", 3);
    upload.assertEndsInOrder();
    echo.assertEndsInOrder();
    programs.assertNothingFailed();
  }

  @Test
  void betweenTwoMessages() {
    Running central = programs.central(1);
    Running agency = programs.agency(1, "--task", "echo", "--loop-period", "1h");
    central.await("close_connection", "success");
    agency.await("close_connection", "success");
    agency.assertEndsInOrder();
    assertThat(agency.lines("receive_message", "success")).hasSize(1);
    assertThat(agency.lines("loop_finished", "success")).isEmpty();
    programs.assertNothingFailed();
  }

  @Test
  void waitingForTheWordOfASilentCentral() throws IOException {
    programs.lay(1, Bets.rows(1, 20, 1));
    try (ServerSocket silent =
        new ServerSocket(programs.port(), 5, InetAddress.getLoopbackAddress())) {
      Running upload = programs.agency(1);
      try (Socket ofUpload = silent.accept()) {
        assertThat(ofUpload.getInputStream().read()).as("its first byte").isEqualTo(0x90);
        upload.assertEndsInOrder();
      }
      Running echo = programs.agency(1, "--task", "echo");
      try (Socket ofEcho = silent.accept()) {
        assertThat(ofEcho.getInputStream().read()).as("its first byte").isEqualTo('[');
        echo.assertEndsInOrder();
      }
      for (Running agency : List.of(upload, echo)) {
        assertThat(agency.lines("close_connection", "success")).hasSize(1);
      }
    }
    programs.assertNothingFailed();
  }
}
