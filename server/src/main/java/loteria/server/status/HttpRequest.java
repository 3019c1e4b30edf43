package loteria.server.status;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks the status port: the head of an HTTP/1 request (RFC 9112), without what is of
 * no use here. A body is never looked at.
 */
sealed interface HttpRequest {
  /** The longest head, with the empty line that ends it. */
  int HEAD_BYTES_MAX = 8192;

  /**
   * A request.
   *
   * @param path without its query
   * @param host as the client has it, with a port if it has one; null if HTTP/1.0 says none
   */
  record Valid(String method, String path, @Nullable String host) implements HttpRequest {}

  /** What is none, and is answered so. */
  record Invalid(HttpAnswer.Code code, String reason) implements HttpRequest {}

  /** Where the head ends, past its empty line; -1 if that has not come yet. */
  static int end(byte[] bytes, int length) {
    for (int i = 3; i < length; i++) {
      if (bytes[i] == '\n'
          && bytes[i - 1] == '\r'
          && bytes[i - 2] == '\n'
          && bytes[i - 3] == '\r') {
        return i + 1;
      }
    }
    return -1;
  }

  /** Reads a head, whose last bytes are its empty line. */
  static HttpRequest parse(byte[] head, int length) {
    String text = new String(head, 0, length - 4, StandardCharsets.ISO_8859_1);
    String[] lines = text.split("\r\n", -1);
    String[] words = lines[0].split(" ", -1);
    if (words.length != 3 || !isToken(words[0]) || !words[2].matches("HTTP/[0-9]\\.[0-9]")) {
      return new Invalid(HttpAnswer.Code.BAD_REQUEST, "not a request line of HTTP/1");
    }
    if (!words[2].startsWith("HTTP/1.")) {
      return new Invalid(HttpAnswer.Code.VERSION_NOT_SUPPORTED, "this is HTTP/1.1");
    }
    if (!words[1].matches("/[!-~]*")) {
      return new Invalid(HttpAnswer.Code.BAD_REQUEST, "not a path");
    }
    String host = null;
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon < 1 || !isToken(lines[i].substring(0, colon))) {
        return new Invalid(HttpAnswer.Code.BAD_REQUEST, "not a header line");
      }
      if (lines[i].substring(0, colon).equalsIgnoreCase("host")) {
        if (host != null) {
          return new Invalid(HttpAnswer.Code.BAD_REQUEST, "two Host headers");
        }
        host = lines[i].substring(colon + 1).strip();
      }
    }
    if (host == null && !words[2].equals("HTTP/1.0")) {
      return new Invalid(HttpAnswer.Code.BAD_REQUEST, "no Host header");
    }
    int query = words[1].indexOf('?');
    return new Valid(words[0], query < 0 ? words[1] : words[1].substring(0, query), host);
  }

  private static boolean isToken(String word) {
    return word.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  }
}
