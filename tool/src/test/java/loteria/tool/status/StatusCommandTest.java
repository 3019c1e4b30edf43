package loteria.tool.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import loteria.server.control.NoCentralException;
import loteria.testing.Command;
import loteria.testing.Outcome;
import loteria.tool.Main;
import loteria.tool.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusCommandTest {
  private static final String NESTED = "as deep as it goes";
  private static final String DRAWN =
      """
      {"version":"1","started":"2026-03-01T12:00:00Z","now":"2026-03-01T12:05:00Z","state":"drawn",\
      "expected":3,"missing":[],"bets":1500,"bets_per_second":[100,300],"agencies":[\
      {"agency":1,"bets":1000,"finished":true,"closed":null,"connected":false,"seconds_since_seen":7,"winners":2},\
      {"agency":2,"bets":500,"finished":true,"closed":null,"connected":true,"seconds_since_seen":0,"winners":0},\
      {"agency":3,"bets":0,"finished":false,"closed":"burnt down","connected":false,"seconds_since_seen":null,"winners":0}],\
      "seal":{"bets":1500,"sha256":"abcd","closed":[3]},"draw":{"number":74,"winners":2},"refusals":{"GAP":1},\
      "connections":1,"connections_total":12,\
      "journal":{"bytes":12345,"fsyncs":12,"fsync_seconds":{"p50":0.001,"p99":0.004,"max":0.01}}}\
      """;

  @Test
  void laysATable() throws IOException {
    assertThat(StatusTable.of(DRAWN, Screen.NONE))
        .containsExactly(
            "Lotería: drawn; running since 2026-03-01T12:00:00Z",
            "1,500 bets, 200/s; 2 of 3 agencies finished; 1 connection",
            "",
            "agency         bets                                              seen  winners",
            "     3            0  ........................  closed               -  0",
            "     1        1,000  ########################  finished           7 s  2",
            "     2          500  ############............  finished           0 s  0",
            "",
            "sealed: 1,500 bets",
            "  abcd",
            "  without the rest of agency 3, which was closed",
            "drawn: number 74, 2 winners",
            "refused: GAP 1",
            "journal: 12,345 bytes, 12 syncs",
            "  half took up to 1.0 ms, 99% up to 4.0, the slowest 10.0");
  }

  @Test
  void showsWhichCentralOwnsWhichPartitionsOfASharedLottery() throws IOException {
    String shared =
        DRAWN.replace(
            "\"journal\":",
            """
            "shared":{"name":"navidad","take_overs":3,"partitions":[\
            {"partition":"0","owner":"b.example:9","own":false},\
            {"partition":"1","owner":"a.example:9","own":true},\
            {"partition":"2","owner":"b.example:9","own":false},\
            {"partition":"3","owner":null,"own":false},\
            {"partition":"draw","owner":null,"own":true}]},"journal":\
            """);
    assertThat(StatusTable.of(shared, Screen.NONE))
        .containsSubsequence(
            "refused: GAP 1",
            "shared as navidad; this central has taken over partitions 3 times",
            "  of this central: 1, draw",
            "  of b.example:9: 0, 2",
            "  of nobody: 3",
            "journal: 12,345 bytes, 12 syncs",
            "  half took up to 1.0 ms, 99% up to 4.0, the slowest 10.0");
  }

  @Test
  void countsOneAsOne() throws IOException {
    String one =
        DRAWN
            .replace("\"expected\":3", "\"expected\":1")
            .replace("\"bets\":1500", "\"bets\":1")
            .replace("\"number\":74,\"winners\":2", "\"number\":74,\"winners\":1")
            .replace("\"fsyncs\":12", "\"fsyncs\":1");
    assertThat(StatusTable.of(one, Screen.NONE))
        .contains(
            "1 bet, 200/s; 2 of 1 agency finished; 1 connection",
            "sealed: 1 bet",
            "drawn: number 74, 1 winner",
            "journal: 12,345 bytes, 1 sync");
  }

  /** The status with names, and with the times of the seal and the draw. */
  private static String named() {
    return DRAWN
        .replace("{\"agency\":1,", "{\"agency\":1,\"name\":\"Rosario\",")
        .replace("{\"agency\":2,", "{\"agency\":2,\"name\":null,")
        .replace("{\"agency\":3,", "{\"agency\":3,\"name\":\"Luján\\u001b\\u202e\",")
        .replace("\"closed\":[3]}", "\"closed\":[3],\"at\":\"2026-03-01T12:04:00.250Z\"}")
        .replace("\"winners\":2},\"ref", "\"winners\":2,\"at\":\"2026-03-01T12:04:30Z\"},\"ref");
  }

  @Test
  void showsNamesInAColumnOfTheirOwnAndTheTimesOfTheSealAndTheDraw() throws IOException {
    assertThat(StatusTable.of(named(), Screen.NONE))
        .contains(
            "agency         bets                                              seen  winners  name",
            "     3            0  ........................  closed               -  0       "
                + " Luján<U+001B><U+202E>",
            "     1        1,000  ########################  finished           7 s  2       "
                + " Rosario",
            "     2          500  ############............  finished           0 s  0",
            "sealed: 1,500 bets, at 2026-03-01T12:04:00.250Z",
            "drawn: number 74, 2 winners, at 2026-03-01T12:04:30Z");
  }

  @ParameterizedTest
  @CsvSource({
    "drawn, drawn at 2026-03-01T12:04:30Z",
    "sealed, sealed at 2026-03-01T12:04:00Z",
    "draining, draining",
    "starting, starting"
  })
  void saysWhenItWasSealedOrDrawnBesidesTheProgramsStart(String state, String said)
      throws IOException {
    String json =
        named()
            .replace("\"state\":\"drawn\"", "\"state\":\"" + state + "\"")
            .replace("12:00:00Z", "12:00:00.123456789Z");
    assertThat(StatusTable.of(json, new Screen(23, 80)))
        .startsWith("Lotería: " + said + "; running since 2026-03-01T12:00:00Z");
  }

  @Test
  void leavesTheWinnersEmptyBeforeTheDraw() throws IOException {
    String sealed =
        named()
            .replaceFirst("\"draw\":\\{[^}]*}", "\"draw\":null")
            .replaceAll("\"winners\":[0-9]+", "\"winners\":null");
    assertThat(StatusTable.of(sealed, Screen.NONE))
        .contains(
            "     1        1,000  ########################  finished           7 s          "
                + " Rosario",
            "     2          500  ############............  finished           0 s")
        .noneMatch(line -> line.startsWith("drawn:"));
  }

  @Test
  void shortensTheBarsAndThenTheNamesWhereTheTerminalHasNoRoomForThem() throws IOException {
    assertThat(StatusTable.of(named(), new Screen(23, 80)))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80))
        .contains(
            "     1        1,000  ###  finished           7 s  2        Rosario",
            "     2          500  #..  finished           0 s  0");
    String json = named().replace("Rosario", "Rosario, calle ".repeat(4).strip());
    assertThat(StatusTable.of(json, new Screen(23, 80)))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80))
        .contains(
            "     1        1,000    finished           7 s  2        Rosario, calle Rosario,…");
    assertThat(StatusTable.of(DRAWN, new Screen(23, 60)))
        .contains("     1        1,000  ####  finished           7 s  2");
  }

  @Test
  void staysWithinEightyColumnsHoweverManyAreMissing() throws IOException {
    StringBuilder missing = new StringBuilder("10001");
    for (int agency = 10_002; agency < 60_000; agency++) {
      missing.append(',').append(agency);
    }
    String json =
        DRAWN
            .replace("\"missing\":[]", "\"missing\":[" + missing + "]")
            .replace("12345", "9000000000000000000")
            .replace("drawn", "storage_full");
    assertThat(StatusTable.of(json, new Screen(23, 79)))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(80))
        .contains("Lotería: storage full; running since 2026-03-01T12:00:00Z");
    assertThat(StatusTable.of(json, Screen.NONE))
        .as("nothing is cut in a pipe")
        .anySatisfy(line -> assertThat(line).contains(", 59999"));
  }

  /** So many agencies of each kind, in the order of their numbers. */
  private static String many(int count) {
    String agencies =
        IntStream.rangeClosed(1, count)
            .mapToObj(agency ->
                "{\"agency\":%d,\"bets\":0,\"finished\":%s,\"closed\":%s,\"connected\":%s,\"seconds_since_seen\":%s,\"winners\":null}"
                    .formatted(
                        agency,
                        agency % 5 == 1,
                        agency % 5 == 4 ? "\"why\"" : "null",
                        agency % 5 == 2,
                        agency % 5 == 0 ? "null" : "3"))
            .collect(Collectors.joining(","));
    return "{\"state\":\"receiving\",\"seal\":null,\"draw\":null,\"agencies\":[" + agencies + "]}";
  }

  private static List<String> parts(List<String> lines) {
    return lines.stream()
        .filter(line -> line.matches(" +[0-9]+ +0  [.]+  .*"))
        .map(line -> line.replaceAll(" +([0-9]+) +0 +[.]+  ([a-z ]+?)  .*", "$1 $2"))
        .toList();
  }

  @Test
  void showsThoseThatNeedAttentionFirst() throws IOException {
    assertThat(parts(StatusTable.of(many(10), Screen.NONE)))
        .containsExactly(
            "3 gone",
            "8 gone",
            "5 never came",
            "10 never came",
            "2 connected",
            "7 connected",
            "4 closed",
            "9 closed",
            "1 finished",
            "6 finished");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10, 11, 12, 23, 60, 200})
  void fitsTheRowsOfTheTerminalAndCountsTheRest(int rows) throws IOException {
    List<String> lines = StatusTable.of(many(100), new Screen(rows, 80));
    List<String> parts = parts(lines);
    assertThat(lines).hasSizeLessThanOrEqualTo(rows);
    if (rows >= 12 && parts.size() < 100) {
      assertThat(lines).contains("… and " + (100 - parts.size()) + " more").hasSize(rows);
    }
    assertThat(parts(StatusTable.of(many(100), Screen.NONE))).hasSize(100);
  }

  @ParameterizedTest
  @CsvSource({"24 80, 23, 80", "1 1, 1, 1", "0 0, 23, 80", "'', 23, 80", "a b, 23, 80"})
  void readsTheSizeOfATerminal(String said, int rows, int columns) {
    assertThat(Screen.parse(said)).isEqualTo(new Screen(rows, columns));
  }

  /** A central that says each of these in turn, and then the last one again; 503 for nothing. */
  private static HttpServer played(String... statuses) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    AtomicInteger asked = new AtomicInteger();
    var ignored =
        server.createContext(
            "/api/status",
            exchange -> {
              int next = Math.min(asked.getAndIncrement(), statuses.length - 1);
              byte[] body = statuses[next].getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(
                  body.length == 0 ? 503 : 200, body.length == 0 ? -1 : body.length);
              exchange.getResponseBody().write(body);
              exchange.close();
            });
    server.start();
    return server;
  }

  @Test
  void waitsUntilItIsSealedOrDrawnAlsoWhileTheCentralIsAway() throws IOException {
    String sealed = DRAWN.replaceFirst("\"draw\":\\{[^}]*}", "\"draw\":null");
    HttpServer central = played(many(3), "", sealed, sealed, "the proxy says hello", DRAWN);
    try {
      String address = "127.0.0.1:" + central.getAddress().getPort();
      Told untilSealed = Told.byLoteria("status", "--json", "--wait", "sealed", address);
      assertThat(untilSealed.out()).isEqualTo(sealed.strip() + "\n");
      assertThat(untilSealed.code()).isZero();
      Told untilDrawn = Told.byLoteria("status", "--watch", "--json", "--wait", "drawn", address);
      assertThat(untilDrawn.out().lines()).containsExactly(sealed.strip(), DRAWN.strip());
    } finally {
      central.stop(0);
    }
  }

  @Test
  void refusesToWaitForWhatNeverIs() {
    Told told = Told.byLoteria("status", "--wait", "won");
    assertThat(told.err()).contains("'won' is neither sealed nor drawn");
    assertThat(told.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "[]",
        "{}",
        "{\"state\":1}",
        "{\"state\"",
        "{\"state\":\"\\u00",
        NESTED
      })
  void refusesWhatIsNoStatus(String name) {
    String text = name.equals(NESTED) ? "[".repeat(20_000) : name;
    assertThatExceptionOfType(NoCentralException.class)
        .isThrownBy(() -> StatusTable.of(text, Screen.NONE));
  }

  @Test
  void saysThatNoCentralAnswers() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Told told = Told.byLoteria("status", "http://127.0.0.1:" + port);
    assertThat(told.code()).isEqualTo(69);
    assertThat(told.err().lines())
        .singleElement()
        .asString()
        .startsWith("loteria status: no central answers at http://127.0.0.1:" + port);
  }

  /** The kernel lets in who comes to a port on which nobody accepts, and nothing is said. */
  @Test
  void saysHowLongItHasWaitedForASlowCentral() throws Exception {
    try (ServerSocket slow = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + slow.getLocalPort();
      assertThatExceptionOfType(NoCentralException.class)
          .isThrownBy(new StatusClient(address, 1_000)::ask)
          .withMessage("the central at http://%s/api/status did not answer within 1 s", address);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', is not host:port",
    "here, is not host:port",
    "off, is not host:port",
    ":1, is not host:port",
    "ftp://127.0.0.1, 'is a URL, not host:port'",
    "http://, is not host:port",
    "file:///etc/passwd, 'is a URL, not host:port'",
    "a:b, has a port that is not a plain decimal number",
    "a b:1, has a host that is neither a name nor an address",
    "127.0.0.1:0, has a port that is not 1 to 65535",
    "127.0.0.1:99999, has a port that is not 1 to 65535",
    "http://127.0.0.1:65536/, has a port that is not 1 to 65535",
    "http://127.0.0.1:0, has a port that is not 1 to 65535",
    "[::1, has no IPv6 address in its brackets",
    "[:]:80, names no host",
    "127.0.0.1:0/, has a port that is not 1 to 65535",
  })
  void refusesWhatIsNoAddress(String address, String why) {
    Told told = Told.byLoteria("status", address);
    assertThat(told.err())
        .isEqualTo(
            "loteria status: '%s' %s; allowed: an address such as 127.0.0.1:12380, or a URL of"
                + " http (see loteria status --help)%n",
            address, why);
    assertThat(told.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "off, 'LOTERIA_STATUS is off: such a central has no status port; name that of another'",
    "127.0.0.1:0, LOTERIA_STATUS: '127.0.0.1:0' has a port that is not 1 to 65535",
  })
  void saysWhatIsWrongWithTheVariable(String value, String why) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String classPath = System.getProperty("java.class.path");
    Outcome refused =
        Command.of(java, "-cp", classPath, Main.class.getName(), "status")
            .with("LOTERIA_STATUS", value)
            .run();
    assertThat(refused.errors())
        .startsWith("loteria status: " + why)
        .endsWith(" (see loteria status --help)\n")
        .hasLineCount(1);
    assertThat(refused.exit()).isEqualTo(2);
  }
}
