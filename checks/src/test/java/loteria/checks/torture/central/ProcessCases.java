package loteria.checks.torture.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import loteria.checks.process.Line;
import loteria.checks.process.Peer;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.machine.CProgram;
import loteria.checks.torture.machine.Jars;
import loteria.checks.torture.machine.Launch;
import loteria.checks.torture.machine.Machine;
import loteria.checks.torture.machine.MemoryGroup;
import loteria.checks.torture.peers.Crowd;
import loteria.checks.torture.peers.Uploader;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import loteria.testing.Command;

/** What befalls the central's process. */
public final class ProcessCases {
  private static final int STORED_MAX = 20;

  private ProcessCases() {}

  public static List<Case> all() {
    return List.of(
        Lives.named(
            "no file descriptors left",
            "13",
            (lives, _) -> fewDescriptors(lives),
            () -> Machine.lacks("prlimit")),
        Lives.named(
            "the clock jumps by years",
            "31",
            (lives, _) -> clockJumps(lives),
            CProgram::unavailable),
        stopped(),
        toldToEnd(),
        outOfMemory(),
        killedForMemory());
  }

  /**
   * More connections come than the central may have open files: it tries again now and then,
   * without spinning, those that are there live on, and when the others leave it takes new ones.
   */
  private static void fewDescriptors(Lives lives) throws IOException {
    int filesMax = 64; // room for those that Java itself has open, and for some connections
    Launch limited = Launch.by("prlimit", "--nofile=%1$d:%1$d".formatted(filesMax));
    // From folders, each class that is first needed would take a descriptor of its own.
    List<String> words =
        Jars.with(lives.words(limited), lives.programs().data().resolveSibling("."));
    Running central = lives.programs().start("central", Line.Layout.CENTRAL, words, Map.of());
    central.await("listen", "success");
    // Those that have begun go on to the end.
    lives.uploadUntil(central, 1, () -> crowd(lives.port(), central, filesMax));
    assertThat(lives.acked()).isPositive();
    lives.live(central);
    assertThat(lives.uploaders()).allMatch(Uploader::hasFinished);
  }

  private static void crowd(int port, Running central, int filesMax) {
    central.await("accept_connections", "success", 2); // both agencies are there
    // With more than those that leave meanwhile, or that Java had open for a moment.
    int count = filesMax - (int) Machine.openFiles(central.pid()) + 12;
    long since = System.nanoTime();
    try (Crowd crowd = Crowd.of(count, port)) {
      central.await("accept_connections", "fail", 10);
      // Both agencies: with them the draw comes, for which files have to be opened.
      central.await("finish_agency", "success", 2);
      int failures = central.lines("accept_connections", "fail").size();
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
      // It waits between two attempts for a tenth of a second.
      assertThat(failures)
          .as("attempts to accept, with %s, in %d ms", crowd, millis)
          .isLessThanOrEqualTo((int) (2 + millis * 10 / 1000));
    }
  }

  /**
   * The time of day jumps a year ahead and a year back, several times a second: an agency that has
   * uploaded and waits is neither closed nor left without its heartbeats.
   */
  private static void clockJumps(Lives lives) throws IOException {
    Running central =
        lives.start(Launch.in(Map.of("LD_PRELOAD", CProgram.CLOCK.path().toString())));
    central.await("listen", "success");
    assertThat(millisToAPing(lives.port()))
        .as("ms without a word until the heartbeat")
        .isBetween(4_500L, 10_000L);
    lives.live(central);
    assertThat(central.lines()).as(central.toString()).noneMatch(Line::fails);
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

  /** SIGSTOP while the agencies upload, and SIGCONT after some seconds: all goes on. */
  private static Case stopped() {
    return Lives.named(
        "SIGSTOP for 3 s",
        "32",
        (lives, random) -> {
          Running central = lives.central();
          lives.uploadUntil(
              central,
              random.nextInt(1, 50),
              () -> {
                central.stop();
                var _ = Command.of("sleep", 3).run().succeeded();
                central.resume();
              });
          lives.live(central);
        });
  }

  /**
   * SIGTERM while the agencies upload, twice: what was handed over is stored and answered, and
   * everybody is told, within a second.
   */
  private static Case toldToEnd() {
    return Lives.named(
        "SIGTERM at any batch, twice",
        "33",
        (lives, random) -> {
          Running central = lives.central();
          lives.uploadUntil(
              central,
              random.nextInt(1, 80),
              () -> {
                central.terminate();
                central.assertEndsInOrder();
              });
          assertThat(lives.uploaders())
              .allSatisfy(uploader ->
                  assertThat(
                          uploader.hasFinished()
                              || uploader.refusal().equals(Optional.of(Refusal.SHUTTING_DOWN)))
                      .as("finished, or told: %s", uploader)
                      .isTrue());
          lives.ended(central);
        });
  }

  /**
   * More connections than the heap has room for come while the agencies upload: the central ends at
   * once, and is not left half dead.
   */
  private static Case outOfMemory() {
    return Lives.named(
        "a heap that is full of connections",
        "34",
        (lives, random) -> {
          try (Running central = lives.startAside(Launch.withHeapOf(12))) {
            lives.uploadUntil(
                central,
                random.nextInt(1, STORED_MAX),
                () -> assertEndsUnder(3_000, lives, central, 3)); // as a Java without memory does
            assertThat(central.strays()).anyMatch(text -> text.contains("OutOfMemoryError"));
            lives.ended(central);
          }
        });
  }

  /** The machine has no memory left for the central, and the kernel kills it in its work. */
  private static Case killedForMemory() {
    return Lives.named(
        "the kernel's OOM killer",
        "35",
        (lives, random) -> {
          Running central = lives.start(Launch.by());
          try (MemoryGroup group = MemoryGroup.named("loteria-" + lives.port())) {
            lives.uploadUntil(
                central,
                random.nextInt(1, STORED_MAX),
                () -> {
                  group.hold(central.pid(), 4 << 20);
                  assertEndsUnder(5_000, lives, central, 137);
                });
          }
          lives.ended(central);
        },
        MemoryGroup::unavailable);
  }

  private static void assertEndsUnder(int connections, Lives lives, Running central, int exit) {
    try (Crowd crowd = Crowd.of(connections, lives.port())) {
      assertThat(central.exitCode()).as("with %s: %s", crowd, central).isEqualTo(exit);
    }
  }
}
