package loteria.server;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import loteria.runtime.BadSettingException;
import loteria.runtime.ExitCode;
import loteria.runtime.Level;
import loteria.runtime.LogLines;
import loteria.runtime.LogStyle;
import loteria.runtime.Manual;
import loteria.runtime.Termination;
import loteria.runtime.UsageException;
import loteria.server.net.Loop;
import org.jspecify.annotations.Nullable;

/** The central's program. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    if (Manual.isWanted(arguments)) {
      CentralManual.manual().print(arguments);
      return;
    }
    AtomicReference<@Nullable Central> central = new AtomicReference<>();
    Termination termination = Termination.onSignal(() -> close(central.get()));
    ServerLog log = log(Level.INFO);
    try {
      CentralSettings settings = CentralSettings.read(arguments, System.getenv());
      if (settings.all().isCheckWanted()) {
        Manual.print(settings.all().report());
        termination.exit(ExitCode.DONE);
        return;
      }
      log = log(settings.loggingLevel());
      for (String warning : settings.all().warnings()) {
        log.configWarning(warning);
      }
      central.set(Central.start(settings, log, halt(log)));
    } catch (UsageException usage) {
      System.err.println(usage.getMessage());
      termination.exit(ExitCode.USAGE);
    } catch (BadSettingException refused) {
      log.badSetting(refused);
      termination.exit(ExitCode.BAD_CONFIGURATION);
    } catch (IOException failed) {
      log.startFailed(failed);
      termination.exit(ExitCode.STORAGE_FAILED);
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

  private static ServerLog log(Level level) {
    return new ServerLog(LogLines.toStandardOutput(LogStyle.CENTRAL, level));
  }

  private static Loop.Halt halt(ServerLog log) {
    return cause -> {
      log.halting(cause);
      Runtime.getRuntime()
          .halt(cause instanceof IOException ? ExitCode.STORAGE_FAILED : ExitCode.FAILED);
    };
  }
}
