package loteria.client;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.InstantSource;
import java.util.Map;
import loteria.runtime.BadSettingException;
import loteria.runtime.ExitCode;
import loteria.runtime.Level;
import loteria.runtime.LogLines;
import loteria.runtime.LogStyle;
import loteria.runtime.Manual;
import loteria.runtime.Termination;
import loteria.runtime.UsageException;

/** The agency's program. */
public final class Main implements Runnable {
  private final Cancellation cancellation = new Cancellation();
  private volatile ClientLog log = log(Level.INFO, "-", FileDescriptor.out);

  private volatile boolean done;

  private Main() {}

  public static void main(String[] arguments) {
    if (Manual.isWanted(arguments)) {
      AgencyManual.manual().print(arguments);
      return;
    }
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
    termination.exit(code);
  }

  /** The orderly stop, by a signal. */
  @Override
  public void run() {
    cancellation.cancel();
    log.stopped(done);
  }

  private int run(String[] arguments, Map<String, String> environment) throws InterruptedException {
    try {
      AgencySettings settings = AgencySettings.read(arguments, environment);
      log =
          log(
              settings.logLevel(),
              Integer.toString(settings.id()),
              settings.isOutputTaken() ? FileDescriptor.err : FileDescriptor.out);
      log.config(settings);
      Dialer dialer = new Dialer(settings.address(), settings.tls(log), cancellation);
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
      throws BadRowException, BadSettingException, InterruptedException {
    // A name that is not known yet, or moves, is looked up again at the next attempt.
    System.setProperty("sun.net.inetaddr.negative.ttl", "0");
    System.setProperty("sun.net.inetaddr.ttl", "0");
    RetryPolicy retries = new RetryPolicy(settings.patience());
    if (settings.task() == Task.ECHO) {
      return new EchoLoop(settings, retries, dialer, log).run();
    }
    if (settings.task() == Task.BET) {
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
    } catch (BetsUnreadableException unreadable) {
      log.betsUnreadable(unreadable);
      return ExitCode.FAILED;
    }
  }

  private static ClientLog log(Level level, String id, FileDescriptor to) {
    return new ClientLog(
        new LogLines(new FileOutputStream(to), LogStyle.AGENCY, level, InstantSource.system()), id);
  }
}
