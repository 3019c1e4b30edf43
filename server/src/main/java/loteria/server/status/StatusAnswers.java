package loteria.server.status;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the status port answers to what. For one thread. */
final class StatusAnswers {
  private final StatusServer.Source source;
  private final Set<String> names;
  private final Rendering json;
  private final Rendering metrics;

  /**
   * @param names the host names by which it may be asked, besides localhost and addresses
   */
  StatusAnswers(StatusServer.Source source, Set<String> names) {
    this.source = source;
    this.names = names;
    this.json = new Rendering(source, status -> StatusJson.of(status) + "\n");
    this.metrics = new Rendering(source, MetricsText::of);
  }

  HttpAnswer to(HttpRequest request) throws IOException {
    return switch (request) {
      case HttpRequest.Invalid(HttpAnswer.Code code, String reason) -> line(code, reason);
      case HttpRequest.Valid valid when !mayAsk(valid.host()) ->
          line(
              HttpAnswer.Code.MISDIRECTED,
              "this port is asked by an address, as localhost, or by a name of --status-names");
      case HttpRequest.Valid valid -> to(valid);
    };
  }

  private HttpAnswer to(HttpRequest.Valid request) throws IOException {
    Optional<HttpAnswer> known = at(request.path());
    HttpAnswer answer =
        known.isPresent() ? known.get() : line(HttpAnswer.Code.NOT_FOUND, "nothing is here");
    if (request.method().equals("HEAD")) {
      return answer.withoutBody();
    }
    if (known.isEmpty() || request.method().equals("GET")) {
      return answer;
    }
    answer.release();
    return line(HttpAnswer.Code.METHOD_NOT_ALLOWED, "only to be read", "Allow: GET, HEAD\n");
  }

  private Optional<HttpAnswer> at(String path) throws IOException {
    return switch (path) {
      case "/api/status" ->
          Optional.of(HttpAnswer.of(source.now(), "application/json", json.take()));
      case "/metrics" ->
          Optional.of(HttpAnswer.of(source.now(), MetricsText.CONTENT_TYPE, metrics.take()));
      case "/livez" -> Optional.of(line(HttpAnswer.Code.OK, "ok"));
      case "/readyz" -> Optional.of(ready());
      default -> StatusPage.at(path).map(content -> HttpAnswer.of(source.now(), content));
    };
  }

  private HttpAnswer ready() {
    Status.State state = source.state();
    return line(
        state.isReady() ? HttpAnswer.Code.OK : HttpAnswer.Code.UNAVAILABLE,
        state + (source.log().stalled() ? "\nlog_stalled" : ""));
  }

  HttpAnswer full() {
    return line(
        HttpAnswer.Code.UNAVAILABLE,
        StatusServer.CONNECTIONS_MAX + " connections are open: try again",
        "Retry-After: 1\n");
  }

  HttpAnswer tooLarge() {
    return line(
        HttpAnswer.Code.HEADERS_TOO_LARGE,
        "a head of more than " + HttpRequest.HEAD_BYTES_MAX + " bytes");
  }

  HttpAnswer tooLate(long millis) {
    return line(HttpAnswer.Code.REQUEST_TIMEOUT, "no request in " + millis + " ms");
  }

  private HttpAnswer line(HttpAnswer.Code code, String line) {
    return line(code, line, "");
  }

  private HttpAnswer line(HttpAnswer.Code code, String line, String header) {
    return HttpAnswer.line(source.now(), code, line, header);
  }

  /** Throws away what nobody reads and is old. */
  void throwAway() {
    json.throwAway();
    metrics.throwAway();
  }

  /**
   * Whether the client means this port. A page of somebody else can have its own name lead here,
   * and would then be let read what is here ("DNS rebinding"); but the browser still says that
   * name. An address cannot be made to lead elsewhere. HTTP/1.0 needs no host, and browsers do not
   * speak it.
   */
  private boolean mayAsk(@Nullable String host) {
    if (host == null) {
      return true;
    }
    String name = host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.matches("\\[[0-9a-f:.]+(%[0-9a-z]+)?]")
        || name.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")
        || names.contains(name);
  }
}
