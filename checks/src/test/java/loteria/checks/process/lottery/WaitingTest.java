package loteria.checks.process.lottery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import loteria.checks.Bets;
import loteria.checks.process.Drawn;
import loteria.checks.process.Peer;
import loteria.checks.process.ProcessTest;
import loteria.checks.process.Running;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import org.junit.jupiter.api.Test;

/** The draw awaits every agency, and nobody awaits a stranger. */
final class WaitingTest extends ProcessTest {
  private static byte[] hello(int agency) {
    return Codec.encode(new Message.Hello(Codec.VERSION, Codec.VERSION, agency, 0));
  }

  @Test
  void noDrawAndNoAnswerBeforeTheLastAgency() throws IOException {
    List<List<String>> files =
        List.of(Bets.rows(1, 120, 1), Bets.rows(2, 80, 2), Bets.rows(3, 99, 0));
    programs.lay(files);
    Running central = programs.central(3);
    Running first = programs.agency(1);
    Running second = programs.agency(2);
    first.await("upload_bets", "success");
    second.await("upload_bets", "success");
    // Somebody else comes in the place of the third and leaves again, and somebody says hello.
    try (Peer left = Peer.at(programs.port());
        Peer stray = Peer.at(programs.port())) {
      left.send(hello(3));
      assertThat(left.receive()).isInstanceOf(Message.Welcome.class);
      stray.send("hola\n".getBytes(StandardCharsets.UTF_8));
      assertThat(stray.receiveText(5)).isEqualTo("hola\n");
    }
    central.await("close_connection", "success", 2);
    assertThat(central.lines("sorteo", "success")).isEmpty();
    assertThat(first.isAlive()).isTrue();
    assertThat(second.isAlive()).isTrue();
    assertThat(first.lines("consulta_ganadores", "success")).isEmpty();

    Running third = programs.agency(3);
    Drawn.assertWinners(List.of(first, second, third), files);
    Drawn.assertSealed(programs, central, files);
    Drawn.assertOnceAfterAllWasStored(central.lines(), files);
    programs.assertNothingFailed();
  }

  @Test
  void whoeverIsSilentOrSlowDelaysNobody() throws IOException {
    List<List<String>> files = List.of(Bets.rows(1, 1200, 1), Bets.rows(2, 800, 2));
    programs.lay(files);
    Running central = programs.central(2);
    try (Peer silent = Peer.at(programs.port());
        Peer slow = Peer.at(programs.port());
        Peer unread = Peer.at(programs.port())) {
      slow.send(Arrays.copyOf(hello(1), 5));
      unread.send("a line without its e".getBytes(StandardCharsets.UTF_8));
      central.await("accept_connections", "success", 3);
      Drawn.assertWinners(programs.agencies(2), files);
      // All was done while they were still there, and not because a deadline had closed them.
      silent.assertOpen();
      slow.assertOpen();
      unread.assertOpen();
    }
    Drawn.assertSealed(programs, central, files);
    programs.assertNothingFailed();
  }
}
