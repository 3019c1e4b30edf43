package loteria.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusCommandTest {
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
  void laysATable() {
    assertThat(StatusTable.of(DRAWN))
        .containsExactly(
            "Lotería: drawn, since 2026-03-01T12:00:00Z",
            "1,500 bets, 200/s; 2 of 3 agencies finished; 1 connections",
            "",
            "agency         bets                                              seen  winners",
            "     1        1,000  ########################  finished           7 s  2",
            "     2          500  ############............  finished           0 s  0",
            "     3            0  ........................  closed               -  0",
            "",
            "sealed: 1,500 bets",
            "  abcd",
            "  without the rest of agencies 3, which were closed",
            "drawn: number 0074, 2 winners",
            "refused: GAP 1",
            "journal: 12,345 bytes, 12 fsyncs; 1.0 ms in the middle, 99% in 4.0, all in 10.0");
  }

  @Test
  void staysWithinEightyColumnsHoweverManyAreMissing() {
    StringBuilder missing = new StringBuilder("10001");
    for (int agency = 10_002; agency < 60_000; agency++) {
      missing.append(',').append(agency);
    }
    String json =
        DRAWN
            .replace("\"missing\":[]", "\"missing\":[" + missing + "]")
            .replace("12345", "9000000000000000000")
            .replace("drawn", "storage_full");
    assertThat(StatusTable.of(json))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(80))
        .contains("Lotería: storage full, since 2026-03-01T12:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "[]", "{}", "{\"state\":1}", "{\"state\""})
  void refusesWhatIsNoStatus(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> StatusTable.of(text));
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

  @ParameterizedTest
  @ValueSource(strings = {"here", "ftp://127.0.0.1", "http://", "file:///etc/passwd"})
  void refusesWhatIsNoUrl(String url) {
    assertThat(Told.byLoteria("status", url).code()).isEqualTo(2);
  }
}
