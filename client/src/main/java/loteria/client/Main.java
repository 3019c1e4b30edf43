package loteria.client;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import loteria.client.bets.BadRowException;
import loteria.client.bets.BetsFile;
import loteria.client.bets.OneBet;
import loteria.client.connection.Cancellation;
import loteria.client.connection.Dialer;
import loteria.client.connection.RetryPolicy;
import loteria.runtime.ExitCode;
import loteria.runtime.Termination;
import loteria.runtime.log.Level;
import loteria.runtime.log.LogLines;
import loteria.runtime.log.LogStyle;
import loteria.runtime.settings.BadSettingException;
import loteria.runtime.settings.Manual;
import loteria.runtime.settings.UsageException;
import loteria.tls.Tls;
import org.jspecify.annotations.Nullable;

/** The agency's program. */
public final class Main implements Runnable {
  private final Cancellation cancellation = new Cancellation();
  private volatile ClientLog log = log(LogStyle.AGENCY, Level.INFO, "-", FileDescriptor.out);
  private volatile boolean done;
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
    Termination termination = Termination.onSignal(program);
    int code = ExitCode.FAILED;
    try {
      code = program.run(arguments, System.getenv());
    } catch (InterruptedException | RuntimeException | Error impossible) {
      // A main that just throws would end as if it had been told to stop, with exit code 0.
      program.log.crashed(impossible);
    }
    program.done = !program.cancellation.isCancelled();
    program.cancellation.end();
    termination.exit(code, started + program.minRun.toNanos());
  }

  /** The orderly stop, by a signal. */
  @Override
  public void run() {
    cancellation.cancel();
    log.stopped(done);
  }

  private int run(String[] arguments, Map<String, String> environment) throws InterruptedException {
    minRun = AgencySettings.minRun(environment);
    try {
      AgencySettings settings = AgencySettings.read(arguments, environment);
      if (settings.all().isCheckWanted()) {
        @Nullable Tls _ = tls(settings);
        @Nullable WinnersFile _ = settings.winners();
        return Manual.print("agency", settings.all().report());
      }
      minRun = settings.minRun();
      log =
          log(
              settings.logFormat().style(LogStyle.AGENCY),
              settings.logLevel(),
              Integer.toString(settings.id()),
              settings.isOutputTaken() ? FileDescriptor.err : FileDescriptor.out);
      for (String warning : settings.all().warnings()) {
        log.configWarning(warning);
      }
      @Nullable Tls tls = tls(settings);
      log.config(settings);
      Dialer dialer = new Dialer(settings.addresses(), tls, cancellation);
      if (tls != null && settings.task() == AgencySettings.Task.ECHO) {
        // An echo says no number: the central cannot compare it with the certificate.
        OptionalInt named = tls.ownAgency();
        if (named.isPresent() && named.getAsInt() != settings.id()) {
          log.untrusted(
              dialer.address(),
              "the certificate is that of agency %d, not of agency %d"
                  .formatted(named.getAsInt(), settings.id()));
          return ExitCode.UNTRUSTED;
        }
      }
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

  private @Nullable Tls tls(AgencySettings settings) throws BadSettingException {
    return settings.tlsFiles().isEmpty()
        ? null
        : CertificatesLog.open(settings.tlsFiles().get(), settings, log);
  }

  private int run(AgencySettings settings, Dialer dialer, Map<String, String> environment)
      throws BadRowException, BadSettingException, InterruptedException {
    // A name that is not known yet, or moves, is looked up again at the next attempt.
    System.setProperty("sun.net.inetaddr.negative.ttl", "0");
    System.setProperty("sun.net.inetaddr.ttl", "0");
    // What Java has for it in java.security, which is then not read only to learn that.
    if (System.getProperty("jdk.includeInExceptions") == null) {
      System.setProperty("jdk.includeInExceptions", "hostInfoExclSocket");
    }
    RetryPolicy retries = new RetryPolicy(settings.patience());
    if (settings.task() == AgencySettings.Task.ECHO) {
      return new EchoLoop(settings, retries, dialer, log).run();
    }
    if (settings.task() == AgencySettings.Task.BET) {
      OneBet bet = OneBet.of(settings.id(), environment);
      int code = new Agency(settings, bet, null, retries, dialer, log).run();
      if (code == ExitCode.DONE && !cancellation.isCancelled()) {
        log.betSent(bet);
      }
      return code;
    }
    try (WinnersFile winners = settings.winners()) {
      BetsFile bets = BetsFile.at(settings.id(), settings.file());
      return new Agency(settings, bets, winners, retries, dialer, log).run();
    } catch (BetsFile.UnreadableException unreadable) {
      log.betsUnreadable(unreadable);
      return ExitCode.FAILED;
    }
  }

  /**
   * Lines that are written by whoever logs. A reader that stalls holds up this agency alone, which
   * goes on where it stopped, and a signal ends it all the same: a thread of its own would only
   * make the start longer.
   */
  private static ClientLog log(LogStyle style, Level level, String id, FileDescriptor to) {
    return new ClientLog(new LogLines(new FileOutputStream(to), style, level), id);
  }
}
