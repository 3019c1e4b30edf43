package loteria.checks.originals;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import loteria.client.AgencyManual;
import loteria.lottery.BetRow;
import loteria.lottery.Csv;
import loteria.runtime.settings.BadSettingException;
import loteria.runtime.settings.GoDuration;
import loteria.runtime.settings.Manual;
import loteria.runtime.settings.Setting;
import loteria.runtime.settings.Settings;
import loteria.runtime.settings.SettingsFile;
import loteria.server.CentralManual;
import loteria.testing.Root;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the course's libraries read, beside what we read: the same, or we refuse it on purpose, and
 * then a table of docs/SETTINGS.md or docs/ejercicios.md has it with the reason. Nothing is read
 * differently in silence.
 */
final class BesideTheOriginalsTest {
  private static final long SEED = 20260311;

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> theAgencysSettingsBesideViper() throws Exception {
    List<Input> inputs = new ArrayList<>();
    for (String text :
        List.of(
            "",
            "loop: {amount: 7}",
            "loop: {amount: '7'}",
            "loop: {amount: \"7\"} # why",
            "loop: {amount: ~}",
            "loop: {amount: null}",
            "loop: {amount: }",
            "loop: {amount: ''}",
            "loop: {amount: x}",
            "loop: {amount: 1:30}",
            "loop: {amount: [1]}",
            "loop:",
            "loop: {}",
            "loop: 5",
            "LOOP: {Amount: 7}",
            "loop.amount: 7",
            "batch: {maxamount: 7}",
            "batch:\n  maxAmount: 7\n",
            "loop: {period: 5}",
            "loop: {period: 1m30s}",
            "loop: {period: 1:30}",
            "server: {address: 'a:1'}",
            "server:\n  address: a:1 # c\n",
            "log: {level: DEBUG}",
            "id: 7",
            "loop:\n\tamount: 7\n",
            "- 1",
            "just words")) {
      inputs.add(Input.of("settings", text, false));
    }
    for (String text :
        List.of(
            "loop: {amount: 010}",
            "loop: {amount: 0x10}",
            "loop: {amount: 0o10}",
            "loop: {amount: 1_000}",
            "loop: {amount: +5}",
            "loop: {amount: 5.0}",
            "loop: {amount: 5.7}",
            "loop: {amount: 1e3}",
            "loop: {amount: yes}",
            "loop: {amount: -7}",
            "loop: {amount: 1000001}",
            "loop: {amount: !!int 7}",
            "loop: {amount: &x 7}",
            "loop: {amount: 7, amount: 8}",
            "loop: {amount: 7, Amount: 8}",
            "loop: {amounts: 7}",
            "loop: {period: -5s}",
            "server: {address: 12:30}",
            "server: {address: 'tcp://a:1'}",
            "log: {level: no}",
            "log: {level: ''}",
            "id: 007")) {
      inputs.add(Input.of("settings", text, true));
    }
    inputs.add(new Input("settings", "id: 1\n---\nid: 2\n", Map.of(), "id: 1 ⏎ --- ⏎ id: 2", true));
    inputs.add(new Input("settings", "\uFEFFid: 1\n", Map.of(), "U+FEFF id: 1", true));
    for (String value : List.of("7", "", " 7", "x")) {
      inputs.add(Input.ofVariable("CLI_LOOP_AMOUNT", value, false));
    }
    for (String value : List.of("010", "+7", "0x10", "1_000", "7.0")) {
      inputs.add(Input.ofVariable("CLI_LOOP_AMOUNT", value, true));
    }
    inputs.add(Input.ofVariable("CLI_LOOP_PERIOD", "100ms", false));
    inputs.add(Input.ofVariable("CLI_LOOP_PERIOD", "", false));
    inputs.add(Input.ofVariable("CLI_LOG_LEVEL", "", false));
    inputs.add(Input.ofVariable("CLI_SERVER_ADDRESS", "", false));
    return compared(Original.go(folder), inputs, input -> settings(input, "CLI_ID"));
  }

