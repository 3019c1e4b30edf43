package loteria.checks.torture.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import loteria.checks.process.Line;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;
import loteria.checks.torture.machine.Jars;
import loteria.checks.torture.machine.Launch;
import loteria.checks.torture.machine.Machine;
import loteria.checks.torture.peers.Crowd;
import loteria.checks.torture.peers.Uploader;

/**
 * More connections come than the central may have open files: it tries again now and then, without
 * spinning, those that are there live on, and when the others leave it takes new ones.
 */
record FewDescriptors() implements Case {
  /** Room for those that Java itself has open, and for some connections. */
  private static final int FILES_MAX = 64;

  /** More than those that leave meanwhile, or that Java had open for a moment. */
  private static final int TOO_MANY = 12;

  private static final int FAILURES = 10;

  /** Both agencies: with them the draw comes, for which files have to be opened. */
  private static final int FINISHED = 2;

  /** It waits between two attempts for a tenth of a second. */
  private static final long FAILURES_A_SECOND_MAX = 10;

  @Override
  public Title title() {
    return Title.of("no file descriptors left", "13", () -> Machine.lacks("prlimit"));
  }

  @Override
  public Evidence round(Path folder, long seed) throws IOException {
    try (Lives lives = Lives.in(folder)) {
      Launch limited = Launch.by("prlimit", "--nofile=%1$d:%1$d".formatted(FILES_MAX));
      // From folders, each class that is first needed would take a descriptor of its own.
      List<String> words = Jars.with(lives.words(limited), folder);
      Running central = lives.programs().start("central", Line.Layout.CENTRAL, words, Map.of());
      central.await("listen", "success");
      // Those that have begun go on to the end.
      lives.uploadUntil(central, 1, () -> crowd(lives.programs().port(), central));
      assertThat(lives.acked()).isPositive();
      lives.live(central);
      assertThat(lives.uploaders()).allMatch(Uploader::hasFinished);
      return lives.end();
    }
  }

  private static void crowd(int port, Running central) {
    int count = FILES_MAX - (int) Machine.openFiles(central.pid()) + TOO_MANY;
    long since = System.nanoTime();
    try (Crowd crowd = Crowd.of(count, port)) {
      central.await("accept_connections", "fail", FAILURES);
      central.await("finish_agency", "success", FINISHED);
      int failures = central.lines("accept_connections", "fail").size();
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
      assertThat(failures)
          .as("attempts to accept, with %s, in %d ms", crowd, millis)
          .isLessThanOrEqualTo((int) (2 + millis * FAILURES_A_SECOND_MAX / 1000));
    }
  }
}
