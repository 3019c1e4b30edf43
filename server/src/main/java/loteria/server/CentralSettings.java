package loteria.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import loteria.kafka.options.KafkaOptions;
import loteria.lottery.BetRow;
import loteria.lottery.Draw;
import loteria.lottery.Lottery;
import loteria.runtime.Failures;
import loteria.runtime.log.Level;
import loteria.runtime.log.LogFormat;
import loteria.runtime.settings.BadSettingException;
import loteria.runtime.settings.HostPort;
import loteria.runtime.settings.Setting;
import loteria.runtime.settings.Settings;
import loteria.runtime.settings.SettingsFile;
import loteria.runtime.settings.UsageException;
import loteria.server.ledger.ContradictionException;
import loteria.server.ledger.Ledger;
import loteria.tls.BadTlsFileException;
import loteria.tls.TlsFiles;
import loteria.tls.TlsSettings;

/**
 * The central's settings: the course's and its own. A new one is a constant here, its place in
 * {@link #ALL}, what gives its value to {@link Central}, its variable in {@link
 * Settings#VARIABLES}, and its row in docs/SETTINGS.md.
 */
public final class CentralSettings {
  private static final String USUAL = "What every lottery needs";
  private static final String NETWORK = "Network";
  private static final String LOG = "Log";

  private static final Setting<Integer> AGENCIES =
      Setting.named("agencies", "LOTERIA_AGENCIES", "--agencies")
          .integer("5", 1, Lottery.AGENCIES_MAX)
          .help(USUAL, "agencies that the draw waits for");

  private static final Setting<Integer> NUMBER =
      Setting.named("number", "LOTERIA_NUMBER", "--number")
          .integer(Integer.toString(Draw.NUMBER), 0, BetRow.NUMBER_MAX)
          .help(USUAL, "winning number");

  /** Who says the number. */
  private enum Drawing {
    AUTOMATIC,
    WAIT
  }

  private static final Setting<Drawing> DRAW =
      Setting.named("draw", "LOTERIA_DRAW", "--draw")
          .oneOf("automatic", Drawing.values())
          .help(USUAL, "draw the number once the bets are sealed, or wait for loteria draw");

  static final Setting<Path> DATA_DIRECTORY =
      Setting.named("data_directory", "LOTERIA_DATA_DIRECTORY", "--data-directory")
          .path("./datos")
          .help(USUAL, "where the journal and the sealed bets are kept");

  static final Setting<Integer> PORT =
      Setting.named("server_port", "SERVER_PORT", "--server-port")
          .integer("12345", 0, 65_535)
          .help(USUAL, "port to listen on; 0 is any free one");

  private static final Setting<Path> CONFIG =
      Setting.named(null, "LOTERIA_CONFIG", "--config")
          .path("./config.ini")
          .help(USUAL, "settings file; at the default place it may be missing");

  static final Setting<String> BIND =
      Setting.named("bind", "LOTERIA_BIND", "--bind")
          .text("0.0.0.0", 1, 255)
          .help(NETWORK, "address to listen on; 0.0.0.0 is all of them");

  /** Where those who look after the central see its status; a port 0 is any free one. */
  static final Setting<Optional<HostPort>> STATUS =
      Setting.named("status", "LOTERIA_STATUS", "--status")
          .optional("127.0.0.1:12380", "off", "host:port, or off", CentralSettings::hostPort)
          .help(NETWORK, "where its status is shown, as host:port, or off");

  static final Setting<Integer> LISTEN_BACKLOG =
      Setting.named("server_listen_backlog", "SERVER_LISTEN_BACKLOG", "--server-listen-backlog")
          .integer("1024", 1, 65_535)
          .help(NETWORK, "connections that may wait to be accepted");

  /** How many batches an agency may have under way: 1 is to wait for each answer. */
  static final Setting<Integer> WINDOW =
      Setting.named("window", "LOTERIA_WINDOW", "--window")
          .integer(Integer.toString(Ledger.WINDOW), 1, Ledger.WINDOW)
          .help(NETWORK, "batches that an agency may have under way");

  /**
   * The name by which agencies know the central. It is in the course's file, and nothing depends on
   * it.
   */
  private static final Setting<String> IP =
      Setting.named("server_ip", "SERVER_IP", "--server-ip")
          .text("server", 0, 255)
          .help(NETWORK, "name by which agencies know the central; nothing depends on it");

  static final Setting<Level> LOGGING_LEVEL =
      Level.setting(LOG, Setting.named("logging_level", "LOGGING_LEVEL", "--logging-level"));

