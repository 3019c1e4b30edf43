package loteria.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import loteria.client.bets.BetsFile;
import loteria.client.connection.Addresses;
import loteria.lottery.Lottery;
import loteria.runtime.log.Level;
import loteria.runtime.log.LogFormat;
import loteria.runtime.settings.BadSettingException;
import loteria.runtime.settings.Setting;
import loteria.runtime.settings.Settings;
import loteria.runtime.settings.SettingsFile;
import loteria.runtime.settings.UsageException;
import loteria.tls.BadTlsFileException;
import loteria.tls.TlsFiles;
import loteria.tls.TlsSettings;
import org.jspecify.annotations.Nullable;

/**
 * The agency's settings: the course's and its own. A new one is a constant here, its place in
 * {@link #ALL}, its variable in {@link Settings#VARIABLES}, and its row in docs/SETTINGS.md.
 */
final class AgencySettings {
  private static final String USUAL = "What every agency needs";
  private static final String UPLOAD = "Upload";
  private static final String ECHO = "Echo loop";
  private static final String LOG = "Log";

  private static final Setting<Integer> ID =
      Setting.named("id", "CLI_ID", "--id")
          .integer(null, 1, Lottery.AGENCIES_MAX)
          .help(USUAL, "number of the agency");

  private static final Setting<Addresses> ADDRESSES =
      Setting.named("server.address", "CLI_SERVER_ADDRESS", "--server-address")
          .value(
              "server:12345",
              "host:port, up to " + Addresses.MAX + " with commas",
              new Addresses.Parser())
          .help(USUAL, "where the central is; of several, the next one is tried if one fails");

  private static final Setting<Path> DATA =
      Setting.named("data", "LOTERIA_DATA", "--data")
          .path("./.data")
          .help(USUAL, "folder of agency-N.csv");

  private static final Setting<Task> TASK =
      Setting.named("task", "LOTERIA_TASK", "--task")
          .oneOf("upload", Task.values())
          .help(
              USUAL,
              "what to do: exchange messages, bring one bet of the environment, or upload a file");

  private static final Setting<Path> CONFIG =
      Setting.named(null, "LOTERIA_CONFIG", "--config")
          .path("./config.yaml")
          .help(USUAL, "settings file; at the default place it may be missing");

  private static final Setting<Integer> BATCH_BETS_MAX =
      Setting.named("batch.maxAmount", "CLI_BATCH_MAXAMOUNT", "--batch-max-amount")
          .integer("99", 1, 65_535)
          .help(UPLOAD, "maximum bets per batch");

  private static final Setting<Duration> PATIENCE =
      Setting.named("patience", "LOTERIA_PATIENCE", "--patience")
          .duration("60s", Duration.ZERO, Duration.ofHours(24))
          .help(UPLOAD, "how long to try while the central cannot be reached");

  private static final Setting<Integer> LOOP_AMOUNT =
      Setting.named("loop.amount", "CLI_LOOP_AMOUNT", "--loop-amount")
          .integer("5", 0, 1_000_000)
          .help(ECHO, "messages of the echo loop");

  private static final Setting<Duration> LOOP_PERIOD =
      Setting.named("loop.period", "CLI_LOOP_PERIOD", "--loop-period")
          .duration("5s", Duration.ZERO, Duration.ofHours(24))
          .help(ECHO, "wait between the messages of the echo loop");

  private static final Setting<Level> LOG_LEVEL =
      Level.setting(LOG, Setting.named("log.level", "CLI_LOG_LEVEL", "--log-level"));

  private static final Setting<LogFormat> LOG_FORMAT = LogFormat.setting(LOG, "log.format");

  private static final Setting<Optional<Path>> FILE =
      Setting.named("file", "LOTERIA_FILE", "--file")
          .optional("", "", "a path", Setting.PATH)
          .help(
              USUAL, "file of the bets, gzip or not; - is standard input; else DATA/agency-N.csv");

  private static final Setting<Optional<Path>> WINNERS =
      Setting.named("winners", "LOTERIA_WINNERS", "--winners")
          .optional("", "", "a path", Setting.PATH)
          .help(
              USUAL,
              "file for the documents of the winning bets; - is standard output, and the log then"
                  + " goes to standard error");

