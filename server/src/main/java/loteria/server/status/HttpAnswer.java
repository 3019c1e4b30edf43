package loteria.server.status;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the status port: a head, and a body that may be shared with others. Each is the last
 * one of its connection. For one thread.
 */
final class HttpAnswer {
  /**
   * RFC 9110, section 5.6.7: a day has two digits, where {@code RFC_1123_DATE_TIME} may write one.
   */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private static final String TEXT = "text/plain; charset=utf-8";

  /** What a browser may do with what it gets here: show it by itself, with what is of this port. */
  private static final String SECURITY =
      """
      Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
      font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'
      X-Content-Type-Options: nosniff
      X-Frame-Options: DENY
      Referrer-Policy: no-referrer
      Cross-Origin-Resource-Policy: same-origin
      """;

  /** The status codes that are said (RFC 9110). */
  enum Code {
    OK(200, "OK"),
    BAD_REQUEST(400, "Bad Request"),
    NOT_FOUND(404, "Not Found"),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
    REQUEST_TIMEOUT(408, "Request Timeout"),
    MISDIRECTED(421, "Misdirected Request"),
    HEADERS_TOO_LARGE(431, "Request Header Fields Too Large"),
    UNAVAILABLE(503, "Service Unavailable"),
    VERSION_NOT_SUPPORTED(505, "HTTP Version Not Supported");

    private final int number;
    private final String phrase;

    Code(int number, String phrase) {
      this.number = number;
      this.phrase = phrase;
    }
  }

  private final byte[] head;
  private byte[] body;
  private Rendering.@Nullable Shared shared;

  private HttpAnswer(Instant now, Code code, String contentType, byte[] body, String header) {
    this.head = head(now, code, contentType, body.length, header);
    this.body = body;
  }

  /**
   * One line of text.
   *
   * @param header one line more of the head with its end, or nothing
   */
  static HttpAnswer line(Instant now, Code code, String line, String header) {
    return new HttpAnswer(now, code, TEXT, (line + "\n").getBytes(StandardCharsets.UTF_8), header);
  }

  static HttpAnswer of(Instant now, StatusPage.Content content) {
    return new HttpAnswer(now, Code.OK, content.contentType(), content.bytes(), "");
  }

  /** A rendering, which is released when the answer is. */
  static HttpAnswer of(Instant now, String contentType, Rendering.Shared rendering) {
    HttpAnswer answer = new HttpAnswer(now, Code.OK, contentType, rendering.bytes, "");
    answer.shared = rendering;
    return answer;
  }

  /** The same head, as HEAD asks for it. */
  HttpAnswer withoutBody() {
    body = new byte[0];
    release();
    return this;
  }

  private static byte[] head(
      Instant now, Code code, String contentType, int length, String header) {
    String date = DATE.format(now.atOffset(ZoneOffset.UTC));
    String head =
        """
        HTTP/1.1 %d %s
        Date: %s
        Connection: close
        Cache-Control: no-store
        Content-Type: %s
        Content-Length: %d
        %s%s
        """
            .formatted(code.number, code.phrase, date, contentType, length, header, SECURITY);
    return head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** All of it, in bytes. */
  int length() {
    return head.length + body.length;
  }

  /** Copies what comes from a place on, as much as there is room for. */
  void copy(int from, ByteBuffer into) {
    int next = from;
    if (next < head.length) {
      int count = Math.min(head.length - next, into.remaining());
      into.put(head, next, count);
      next += count;
    }
    if (next >= head.length) {
      int start = next - head.length;
      into.put(body, start, Math.min(body.length - start, into.remaining()));
    }
  }

  /** It is written, or never will be. Idempotent. */
  void release() {
    if (shared != null) {
      shared.release();
      shared = null;
    }
  }
}
