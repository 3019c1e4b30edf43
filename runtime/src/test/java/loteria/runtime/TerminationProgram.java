package loteria.runtime;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import loteria.runtime.log.Level;
import loteria.runtime.log.LogBuffer;
import loteria.runtime.log.LogLines;
import loteria.runtime.log.LogStyle;
import loteria.runtime.log.Result;

/** The program that {@link TerminationTest} starts and signals: how it behaves is its argument. */
final class TerminationProgram {
  private static final LogLines LINES =
      new LogLines(new FileOutputStream(FileDescriptor.out), LogStyle.AGENCY, Level.DEBUG);

  private TerminationProgram() {}

  public static void main(String[] arguments) throws InterruptedException {
    switch (arguments[0]) {
      case "stops" -> {
        Termination.onSignal(() -> say("stopped"));
        runsUntilItIsEnded();
      }
      case "prints without a flush" -> {
        OutputStream buffer = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
        System.setOut(new PrintStream(buffer, false, StandardCharsets.UTF_8));
        Termination.onSignal(() -> System.out.append("printed"));
        runsUntilItIsEnded();
      }
      case "hangs" -> {
        Termination.onSignal(TerminationProgram::waitForever)
            .allow(Duration.ofMillis(Long.parseLong(arguments[1])));
        runsUntilItIsEnded();
      }
      case "hangs, and may for longer" -> {
        Termination termination = Termination.onSignal(TerminationProgram::waitForever);
        termination.allow(Duration.ofMillis(1));
        termination.allow(Duration.ofMillis(Long.parseLong(arguments[1])));
        runsUntilItIsEnded();
      }
      case "hangs by default" -> {
        Termination.onSignal(TerminationProgram::waitForever);
        runsUntilItIsEnded();
      }
      case "throws" -> {
        Termination.onSignal(() -> {
          throw new IllegalStateException("cannot stop");
        });
        runsUntilItIsEnded();
      }
      case "stops when told" -> {
        Termination.onSignal(
                () -> {
                  say("stopping");
                  waitForInput();
                  say("stopped");
                })
            .allow(Duration.ofMinutes(1));
        runsUntilItIsEnded();
      }
      case "exits" -> {
        Termination termination = Termination.onSignal(() -> say("stopped"));
        say("ready");
        termination.exit(Integer.parseInt(arguments[1]));
      }
      case "logs to a buffer and exits" -> {
        LogBuffer buffer = LogBuffer.toStandardOutput();
        Termination termination = Termination.onSignal(() -> {}, buffer::flush);
        say(buffer, 2_000);
        termination.exit(1);
      }
      case "logs to a buffer and stops" -> {
        LogBuffer buffer = LogBuffer.toStandardOutput();
        Termination.onSignal(() -> say(buffer, 1_000), buffer::flush);
        runsUntilItIsEnded();
      }
      case "exits while it stops" -> exitsWhileItStops();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void exitsWhileItStops() throws InterruptedException {
    CountDownLatch stopping = new CountDownLatch(1);
    Termination termination =
        Termination.onSignal(() -> {
          stopping.countDown();
          waitForInput();
          say("stopped");
        });
    termination.allow(Duration.ofMinutes(1));
    say("ready");
    stopping.await();
    // Interrupted, as a thread that shuts down often is: the wait within exit must hold all the
    // same.
    Thread.currentThread().interrupt();
    say("exits");
    termination.exit(ExitCode.UNREACHABLE);
    say("returned");
  }

  private static void runsUntilItIsEnded() {
    say("ready");
    waitForever();
  }

  private static void say(String word) {
    LINES.info(word, Result.SUCCESS, "name", "Ñandú");
  }

  private static void say(LogBuffer buffer, int lines) {
    LogLines buffered = LogLines.to(buffer, LogStyle.AGENCY, Level.DEBUG);
    for (int line = 1; line <= lines; line++) {
      buffered.info("stopped", Result.SUCCESS, "line", line);
    }
  }

  private static void waitForInput() {
    try {
      int ignored = System.in.read();
    } catch (IOException exception) {
      throw new AssertionError(exception);
    }
  }

  private static void waitForever() {
    while (true) {
      LockSupport.park();
    }
  }
}