  private static final Setting<Quiet> QUIET =
      Setting.named("quiet", "LOTERIA_QUIET", "--quiet")
          .oneOf("no", Quiet.values())
          .help(LOG, "only warnings and errors; --quiet alone is --quiet=yes");

  private static final Setting<Duration> MIN_RUN =
      Setting.named("min_run", "LOTERIA_MIN_RUN", "--min-run")
          .duration("0s", Duration.ZERO, Duration.ofMinutes(1))
          .help(LOG, "how long to run at least, for who follows the log of a container");

  private static final TlsSettings TLS = new TlsSettings(".");

  /** In the order of the help: those of a group together. */
  static final List<Setting<?>> ALL =
      TLS.after(
          ID,
          ADDRESSES,
          DATA,
          FILE,
          WINNERS,
          TASK,
          CONFIG,
          BATCH_BETS_MAX,
          PATIENCE,
          LOOP_AMOUNT,
          LOOP_PERIOD,
          LOG_LEVEL,
          LOG_FORMAT,
          QUIET,
          MIN_RUN);

  /** What an agency's program is to do. */
  enum Task {
    /** Say hello to the central a few times: exercises 1 to 4. */
    ECHO,
    /** Bring the one bet that the environment says: exercise 5. */
    BET,
    /** Bring the bets of the agency's file, and learn its winners: exercises 6 to 8. */
    UPLOAD
  }

  private enum Quiet {
    YES,
    NO
  }

  private final Settings settings;
  private final Optional<TlsFiles> tlsFiles;

  private AgencySettings(Settings settings) throws BadSettingException {
    this.settings = settings;
    this.tlsFiles = TLS.files(settings);
  }

  /** Reads the settings, and opens nothing but their file. */
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

  /** What was read, with its sources. */
  Settings all() {
    return settings;
  }

  int id() {
    return settings.value(ID);
  }

  /** Where the centrals are, in the order in which they are to be tried. */
  Addresses addresses() {
    return settings.value(ADDRESSES);
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

  LogFormat logFormat() {
    return settings.value(LOG_FORMAT);
  }

  int batchBetsMax() {
    return settings.value(BATCH_BETS_MAX);
  }

  Task task() {
    return settings.value(TASK);
  }

  /** The agency's file; {@link BetsFile#STANDARD_INPUT} if it is not one. */
  Path file() {
    Optional<Path> file = settings.value(FILE);
    return file.isPresent() ? file.get() : settings.value(DATA).resolve("agency-" + id() + ".csv");
  }

  /**
   * Where the winning documents are to be; null if they are only counted.
   *
   * @throws BadSettingException if there can be no such file
   */
  @Nullable WinnersFile winners() throws BadSettingException {
    Optional<Path> file = settings.value(WINNERS);
    if (file.isEmpty()) {
      return null;
    }
    String problem = WinnersFile.problem(file.get());
    if (problem != null) {
      throw settings.refusal(WINNERS, problem);
    }
    return new WinnersFile(file.get());
  }

  /** Whether standard output is for the winning documents, and for nothing else. */
  boolean isOutputTaken() {
    return settings.value(WINNERS).equals(Optional.of(WinnersFile.STANDARD_OUTPUT));
  }

  boolean isQuiet() {
    return settings.value(QUIET) == Quiet.YES;
  }

  /** Whether an upload that takes long may draw a bar on the terminal. */
  boolean mayDrawBar() {
    return !isQuiet() && !isOutputTaken();
  }

  /** What to show the central, and to know it by; empty if the network is trusted. */
  Optional<TlsFiles> tlsFiles() {
    return tlsFiles;
  }

  BadSettingException refusal(BadTlsFileException bad) {
    return TLS.refusal(settings, bad);
  }

  Duration minRun() {
    return settings.value(MIN_RUN);
  }

  /**
   * As {@link #minRun}, for an agency whose settings are refused: as the environment alone has it;
   * none if it is not allowed either.
   */
  static Duration minRun(Map<String, String> environment) {
    try {
      return MIN_RUN.parser().parse(environment.getOrDefault(MIN_RUN.environment(), "0s"));
    } catch (IllegalArgumentException _) {
      return Duration.ZERO;
    }
  }

  Duration patience() {
    return settings.value(PATIENCE);
  }
}
