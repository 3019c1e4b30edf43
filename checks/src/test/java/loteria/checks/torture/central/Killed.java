package loteria.checks.torture.central;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.Function;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.evidence.Evidence;
import loteria.checks.torture.evidence.Title;
import loteria.checks.torture.machine.Launch;
import loteria.checks.torture.machine.TroubledDisk;

/**
 * The central is killed with -9 somewhere in what it does to its files, and the next one too, and
 * so on, all at the same port; their writes are short ones.
 */
record Killed(String name, String rows, Function<SplittableRandom, String> trouble)
    implements Case {
  private static final int LIVES = 4;
  private static final int BYTES_MAX = 20_000;
  private static final int CALLS_MAX = 25;

  static Killed atAByte() {
    return new Killed(
        "kill -9 after any byte of any write",
        "1, 5, 45",
        random -> "byte %d killed".formatted(random.nextInt(BYTES_MAX)));
  }

  static Killed atACall() {
    return new Killed(
        "kill -9 before any write, at any sync",
        "2, 45",
        random -> {
          int call = random.nextInt(1, CALLS_MAX);
          return switch (random.nextInt(3)) {
            case 0 -> "write %d killed".formatted(call);
            case 1 -> "sync %d killed".formatted(call);
            default -> "sync %d done".formatted(call);
          };
        });
  }

  @Override
  public Title title() {
    return Title.of(name, rows, TroubledDisk::unavailable);
  }

  @Override
  public Evidence round(Path folder, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    try (Lives lives = Lives.in(folder)) {
      TroubledDisk disk = TroubledDisk.under(lives.programs().data()).withShortWrites(seed);
      for (int life = 0; life < LIVES; life++) {
        lives.live(lives.start(Launch.on(disk.with(trouble.apply(random)))));
      }
      return lives.end();
    }
  }
}