  static final Setting<LogFormat> LOG_FORMAT = LogFormat.setting(LOG, "log_format");

  /** A browser that is led here by another name is not answered. */
  static final Setting<Set<String>> STATUS_NAMES =
      Setting.named("status_names", "LOTERIA_STATUS_NAMES", "--status-names")
          .value("", "host names without ports, with commas", CentralSettings::names)
          .help(NETWORK, "host names by which its status may be asked for, besides localhost");

  private static final Setting<Optional<Path>> NAMES =
      Setting.named("names", "LOTERIA_NAMES", "--names")
          .optional("", "", "a path", Setting.PATH)
          .help(USUAL, "file with the names of agencies for people, as number,name rows");

  private static final String SHARED = "A lottery that several centrals share";

  /**
   * Empty: this central has its lottery to itself. A lambda, since a reference to the method would
   * load its class at each start.
   */
  static final Setting<Optional<String>> KAFKA =
      Setting.named("kafka", "LOTERIA_KAFKA", "--kafka")
          .optional("", "", "host:port of brokers, with commas", text -> KafkaOptions.brokers(text))
          .help(SHARED, "brokers that keep the lottery's log, as host:port,host:port");

  /** What it may be made of is only looked at with {@link #KAFKA}: a start without loads less. */
  private static final Setting<String> KAFKA_NAME =
      Setting.named("kafka_name", "LOTERIA_KAFKA_NAME", "--kafka-name")
          .text("loteria", 1, 200)
          .help(SHARED, "name of the lottery, with which its topics begin");

  static final Setting<Optional<HostPort>> PEER_ADDRESS =
      Setting.named("peer_address", "LOTERIA_PEER_ADDRESS", "--peer-address")
          .optional("", "", "host:port", CentralSettings::hostPort)
          .help(SHARED, "where the other centrals reach this one; it is listened on");

  static final Setting<Optional<Path>> KAFKA_CONFIG =
      Setting.named("kafka_config", "LOTERIA_KAFKA_CONFIG", "--kafka-config")
          .optional("", "", "a path", Setting.PATH)
          .help(SHARED, "file with properties of Kafka's clients, for TLS and SASL");

  /** Whether topics are taken that can lose bets. */
  private enum Unsafe {
    NO,
    YES
  }

  private static final Setting<Unsafe> KAFKA_UNSAFE =
      Setting.named("kafka_unsafe", "LOTERIA_KAFKA_UNSAFE", "--kafka-unsafe")
          .oneOf("no", Unsafe.values())
          .help(SHARED, "take topics that can lose bets, as those of a single broker");

  private static final TlsSettings TLS = new TlsSettings("_");

  /** In the order of the help: those of a group together. */
  static final List<Setting<?>> ALL =
      TLS.after(
          AGENCIES,
          NUMBER,
          DRAW,
          DATA_DIRECTORY,
          PORT,
          CONFIG,
          NAMES,
          BIND,
          STATUS,
          STATUS_NAMES,
          LISTEN_BACKLOG,
          WINDOW,
          IP,
          KAFKA,
          KAFKA_NAME,
          PEER_ADDRESS,
          KAFKA_CONFIG,
          KAFKA_UNSAFE,
          LOGGING_LEVEL,
          LOG_FORMAT);

  private final Settings settings;
  private final Optional<TlsFiles> tlsFiles;

  private CentralSettings(Settings settings) throws BadSettingException {
    this.settings = settings;
    this.tlsFiles = TLS.files(settings);
    if (!isShared()) {
      for (Setting<?> idle : List.of(KAFKA_NAME, PEER_ADDRESS, KAFKA_CONFIG, KAFKA_UNSAFE)) {
        settings.warnIfSet(idle, "kafka is not set");
      }
    }
  }

  /** Reads the settings, and opens nothing but their file. */
  public static CentralSettings read(String[] arguments, Map<String, String> environment)
      throws UsageException, BadSettingException {
    return new CentralSettings(
        Settings.read(ALL, arguments, environment, CONFIG, SettingsFile.Format.INI));
  }

  /** What was read, with its sources. */
  Settings all() {
    return settings;
  }

  /** What a setting is. */
  <T> T value(Setting<T> setting) {
    return settings.value(setting);
  }

  public int port() {
    return settings.value(PORT);
  }

  int agencies() {
    return settings.value(AGENCIES);
  }

  /** The number to draw once the bets are sealed; empty if an operator says it then. */
  OptionalInt number() {
    return settings.value(DRAW) == Drawing.WAIT
        ? OptionalInt.empty()
        : OptionalInt.of(settings.value(NUMBER));
  }

