package loteria.server;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import loteria.journal.FencedException;
import loteria.runtime.ExitCode;
import loteria.runtime.Termination;
import loteria.runtime.log.Level;
import loteria.runtime.log.LogBuffer;
import loteria.runtime.log.LogLines;
import loteria.runtime.log.LogStyle;
import loteria.runtime.settings.BadSettingException;
import loteria.runtime.settings.Manual;
import loteria.runtime.settings.UsageException;
import loteria.server.ledger.ContradictionException;
import loteria.server.net.Loop;
import org.jspecify.annotations.Nullable;

/** The central's program. */
public final class Main {
  /** How long a central that halts waits for the reader of its log. */
  private static final long LAST_LINES_MILLIS = 1_000;

  /** How long a central that shares a lottery may take to end: its last commit takes a while. */
  private static final Duration SHARED_STOP_LIMIT = Duration.ofSeconds(8);

  private Main() {}

  public static void main(String[] arguments) {
    // Whatever is written is the same in every locale: digits and separators too.
    Locale.setDefault(Locale.ROOT);
    if (Manual.isWanted(arguments)) {
      System.exit(CentralManual.manual().print(arguments));
    }
    LogBuffer buffer = LogBuffer.toStandardOutput();
    AtomicReference<@Nullable Central> central = new AtomicReference<>();
    Termination termination = Termination.onSignal(() -> close(central.get()), buffer::flush);
    ServerLog log = log(buffer, LogStyle.CENTRAL, Level.INFO);
    try {
      CentralSettings settings = CentralSettings.read(arguments, System.getenv());
      if (settings.all().isCheckWanted()) {
        Central.check(settings, log(buffer, LogStyle.CENTRAL, Level.CRITICAL));
        termination.exit(Manual.print("central", settings.all().report()));
        return;
      }
      if (settings.isShared()) {
        termination.allow(SHARED_STOP_LIMIT);
      }
      log =
          log(
              buffer,
              settings.value(CentralSettings.LOG_FORMAT).style(LogStyle.CENTRAL),
              settings.value(CentralSettings.LOGGING_LEVEL));
      for (String warning : settings.all().warnings()) {
        log.configWarning(warning);
      }
      Central opened = Central.open(settings, log, halt(log, buffer));
      central.set(opened);
      opened.serve();
    } catch (UsageException usage) {
      System.err.println(usage.getMessage());
      termination.exit(ExitCode.USAGE);
    } catch (BadSettingException refused) {
      log.badSetting(refused);
      termination.exit(ExitCode.BAD_CONFIGURATION);
    } catch (IOException failed) {
      log.startFailed(failed);
      termination.exit(exitCode(failed));
    } catch (RuntimeException | Error impossible) {
      // A main that just throws would end as if it had been told to stop, with exit code 0.
      log.crashed(impossible);
      termination.exit(ExitCode.FAILED);
    }
  }

  private static void close(@Nullable Central central) {
    if (central != null) {
      central.close();
    }
  }

  private static ServerLog log(LogBuffer buffer, LogStyle style, Level level) {
    return new ServerLog(LogLines.to(buffer, style, level));
  }

  private static Loop.Halt halt(ServerLog log, LogBuffer buffer) {
    return cause -> {
      log.halting(cause);
      var _ = buffer.flush(LAST_LINES_MILLIS);
      Runtime.getRuntime().halt(exitCode(cause));
    };
  }

  private static int exitCode(Throwable cause) {
    for (@Nullable Throwable one = cause; one != null; one = one.getCause()) {
      if (one instanceof FencedException) {
        return ExitCode.TAKEN_OVER;
      }
      if (one instanceof ContradictionException) {
        return ExitCode.BAD_CONFIGURATION;
      }
    }
    return switch (cause) {
      case ConnectException _ -> ExitCode.UNREACHABLE;
      case IOException _ -> ExitCode.STORAGE_FAILED;
      default -> ExitCode.FAILED;
    };
  }
}
