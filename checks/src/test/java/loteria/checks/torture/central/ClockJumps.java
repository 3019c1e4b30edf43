package loteria.checks.torture.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import loteria.checks.process.Peer;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;
import loteria.checks.torture.machine.CProgram;
import loteria.checks.torture.machine.Launch;
import loteria.protocol.Codec;
import loteria.protocol.Message;

/**
 * The time of day jumps a year ahead and a year back, several times a second: an agency that has
 * uploaded and waits is neither closed nor left without its heartbeats.
 */
record ClockJumps() implements Case {
  private static final Duration PING = Duration.ofSeconds(5);

  @Override
  public Title title() {
    return Title.of("the clock jumps by years", "31", CProgram::unavailable);
  }

  @Override
  public Evidence round(Path folder, long seed) throws IOException {
    try (Lives lives = Lives.in(folder)) {
      Running central =
          lives.start(Launch.in(Map.of("LD_PRELOAD", CProgram.CLOCK.path().toString())));
      central.await("listen", "success");
      assertThat(millisToAPing(lives.programs().port()))
          .as("ms without a word until the heartbeat")
          .isBetween(PING.toMillis() - 500, PING.toMillis() * 2);
      lives.live(central);
      assertThat(central.lines()).as(central.toString()).noneMatch(line -> line.fails());
      return lives.end();
    }
  }

  private static long millisToAPing(int port) throws IOException {
    try (Peer peer = Peer.at(port)) {
      peer.send(Codec.encode(new Message.Hello(Codec.VERSION, Codec.VERSION, 1, 0)));
      assertThat(peer.receive()).isInstanceOf(Message.Welcome.class);
      long since = System.nanoTime();
      assertThat(peer.receive()).isInstanceOf(Message.Ping.class);
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    }
  }
}