  /**
   * What people call the agencies.
   *
   * @throws BadSettingException if the file cannot be read, or a line of it not be used
   */
  AgencyNames names() throws BadSettingException {
    Optional<Path> file = settings.value(NAMES);
    if (file.isEmpty()) {
      return AgencyNames.NONE;
    }
    try {
      return AgencyNames.read(file.get(), agencies());
    } catch (IOException unusable) {
      throw settings.refusal(NAMES, "cannot be used: " + Failures.reason(unusable), unusable);
    }
  }

  public Path dataDirectory() {
    return settings.value(DATA_DIRECTORY);
  }

  private static HostPort hostPort(String text) {
    return HostPort.parse(text, 0);
  }

  /** Reads host names such as {@code central, central.example}; they are in lower case. */
  private static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    for (String name : text.isBlank() ? new String[0] : text.split(",", -1)) {
      String stripped = name.strip();
      if (!stripped.matches("[0-9A-Za-z]([0-9A-Za-z._-]*[0-9A-Za-z])?")) {
        throw new IllegalArgumentException("'%s' is not a host name".formatted(stripped));
      }
      names.add(stripped.toLowerCase(Locale.ROOT));
    }
    return names;
  }

  /** Whether several centrals share the lottery. */
  boolean isShared() {
    return settings.value(KAFKA).isPresent();
  }

  /**
   * Where other centrals reach this one, if they share the lottery.
   *
   * @throws BadSettingException if nobody has said it
   */
  HostPort peer() throws BadSettingException {
    return value(PEER_ADDRESS)
        .orElseThrow(() ->
            settings.refusal(
                PEER_ADDRESS,
                "is needed with kafka: the address at which other centrals reach this one"));
  }

  /**
   * The lottery's log, where several centrals share it.
   *
   * @param peer where others reach this one
   * @throws BadSettingException if the name is none, or the file of properties cannot be used
   */
  KafkaOptions kafka(HostPort peer) throws BadSettingException {
    String name = settings.value(KAFKA_NAME);
    try {
      name = KafkaOptions.name(name);
    } catch (IllegalArgumentException wrong) {
      throw settings.refusal(KAFKA_NAME, String.valueOf(wrong.getMessage()));
    }
    Map<String, String> properties = Map.of();
    Optional<Path> file = settings.value(KAFKA_CONFIG);
    if (file.isPresent()) {
      try {
        properties = KafkaOptions.properties(file.get());
      } catch (IOException unusable) {
        throw settings.refusal(
            KAFKA_CONFIG, "cannot be used: " + Failures.reason(unusable), unusable);
      }
    }
    return new KafkaOptions(
        settings.value(KAFKA).orElseThrow(),
        name,
        peer,
        properties,
        settings.value(KAFKA_UNSAFE) == Unsafe.YES);
  }

  /** By which agencies have to come in; empty if the network is trusted. */
  public Optional<TlsFiles> tlsFiles() {
    return tlsFiles;
  }

  /**
   * A refusal of a value that the central cannot use.
   *
   * @param problem goes on from the value: "cannot be used: Address already in use"
   */
  BadSettingException refusal(Setting<?> setting, String problem) {
    return settings.refusal(setting, problem);
  }

  public BadSettingException refusal(BadTlsFileException bad) {
    return TLS.refusal(settings, bad);
  }

  BadSettingException refusal(ContradictionException unexpected) {
    return settings.refusal(
        AGENCIES, "contradicts the journal: " + unexpected.getMessage(), unexpected);
  }

  /**
   * What to say at a start of the number that is set.
   *
   * @param drawn the number that was drawn; empty before the draw
   */
  Optional<String> numberWarning(OptionalInt drawn) {
    int number = settings.value(NUMBER);
    boolean isSet = !settings.isDefault(NUMBER);
    String what = "number = %d (%s)".formatted(number, settings.source(NUMBER));
    if (drawn.isPresent()) {
      return isSet && number != drawn.getAsInt()
          ? Optional.of(
              "%s does not count: %d was drawn already, and stays"
                  .formatted(what, drawn.getAsInt()))
          : Optional.empty();
    }
    if (settings.value(DRAW) == Drawing.WAIT) {
      return isSet
          ? Optional.of(
              "%s does not count: draw = wait (%s), so loteria draw says the number"
                  .formatted(what, settings.source(DRAW)))
          : Optional.empty();
    }
    return isSet
        ? Optional.empty()
        : Optional.of(
            "%s will be drawn, and nobody has set it: set number, or draw = wait".formatted(what));
  }
}