  @TestFactory
  Stream<DynamicTest> durationsBesideGos() throws Exception {
    List<Input> inputs = new ArrayList<>();
    for (String text :
        List.of(
            "",
            "0",
            "+0",
            "+",
            "00",
            "5",
            "5s",
            "+5s",
            "5.s",
            ".5s",
            ".s",
            "1d",
            "1 s",
            "1S",
            "1.5h",
            "2h45m",
            "1h1h",
            "1,5s",
            "1..5s",
            "1.5.5s",
            "s1",
            "1s1",
            "1s0",
            "0s0",
            "\u0661s",
            "1us",
            "1\u00b5s",
            "1\u03bcs",
            "0.3333333333333333333h",
            "0.830103483285477580700h",
            "0.999999999999999999999999ns",
            "9223372036854775807ns",
            "9223372036854775808ns",
            "9223372036.854775807s",
            "3000000h",
            "2562047h47m16.854775807s",
            "1e3s",
            "0x1s")) {
      inputs.add(Input.of("duration", text, false));
    }
    for (String text : List.of("-5s", "-0")) {
      inputs.add(Input.of("duration", text, true));
    }
    List<String> pieces =
        List.of("0", "1", "9", "42", ".", "+", "h", "m", "s", "ms", "us", "ns", "d", " ");
    Random random = new Random(SEED);
    for (int round = 0; round < 1000; round++) {
      StringBuilder text = new StringBuilder();
      for (int piece = random.nextInt(1, 9); piece > 0; piece--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      inputs.add(Input.of("duration", text.toString(), false));
    }
    return compared(
        Original.go(folder),
        inputs,
        input -> {
          Duration read = GoDuration.parse(input.text());
          return Map.of("nanos", Long.toString(read.toNanos()));
        });
  }

  @TestFactory
  Stream<DynamicTest> theCentralsSettingsBesideConfigparser() throws Exception {
    List<Input> inputs = new ArrayList<>();
    for (String text :
        List.of(
            "",
            "SERVER_PORT = 7",
            "server_port: 7",
            "Server_Port=7",
            "  SERVER_PORT = 7\n  SERVER_IP = a",
            "SERVER_PORT = 7 # c",
            "SERVER_PORT = x",
            "SERVER_PORT =",
            "SERVER_PORT",
            "= 7",
            "SERVER_PORT = 0x10",
            "SERVER_PORT = 5.0",
            "SERVER_PORT = 7\nserver_port = 8",
            "SERVER_IP = a=b:c",
            "SERVER_IP = 'a' \"b\"",
            "SERVER_IP =",
            "LOGGING_LEVEL = DEBUG",
            "; c\n# c\nSERVER_PORT = 7",
            "SERVER_PORT = 7\r\nSERVER_IP = a\r\n",
            "[other]\n[DEFAULT] tail\nSERVER_PORT = 7",
            "[other]\n[other]",
            "[DEFAULT\nSERVER_PORT = 7")) {
      inputs.add(ini(text, false));
    }
    for (String text :
        List.of(
            "SERVER_PORT = 010",
            "SERVER_PORT = 1_000",
            "SERVER_PORT = +5",
            "SERVER_PORT = ٧",
            "SERVER_PORT = -1",
            "SERVER_PORT = 70000",
            "SERVER_PORTS = 7",
            "SERVER_IP = a\n  b",
            "SERVER_IP = %%",
            "[server]\nSERVER_PORT = 7",
            "SERVER_PORT = 23456\n[server]\nSERVER_PORT = 7")) {
      inputs.add(ini(text, true));
    }
    inputs.add(Input.of("settings", "SERVER_PORT = 7", false));
    inputs.add(Input.of("settings", "\uFEFF[DEFAULT]\nSERVER_PORT = 7", false));
    for (String value : List.of("7", "", "x", "0x10")) {
      inputs.add(Input.ofVariable("SERVER_PORT", value, false));
    }
    for (String value : List.of("010", " 7", "+7", "1_000")) {
      inputs.add(Input.ofVariable("SERVER_PORT", value, true));
    }
    inputs.add(Input.ofVariable("SERVER_IP", "", false));
    return compared(Original.python(folder), inputs, input -> settings(input, "none"));
  }

  private static Input ini(String text, boolean refused) {
    return new Input(
        "settings", "[DEFAULT]\n" + text + "\n", Map.of(), text.replace("\n", " ⏎ "), refused);
  }

  @TestFactory
  Stream<DynamicTest> numbersAndDatesOfBetsBesidePythons() throws Exception {
    List<Input> inputs = new ArrayList<>();
    for (String text : List.of("0", "7574", "9999", "0042", "", "x", "0x10", "1.0", "1e3", "-")) {
      inputs.add(Input.of("number", text, false));
    }
    for (String text : List.of("+7574", " 7574", "7574 ", "7_574", "٧٥٧٤", "-1", "10000")) {
      inputs.add(Input.of("number", text, true));
    }
    for (String text :
        List.of(
            "1999-03-17",
            "2000-02-29",
            "1900-02-29",
            "1999-02-30",
            "1999-13-01",
            "0001-01-01",
            "9999-12-31",
            "0000-01-01",
            "10000-01-01",
            "",
            "17/03/1999",
            "1999-3-17",
            "99-03-17",
            " 1999-03-17",
            "1999-03-17 ",
            "1999-03-17T00:00:00",
            "１999-03-17")) {
      inputs.add(Input.of("date", text, false));
    }
    for (String text : List.of("19990317", "1999-W11-3", "1999W113")) {
      inputs.add(Input.of("date", text, true));
    }
    return compared(Original.python(folder), inputs, BesideTheOriginalsTest::ofABet);
  }

  /** How we read a bet's number or date: the one place that knows the class that does it. */
  private static Map<String, String> ofABet(Input input) {
    boolean number = input.kind().equals("number");
    String[] texts = {"A", "B", "1", "1999-03-17", "1"};
    texts[number ? 4 : 3] = input.text();
    byte[] row = Csv.rowOf(1, List.of(texts));
    BetRow rules = new BetRow(1);
    if (rules.check(row, 0, row.length) < 0) {
      throw new IllegalArgumentException(rules.flaw(row, 0, row.length).toString());
    }
    String[] laid = new String(row, StandardCharsets.UTF_8).strip().split(",", -1);
    return number ? Map.of("number", laid[5]) : Map.of("date", laid[4]);
  }

  /** Reads an input our way, or throws IllegalArgumentException. */
  @FunctionalInterface
  private interface Ours {
    Map<String, String> read(Input input) throws Exception;
  }

  /** The real settings of the agency, or of the central. */
  private Map<String, String> settings(Input input, String id) throws Exception {
    boolean agency = id.equals("CLI_ID");
    Manual manual = agency ? AgencyManual.manual() : CentralManual.manual();
    Map<String, String> variables = new HashMap<>(input.variables());
    if (agency && !input.text().startsWith("id:")) {
      variables.put(id, "1");
    }
    Path file = Files.writeString(folder.resolve("config"), input.text());
    try {
      Settings settings =
          Settings.read(
              manual.settings(),
              new String[] {"--config=" + file},
              variables,
              location(manual),
              agency ? SettingsFile.Format.YAML : SettingsFile.Format.INI);
      Map<String, String> values = new TreeMap<>();
      for (Setting<?> setting : manual.settings()) {
        if (setting.key() != null && !setting.environment().startsWith("LOTERIA_")) {
          values.put(
              setting.key(),
              settings.value(setting) instanceof Duration duration
                  ? Long.toString(duration.toNanos())
                  : settings.written(setting));
        }
      }
      if (variables.containsKey("CLI_ID")) {
        values.put("id", "");
      }
      return values;
    } catch (BadSettingException refused) {
      throw new IllegalArgumentException(refused);
    }
  }

  @SuppressWarnings("unchecked") // Of both programs it is a path.
  private static Setting<Path> location(Manual manual) {
    return (Setting<Path>)
        manual.settings().stream()
            .filter(setting -> setting.flag().equals("--config"))
            .findFirst()
            .orElseThrow();
  }

  private static Stream<DynamicTest> compared(Original original, List<Input> inputs, Ours ours)
      throws Exception {
    List<String> documents = documents();
    List<Optional<Map<String, String>>> theirs = original.answers(inputs);
    List<DynamicTest> tests = new ArrayList<>();
    for (int index = 0; index < inputs.size(); index++) {
      Input input = inputs.get(index);
      Optional<Map<String, String>> answer = theirs.get(index);
      tests.add(
          DynamicTest.dynamicTest(
              input.kind() + " " + input.shown(),
              () -> {
                Optional<Map<String, String>> own = own(ours, input);
                if (!input.refused()) {
                  assertThat(own).as("%s", input).isEqualTo(answer);
                  return;
                }
                assertThat(own).as("refused on purpose: %s", input).isEmpty();
                assertThat(documents)
                    .as("a row that says why `%s` is refused", input.shown())
                    .anyMatch(row -> row.contains("`" + input.shown() + "`"));
              }));
    }
    return tests.stream();
  }

  private static Optional<Map<String, String>> own(Ours ours, Input input) throws Exception {
    try {
      return Optional.of(ours.read(input));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The rows of the tables of what we refuse. */
  private static List<String> documents() throws IOException {
    List<String> rows = new ArrayList<>();
    for (String document : List.of("docs/SETTINGS.md", "docs/ejercicios.md")) {
      Files.readAllLines(Root.file(document)).stream()
          .filter(line -> line.strip().startsWith("| `"))
          .forEach(rows::add);
    }
    return rows;
  }
}
