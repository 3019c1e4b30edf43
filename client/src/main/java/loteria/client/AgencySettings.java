package loteria.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import loteria.lottery.Lottery;
import loteria.runtime.BadSettingException;
import loteria.runtime.Level;
import loteria.runtime.Setting;
import loteria.runtime.Settings;
import loteria.runtime.SettingsFile;
import loteria.runtime.UsageException;
import loteria.tls.Tls;
import loteria.tls.TlsFiles;
import loteria.tls.TlsSettings;
import org.jspecify.annotations.Nullable;

/**
 * The agency's settings: the course's, from {@code config.yaml}, and its own, which need not stand
 * there.
 */
final class AgencySettings {
  private static final Setting<Integer> ID =
      Setting.integer("id", "CLI_ID", "--id", null, 1, Lottery.AGENCIES_MAX)
          .meaning("number of the agency");

  private static final Setting<ServerAddress> ADDRESS =
      new Setting<>(
              "server.address",
              "CLI_SERVER_ADDRESS",
              "--server-address",
              "server:12345",
              "host:port",
              ServerAddress::parse)
          .meaning("where the central is");

  private static final Setting<Integer> LOOP_AMOUNT =
      Setting.integer("loop.amount", "CLI_LOOP_AMOUNT", "--loop-amount", "5", 0, 1_000_000)
          .meaning("messages of the echo loop");

  private static final Setting<Duration> LOOP_PERIOD =
      Setting.duration(
              "loop.period",
              "CLI_LOOP_PERIOD",
              "--loop-period",
              "5s",
              Duration.ZERO,
              Duration.ofHours(24))
          .meaning("wait between the messages of the echo loop");

  private static final Setting<Level> LOG_LEVEL =
      Setting.level("log.level", "CLI_LOG_LEVEL", "--log-level", "INFO")
          .meaning("least level of a log line");

  private static final Setting<Integer> BATCH_BETS_MAX =
      Setting.integer(
              "batch.maxAmount", "CLI_BATCH_MAXAMOUNT", "--batch-max-amount", "99", 1, 65_535)
          .meaning("most bets of a batch");

  private static final Setting<Task> TASK =
      Setting.oneOf(null, "LOTERIA_TASK", "--task", "upload", Task.values())
          .meaning(
              "what to do: exchange messages, bring one bet of the environment, or upload a file");

  private static final Setting<Path> DATA =
      Setting.path(null, "LOTERIA_DATA", "--data", "./.data").meaning("folder of agency-N.csv");

  private static final Setting<String> FILE =
      Setting.text(null, "LOTERIA_FILE", "--file", "", 0, 4096)
          .meaning("file of the bets, gzip or not; - is standard input; else DATA/agency-N.csv");

  private static final Setting<String> WINNERS =
      Setting.text(null, "LOTERIA_WINNERS", "--winners", "", 0, 4096)
          .meaning(
              "file for the documents of the winning bets; - is standard output, and the log then"
                  + " goes to standard error");

  private static final Setting<Quiet> QUIET =
      Setting.oneOf(null, "LOTERIA_QUIET", "--quiet", "no", Quiet.values())
          .meaning("only warnings and errors; --quiet alone is --quiet=yes");

  private static final Setting<Duration> PATIENCE =
      Setting.duration(
              null, "LOTERIA_PATIENCE", "--patience", "60s", Duration.ZERO, Duration.ofHours(24))
          .meaning("how long to try while the central cannot be reached");

  private static final Setting<Path> CONFIG =
      Setting.path(null, "LOTERIA_CONFIG", "--config", "./config.yaml")
          .meaning("settings file; at the default place it may be missing");

  static final List<Setting<?>> ALL =
      TlsSettings.and(
          ID,
          ADDRESS,
          LOOP_AMOUNT,
          LOOP_PERIOD,
          LOG_LEVEL,
          BATCH_BETS_MAX,
          TASK,
          DATA,
          FILE,
          WINNERS,
          QUIET,
          PATIENCE,
          CONFIG);

  private enum Quiet {
    YES,
    NO
  }

  private final Settings settings;

  private AgencySettings(Settings settings) {
    this.settings = settings;
  }

  static AgencySettings read(String[] arguments, Map<String, String> environment)
      throws UsageException, BadSettingException {
    return new AgencySettings(
        Settings.read(
            ALL, withQuietSaid(arguments), environment, CONFIG, SettingsFile.Format.YAML));
  }

  /** A quiet that stands alone has its value. */
  private static String[] withQuietSaid(String[] arguments) {
    String[] said = arguments.clone();
    for (int i = 0; i < said.length; i++) {
      boolean alone = i + 1 == said.length || said[i + 1].startsWith("--");
      if (said[i].equals(QUIET.flag()) && alone) {
        said[i] = QUIET.flag() + "=yes";
      }
    }
    return said;
  }

  int id() {
    return settings.value(ID);
  }

  ServerAddress address() {
    return settings.value(ADDRESS);
  }

  int loopAmount() {
    return settings.value(LOOP_AMOUNT);
  }

  Duration loopPeriod() {
    return settings.value(LOOP_PERIOD);
  }

  /** The period as it was written: {@code 100ms} stays {@code 100ms}. */
  String loopPeriodWritten() {
    return settings.written(LOOP_PERIOD);
  }

  /** The least level of a line that is written. */
  Level logLevel() {
    Level level = settings.value(LOG_LEVEL);
    return isQuiet() && level.compareTo(Level.WARNING) < 0 ? Level.WARNING : level;
  }

  String logLevelWritten() {
    return settings.written(LOG_LEVEL);
  }

  int batchBetsMax() {
    return settings.value(BATCH_BETS_MAX);
  }

  Task task() {
    return settings.value(TASK);
  }

  /** The agency's file; {@link BetsFile#STANDARD_INPUT} if it is not one. */
  Path file() {
    String file = settings.value(FILE);
    return file.isEmpty() ? settings.value(DATA).resolve("agency-" + id() + ".csv") : Path.of(file);
  }

  /**
   * Where the winning documents are to be; null if they are only counted.
   *
   * @throws BadSettingException if there can be no such file
   */
  @Nullable WinnersFile winners() throws BadSettingException {
    String file = settings.value(WINNERS);
    if (file.isEmpty()) {
      return null;
    }
    String problem = WinnersFile.problem(Path.of(file));
    if (problem != null) {
      throw settings.refusal(WINNERS, problem);
    }
    return WinnersFile.at(Path.of(file));
  }

  /** Whether standard output is for the winning documents, and for nothing else. */
  boolean isOutputTaken() {
    return settings.value(WINNERS).equals(WinnersFile.STANDARD_OUTPUT.toString());
  }

  boolean isQuiet() {
    return settings.value(QUIET) == Quiet.YES;
  }

  /** Whether an upload that takes long may draw a bar on the terminal. */
  boolean mayDrawBar() {
    return !isQuiet() && !isOutputTaken();
  }

  /**
   * What to show the central, and to know it by; null if the network is trusted.
   *
   * @throws BadSettingException if TLS is asked for and cannot be had
   */
  @Nullable Tls tls(ClientLog log) throws BadSettingException {
    Optional<TlsFiles> files = TlsSettings.files(settings);
    return files.isEmpty() ? null : Tls.open(files.get(), CertificatesLog.of(log), settings);
  }

  Duration patience() {
    return settings.value(PATIENCE);
  }
}
