package loteria.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import loteria.lottery.AgencyState;
import loteria.lottery.Lottery;
import loteria.lottery.Refusal;
import loteria.lottery.Seal;
import loteria.lottery.Winners;
import loteria.server.status.Status;
import loteria.server.status.StatusServer;
import loteria.server.status.SyncTimes;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

@Timeout(30)
class StatusServerTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String SHA256 = "ab".repeat(32);
  private static final Instant SEALED_AT = Instant.ofEpochMilli(1_700_000_000_123L);

  private final Figures figures = new Figures(3);
  private volatile Status.Log logStatus = new Status.Log(false, 0);
  private volatile Status.@Nullable Shared shared;
  private StatusServer server;

  @BeforeEach
  void start() throws IOException {
    server = served(figures, new StatusServer.Deadlines(10_000, 10_000, 30_000, 1_000));
  }

  private StatusServer served(Figures figures, StatusServer.Deadlines deadlines)
      throws IOException {
    ServerSocketChannel socket =
        Central.bind(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), StatusServer.BACKLOG);
    StatusSource source =
        new StatusSource(
            "1.2",
            new AgencyNames(Map.of(2, "Villa \"María\"")),
            figures,
            new SyncTimes(),
            () -> logStatus,
            () -> shared,
            InstantSource.fixed(NOON));
    return StatusServer.start(socket, source, Set.of("central.example"), deadlines);
  }

  @AfterEach
  void end() {
    server.close();
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.port());
  }

  /** All that is answered to these bytes. */
  private String said(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String got(String path) throws IOException {
    return said("GET " + path + " HTTP/1.1\r\nHost: localhost:1\r\n\r\n");
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  private static Map<?, ?> read(String json) {
    return (Map<?, ?>)
        Objects.requireNonNull(
            new Load(LoadSettings.builder().setCodePointLimit(json.length() + 1).build())
                .loadFromString(json));
  }

  @Test
  void tellsTheStatusOfALotteryThatHasNotBegun() throws IOException {
    String body = body(got("/api/status"));
    assertThat(body.replaceAll("\"(bytes|bytes_max)\":[1-9][0-9]*", "\"$1\":1"))
        .isEqualTo(
            """
            {"version":"1.2","started":"2026-03-01T12:00:00Z","now":"2026-03-01T12:00:00Z",\
            "state":"receiving","expected":3,"missing":[1,2,3],"bets":0,"bets_per_second":[],\
            "agencies":[\
            {"agency":1,"name":null,"bets":0,"finished":false,"closed":null,"connected":false,"seconds_since_seen":null,"winners":null},\
            {"agency":2,"name":"Villa \\"María\\"","bets":0,"finished":false,"closed":null,"connected":false,"seconds_since_seen":null,"winners":null},\
            {"agency":3,"name":null,"bets":0,"finished":false,"closed":null,"connected":false,"seconds_since_seen":null,"winners":null}],\
            "seal":null,"draw":null,"refusals":{},"connections":0,"connections_total":0,\
            "journal":{"bytes":0,"fsyncs":0,"fsync_seconds":{"p50":0.0,"p99":0.0,"max":0.0}},\
            "heap":{"bytes":1,"bytes_max":1},\
            "log":{"stalled":false,"lines_dropped":0},"shared":null}
            """);
    assertThat(read(body).get("expected")).isEqualTo(3);
  }

  @Test
  void tellsWhoOwnsWhatOfASharedLottery() throws IOException {
    shared =
        new Status.Shared(
            "navidad",
            List.of(
                new Status.Partition("0", "b.example:9", false),
                new Status.Partition("draw", null, true)),
            2);

    assertThat(got("/api/status"))
        .contains(
            """
            "shared":{"name":"navidad","take_overs":2,"partitions":[\
            {"partition":"0","owner":"b.example:9","own":false},\
            {"partition":"draw","owner":null,"own":true}]}}
            """);
    assertThat(got("/metrics"))
        .contains(
            "loteria_partition_owned{partition=\"0\"} 0\n",
            "loteria_partition_owned{partition=\"draw\"} 1\n",
            "loteria_take_overs_total 2\n");
    shared = null;
    assertThat(got("/metrics")).doesNotContain("partition");
  }

  @Test
  void takesAnAgencyOfAnotherCentralForConnectedAsLongAsBetsOfItCome() throws IOException {
    String first = "\"agency\":1,\"name\":null,\"bets\":10,\"finished\":false,\"closed\":null,";
    figures.stands(1, new AgencyState(10, 0, false));

    shared = new Status.Shared("navidad", partitions(false), 0);
    assertThat(got("/api/status"))
        .contains(first + "\"connected\":true,\"seconds_since_seen\":")
        .containsOnlyOnce("\"connected\":true");

    shared = new Status.Shared("navidad", partitions(true), 0);
    assertThat(got("/api/status")).contains(first + "\"connected\":false,");
  }

  private static List<Status.Partition> partitions(boolean own) {
    return List.of(
        new Status.Partition("0", "b.example:9", own), new Status.Partition("draw", null, false));
  }

  @Test
  void isNotReadyWhereBetsMayBeLost() throws IOException {
    figures.unsafe(List.of("min.insync.replicas of navidad.bets is 1, and has to be 2"));

    assertThat(got("/readyz")).startsWith("HTTP/1.1 503 ").endsWith("unsafe\n");
    figures.unsafe(List.of());
    assertThat(got("/readyz")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void saysThatNobodyReadsTheLog() throws IOException {
    logStatus = new Status.Log(true, 12);

    assertThat(got("/readyz")).startsWith("HTTP/1.1 200 ").endsWith("receiving\nlog_stalled\n");
    assertThat(got("/api/status")).contains("\"log\":{\"stalled\":true,\"lines_dropped\":12}");
    assertThat(got("/metrics"))
        .contains("loteria_log_stalled 1\n", "loteria_log_lines_dropped_total 12\n");
  }

  @Test
  void tellsTheStatusOfALotteryThatIsDrawn() throws IOException {
    for (int agency = 1; agency <= 3; agency++) {
      figures.connected(agency, agency == 2);
      figures.heard(agency);
      figures.stands(agency, new AgencyState(100L * agency, 0, true));
    }
    figures.refused(Refusal.GAP);
    assertThat(read(body(got("/api/status"))).get("state")).isEqualTo("sealing");
    assertThat(got("/readyz")).contains("503", "sealing");
    figures.sealed(new Lottery.Sealed(new Seal(600, SHA256), SEALED_AT));
    assertThat(read(body(got("/api/status"))).get("state")).isEqualTo("sealed");
    assertThat(got("/readyz")).contains("200", "sealed");
    figures.drawn(new Winners(7574, 200, Map.of(2, 2L)), SEALED_AT.plusMillis(1));
    String answer = got("/api/status");
    Map<?, ?> status = read(body(answer));
    assertThat(status.get("state")).isEqualTo("drawn");
    assertThat(status.get("bets")).isEqualTo(600);
    assertThat(status.get("refusals")).isEqualTo(Map.of("GAP", 1));
    assertThat(status.get("seal"))
        .isEqualTo(
            Map.of(
                "bets",
                600,
                "sha256",
                SHA256,
                "closed",
                List.of(),
                "at",
                "2023-11-14T22:13:20.123Z"));
    assertThat(status.get("draw"))
        .isEqualTo(Map.of("number", 7574, "winners", 2, "at", "2023-11-14T22:13:20.124Z"));
    assertThat(answer)
        .containsPattern("\"connected\":true,\"seconds_since_seen\":\\d+,\"winners\":2}")
        .doesNotContain("30904465");
    assertThat(got("/metrics")).doesNotContain("30904465").contains("loteria_winners 2\n");
  }

  @Test
  void saysThatItStartsUntilTheJournalWasRead() throws IOException {
    figures.starting();
    figures.stands(1, new AgencyState(7, 0, true));
    assertThat(got("/readyz")).startsWith("HTTP/1.1 503 ").endsWith("starting\n");
    assertThat(got("/livez")).startsWith("HTTP/1.1 200 ");
    assertThat(read(body(got("/api/status"))).get("state")).isEqualTo("starting");
    assertThat(got("/metrics"))
        .contains("loteria_state{state=\"starting\"} 1\n")
        .doesNotContain("loteria_bets_total");
    figures.started();
    assertThat(got("/readyz")).startsWith("HTTP/1.1 200 ");
    assertThat(got("/metrics")).contains("loteria_bets_total 7\n");
    figures.stands(2, new AgencyState(3, 0, false));
    assertThat(figures.newBets()).isEqualTo(3);
  }

  @Test
  void tellsItsMetrics() throws IOException {
    figures.stands(2, new AgencyState(7, 0, false));
    String metrics = got("/metrics");
    assertThat(metrics).contains("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n");
    assertThat(body(metrics))
        .contains(
            """
            # HELP loteria_bets_total Bets that are stored, earlier runs included.
            # TYPE loteria_bets_total counter
            loteria_bets_total 7
            """,
            "loteria_agency_bets_total{agency=\"2\"} 7\n",
            "loteria_state{state=\"receiving\"} 1\n",
            "loteria_refusals_total{reason=\"GAP\"} 0\n",
            "loteria_journal_fsync_seconds_bucket{le=\"0.00005\"} 0\n",
            "loteria_journal_fsync_seconds_bucket{le=\"+Inf\"} 0\n");
  }

  @ParameterizedTest
  @CsvSource({"/, text/html", "/livez, text/plain", "/api/status?x=1, application/json"})
  void answersWithWhatABrowserMayDo(String path, String type) throws IOException {
    assertThat(got(path))
        .startsWith(
            "HTTP/1.1 200 OK\r\nDate: Sun, 01 Mar 2026 12:00:00 GMT\r\nConnection: close\r\n")
        .contains("Content-Type: " + type)
        .contains("Content-Security-Policy: default-src 'none'; script-src 'self'")
        .contains("frame-ancestors 'none'\r\nX-Content-Type-Options: nosniff\r\n");
  }

  @Test
  void saysOfAHeadWhatItWouldOfTheWhole() throws IOException {
    String whole = got("/api/status");
    assertThat(said("HEAD /api/status HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .isEqualTo(whole.substring(0, whole.length() - body(whole).length()));
  }

  @Test
  void isReadyWhenAgenciesAreServed() throws IOException {
    assertThat(got("/readyz")).startsWith("HTTP/1.1 200 ");
    figures.full(true);
    assertThat(got("/readyz")).startsWith("HTTP/1.1 503 ").endsWith("\r\n\r\nstorage_full\n");
    assertThat(got("/livez")).startsWith("HTTP/1.1 200 ");
    figures.full(false);
    figures.draining();
    assertThat(got("/readyz")).startsWith("HTTP/1.1 503 ").endsWith("\r\n\r\ndraining\n");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /absent HTTP/1.1, 404",
    "GET /page/index.html HTTP/1.1, 404",
    "GET /../StatusPage.class HTTP/1.1, 404",
    "POST /absent HTTP/1.1, 404",
    "POST /api/status HTTP/1.1, 405",
    "DELETE / HTTP/1.1, 405",
    "GET http://localhost/ HTTP/1.1, 400",
    "GET  / HTTP/1.1, 400",
    "GET /, 400",
    "G T / HTTP/1.1, 400",
    "PRI / HTTP/2.0, 505"
  })
  void refuses(String line, int code) throws IOException {
    assertThat(said(line + "\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 " + code + " ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Host: localhost\r\nHost: localhost\r\n", "Host : localhost\r\n", "Host\r\n"})
  void refusesAHeadWithoutOneHost(String headers) throws IOException {
    assertThat(said("GET / HTTP/1.1\r\n" + headers + "\r\n")).startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "LocalHost:80, 200",
    "127.0.0.1:12380, 200",
    "[::1]:1, 200",
    "172.25.125.2:9000, 200",
    "Central.example:12380, 200",
    "example.org, 421",
    "127.0.0.1.example.org, 421",
    "not.central.example, 421",
    "[::1].example.org, 421",
    "localhost.example.org:12380, 421"
  })
  void isAskedByAddressesAndByTheNamesThatItIsTold(String host, int code) throws IOException {
    assertThat(said("GET /livez HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
        .startsWith("HTTP/1.1 " + code + " ");
  }

  @Test
  void refusesAHeadThatIsTooLong() throws IOException {
    String endless = "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000);
    assertThat(said(endless)).startsWith("HTTP/1.1 431 ");
  }

  @Test
  void doesNotWaitForARequest() throws IOException {
    server.close();
    server = served(figures, new StatusServer.Deadlines(50, 10_000, 30_000, 1_000));
    assertThat(said("GET / HT")).startsWith("HTTP/1.1 408 ");
  }

  @Test
  void tellsTheRateOfEachWholeSecond() throws Exception {
    figures.stands(1, new AgencyState(7, 0, false));
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(read(body(got("/api/status"))).get("bets_per_second"))
                .asString()
                .contains("7"));
  }

  @Test
  void answersWhoHasAskedWhenItEndsAndNobodyAfterwards() throws Exception {
    figures.draining();
    assertThat(got("/api/status")).contains("\"state\":\"draining\"");
    try (Socket waiting = connect()) {
      Awaitility.await().until(() -> server.openConnections() == 1);
      server.close();
      assertThat(waiting.getInputStream().read()).isEqualTo(-1);
    }
    assertThatIOException().isThrownBy(() -> connect().close());
  }

  @Test
  void aFullPortAnswersSoAndIsOpenAgainWhenThereIsRoom() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < StatusServer.CONNECTIONS_MAX; i++) {
        silent.add(connect());
      }
      Awaitility.await().until(() -> server.openConnections() == StatusServer.CONNECTIONS_MAX);
      assertThat(got("/livez"))
          .startsWith("HTTP/1.1 503 ")
          .contains("Retry-After: 1\r\n")
          .endsWith("64 connections are open: try again\n");
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
    Awaitility.await().until(() -> server.openConnections() == 0);
    assertThat(got("/livez")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void answersAHeadThatComesByteByByte() throws Exception {
    try (Socket socket = connect()) {
      socket.setTcpNoDelay(true);
      for (byte octet :
          "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII)) {
        socket.getOutputStream().write(octet);
        TimeUnit.MILLISECONDS.sleep(1);
      }
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .endsWith("\r\n\r\nok\n");
    }
  }

  /** Each asks for some 7 MB, and reads nothing: one rendering is for all of them. */
  @Test
  void manyAgenciesAndReadersThatDoNotReadCostOneRenderingAndAreClosed() throws Exception {
    server.close();
    server = served(new Figures(65_535), new StatusServer.Deadlines(10_000, 500, 30_000, 100));
    Runtime.getRuntime().gc();
    long before = used();
    List<Socket> readers = new ArrayList<>();
    try {
      for (int i = 0; i < 60; i++) {
        Socket reader = new Socket();
        reader.setReceiveBufferSize(4096);
        reader.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        String path = i % 2 == 0 ? "/api/status" : "/metrics";
        reader
            .getOutputStream()
            .write(("GET " + path + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        readers.add(reader);
      }
      for (Socket reader : readers) {
        assertThat(reader.getInputStream().read()).isEqualTo('H');
      }
      Runtime.getRuntime().gc();
      assertThat(used() - before).as("held, in bytes").isLessThan(150L << 20);
      Awaitility.await().until(() -> server.openConnections() == 0);
      assertThat(got("/livez")).as("who reads").startsWith("HTTP/1.1 200 ");
    } finally {
      for (Socket reader : readers) {
        reader.close();
      }
    }
    assertThat(read(body(got("/api/status"))).get("expected")).isEqualTo(65_535);
  }

  private static long used() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
