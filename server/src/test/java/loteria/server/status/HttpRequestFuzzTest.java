package loteria.server.status;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is asked at the status port is a request without surprises in it, or is told it is none.
 */
class HttpRequestFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "GET / HTTP/1.1\r\nHost: localhost:12380\r\n\r\n",
            "GET /api/status?x HTTP/1.1\r\nhost:[::1]\r\nAccept: */*\r\n\r\n",
            "HEAD /metrics HTTP/1.0\r\n\r\n",
            "GET / HTTP/2.0\r\n\r\n",
            "GET  / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
            "\r\n\r\n",
            "\u0016\u0003\u0001\r\n\r\n")
        .map(text -> text.getBytes(ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void isPlainOrRefused(byte[] asked) {
    int end = HttpRequest.end(asked, asked.length);
    if (end >= 0 && HttpRequest.parse(asked, end) instanceof HttpRequest.Valid valid) {
      assertThat(valid.method()).matches("[!-~]+");
      assertThat(valid.path()).matches("/[!->@-~]*");
      if (valid.host() != null) {
        assertThat(valid.host()).doesNotContain("\r\n");
      }
    }
  }
}
