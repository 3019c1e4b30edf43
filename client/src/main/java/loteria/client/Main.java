package loteria.client;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import loteria.lottery.Bet;
import loteria.runtime.BadSettingException;
import loteria.runtime.ExitCode;
import loteria.runtime.Level;
import loteria.runtime.LogLines;
import loteria.runtime.LogStyle;
import loteria.runtime.Manual;
import loteria.runtime.Termination;
import loteria.runtime.UsageException;
import loteria.tls.Tls;
import org.jspecify.annotations.Nullable;

/** The agency's program. */
public final class Main {
  private final Lifeline lifeline = new Lifeline();
  private volatile ClientLog log = log(LogStyle.AGENCY, Level.INFO, "-");
  private Duration minRun = Duration.ZERO;

  private Main() {}

  public static void main(String[] arguments) {
    // Whatever is written is the same in every locale: digits and separators too.
    Locale.setDefault(Locale.ROOT);
    if (Manual.isWanted(arguments)) {
      System.exit(AgencyManual.manual().print(arguments));
    }
    long started = System.nanoTime();
    Main program = new Main();
    Termination termination = Termination.onSignal(program::stop);
    int code = ExitCode.FAILED;
    try {
      code = program.run(arguments, System.getenv());
    } catch (InterruptedException | RuntimeException | Error impossible) {
      // A main that just throws would end as if it had been told to stop, with exit code 0.
      program.log.crashed(impossible);
    }
    program.lifeline.end();
    termination.exit(code, started + program.minRun.toNanos());
  }

  private void stop() {
    lifeline.cut();
    log.stopped();
  }

  private int run(String[] arguments, Map<String, String> environment) throws InterruptedException {
    minRun = AgencySettings.minRun(environment);
    try {
      AgencySettings settings = AgencySettings.read(arguments, environment);
      if (settings.all().isCheckWanted()) {
        return Manual.print("agency", settings.all().report());
      }
      minRun = settings.minRun();
      log =
          log(
              settings.logFormat().style(LogStyle.AGENCY),
              settings.logLevel(),
              Integer.toString(settings.id()));
      for (String warning : settings.all().warnings()) {
        log.configWarning(warning);
      }
      @Nullable Tls tls =
          settings.tlsFiles().isEmpty()
              ? null
              : CertificatesLog.open(settings.tlsFiles().get(), settings, log);
      log.config(settings);
      Dialer dialer = new Dialer(settings.address(), tls, lifeline);
      return run(settings, dialer, environment);
    } catch (UsageException usage) {
      System.err.println(usage.getMessage());
      return ExitCode.USAGE;
    } catch (BadSettingException refused) {
      log.badSetting(refused);
      return ExitCode.BAD_CONFIGURATION;
    } catch (BadRowException row) {
      log.badRow(row);
      return ExitCode.FAILED;
    }
  }

  private int run(AgencySettings settings, Dialer dialer, Map<String, String> environment)
      throws BadRowException, InterruptedException {
    // A name that is not known yet, or moves, is looked up again at the next attempt.
    System.setProperty("sun.net.inetaddr.negative.ttl", "0");
    System.setProperty("sun.net.inetaddr.ttl", "0");
    Patience patience = new Patience(settings.patience(), System::nanoTime, new SplittableRandom());
    return switch (settings.task()) {
      case ECHO -> new EchoLoop(settings, patience, dialer, log).run();
      case BET -> {
        Bet bet = OneBet.bet(settings.id(), environment);
        int code = new Agency(settings, () -> new OneBet(bet), patience, dialer, log).run();
        if (code == ExitCode.DONE && !lifeline.isCut()) {
          log.betSent(bet);
        }
        yield code;
      }
      case UPLOAD ->
          new Agency(
                  settings,
                  () -> CsvBets.open(settings.id(), settings.file()),
                  patience,
                  dialer,
                  log)
              .run();
    };
  }

  /**
   * Lines that are written by whoever logs. A reader that stalls holds up this agency alone, which
   * goes on where it stopped, and a signal ends it all the same: a thread of its own would only
   * make the start longer.
   */
  private static ClientLog log(LogStyle style, Level level, String id) {
    return new ClientLog(LogLines.toStandardOutput(style, level), id);
  }
}
