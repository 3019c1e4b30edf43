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

  private static final Setting<Duration> PATIENCE =
      Setting.duration(
              null, "LOTERIA_PATIENCE", "--patience", "60s", Duration.ZERO, Duration.ofHours(24))
          .meaning("how long to try while the central cannot be reached");

  private static final Setting<Duration> MIN_RUN =
      Setting.duration(
              null, "LOTERIA_MIN_RUN", "--min-run", "0s", Duration.ZERO, Duration.ofMinutes(1))
          .meaning("how long to run at least, for who follows the log of a container");

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
          PATIENCE,
          MIN_RUN,
          CONFIG);

  private final Settings settings;

  private AgencySettings(Settings settings) {
    this.settings = settings;
  }

  static AgencySettings read(String[] arguments, Map<String, String> environment)
      throws UsageException, BadSettingException {
    return new AgencySettings(
        Settings.read(ALL, arguments, environment, CONFIG, SettingsFile.Format.YAML));
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

  Level logLevel() {
    return settings.value(LOG_LEVEL);
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

  /** The agency's file. */
  Path file() {
    return settings.value(DATA).resolve("agency-%d.csv".formatted(id()));
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
