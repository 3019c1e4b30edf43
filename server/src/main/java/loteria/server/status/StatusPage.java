package loteria.server.status;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The page for people: the files of a fixed table, which lie in the program's jar. */
final class StatusPage {
  private static final String INDEX = "index.html";

  /** All that there is; what is asked for is never looked up as a name of a file. */
  private static final Set<String> FILES =
      Set.of(
          INDEX,
          "page.css",
          "agencies.js",
          "elements.js",
          "english.js",
          "facts.js",
          "field.js",
          "headline.js",
          "page.js",
          "rate.js",
          "spanish.js",
          "poll.js",
          "words.js",
          "icon-drawn.svg",
          "icon-receiving.svg",
          "icon-trouble.svg");

  private static final Map<String, String> CONTENT_TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private StatusPage() {}

  /** What a file says, in UTF-8 as all of them, and what it is. */
  record Content(String text, String contentType) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** What is at a path, if anything is. */
  static Optional<Content> at(String path) throws IOException {
    String name = path.equals("/") ? INDEX : path.substring(1);
    if (!FILES.contains(name)) {
      return Optional.empty();
    }
    try (InputStream in = StatusPage.class.getResourceAsStream("page/" + name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(
              new Content(
                  new String(in.readAllBytes(), StandardCharsets.UTF_8), contentType(name)));
    }
  }

  private static String contentType(String name) {
    return CONTENT_TYPES.getOrDefault(
        name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
  }
}
