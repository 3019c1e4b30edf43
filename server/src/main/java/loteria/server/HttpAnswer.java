package loteria.server;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * An answer of the status port. Each is the last one of its connection.
 *
 * @param length of the body in bytes, or {@link #ENDLESS}
 * @param header one line more of its head, or nothing
 */
record HttpAnswer(Code code, String contentType, long length, String header) {
  /** The length of a body that ends with its connection. */
  static final long ENDLESS = -1;

  static final String TEXT = "text/plain; charset=utf-8";

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

  /** The head, as it is on the wire. */
  byte[] head(Instant now) {
    StringBuilder head = new StringBuilder();
    head.append("HTTP/1.1 %d %s\n".formatted(code.number, code.phrase));
    head.append("Date: ")
        .append(DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)))
        .append('\n');
    head.append("Connection: close\n");
    head.append("Cache-Control: no-store\n");
    head.append("Content-Type: ").append(contentType).append('\n');
    if (length != ENDLESS) {
      head.append("Content-Length: ").append(length).append('\n');
    }
    if (!header.isEmpty()) {
      head.append(header).append('\n');
    }
    head.append(SECURITY).append('\n');
    return head.toString().replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
  }
}
