package loteria.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One connection to the status port: a request, its answer, and the end. */
final class StatusExchange implements Runnable, AutoCloseable {
  private static final String TEXT = HttpAnswer.TEXT;
  private static final String JSON = "application/json";
  private static final String EVENTS = "text/event-stream";

  /** How much is read of what comes after the head, so that the answer is not lost in a reset. */
  private static final int REST_BYTES_MAX = 1 << 16;

  private final Socket socket;
  private final StatusSource source;
  private final StatusEvents events;
  private final StatusServer.Deadlines deadlines;
  private final AtomicBoolean closed = new AtomicBoolean();

  StatusExchange(
      Socket socket, StatusSource source, StatusEvents events, StatusServer.Deadlines deadlines) {
    this.socket = socket;
    this.source = source;
    this.events = events;
    this.deadlines = deadlines;
  }

  @Override
  public void run() {
    try (this) {
      socket.setTcpNoDelay(true);
      TimedInput in = new TimedInput(socket);
      TimedOutput out = new TimedOutput(socket, deadlines.unread());
      new Answering(out).answer(request(in));
      socket.shutdownOutput();
      drain(in);
    } catch (IOException _) {
      // The client is gone or slow, or the central is going down: this connection is over.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest request(TimedInput in) throws IOException {
    byte[] head = new byte[HttpRequest.HEAD_BYTES_MAX];
    long deadline = TimedInput.in(deadlines.request());
    int length = 0;
    try {
      while (length < head.length) {
        int read = in.read(head, length, head.length - length, deadline);
        if (read < 0) {
          throw new IOException("no whole request");
        }
        length += read;
        int end = HttpRequest.end(head, length);
        if (end >= 0) {
          return HttpRequest.parse(head, end);
        }
      }
    } catch (SocketTimeoutException _) {
      return new HttpRequest.Invalid(
          HttpAnswer.Code.REQUEST_TIMEOUT, "no request in %d ms".formatted(deadlines.request()));
    }
    return new HttpRequest.Invalid(
        HttpAnswer.Code.HEADERS_TOO_LARGE,
        "a head of more than %d bytes".formatted(HttpRequest.HEAD_BYTES_MAX));
  }

  private void drain(TimedInput in) throws IOException {
    byte[] ignored = new byte[4096];
    long deadline = TimedInput.in(deadlines.drain());
    int rest = 0;
    int read = 0;
    while (read >= 0 && rest < REST_BYTES_MAX) {
      read = in.read(ignored, 0, ignored.length, deadline);
      rest += read;
    }
  }

  /** Closes the socket, which ends whatever waits for it. Thread-safe. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      socket.close();
    } catch (IOException _) {
      // Nothing more can be done for it.
    }
  }

  /** Answers one request. */
  private final class Answering {
    private final TimedOutput out;

    Answering(TimedOutput out) {
      this.out = out;
    }

    void answer(HttpRequest request) throws IOException, InterruptedException {
      switch (request) {
        case HttpRequest.Invalid(HttpAnswer.Code code, String reason) -> say(code, reason, true);
        case HttpRequest.Valid valid when !isForHere(valid) ->
            say(
                HttpAnswer.Code.MISDIRECTED,
                "this port is asked by an address of the loopback or as localhost",
                true);
        case HttpRequest.Valid valid -> answer(valid);
      }
    }

    private void answer(HttpRequest.Valid request) throws IOException, InterruptedException {
      Optional<StatusPage.Content> page = StatusPage.at(request.path());
      boolean known =
          switch (request.path()) {
            case "/api/status", "/api/events", "/metrics", "/livez", "/readyz" -> true;
            default -> page.isPresent();
          };
      boolean body = request.method().equals("GET");
      if (!known) {
        say(HttpAnswer.Code.NOT_FOUND, "nothing is here", !request.method().equals("HEAD"));
      } else if (!body && !request.method().equals("HEAD")) {
        say(
            HttpAnswer.Code.METHOD_NOT_ALLOWED,
            TEXT,
            "only to be read\n",
            "Allow: GET, HEAD",
            true);
      } else {
        switch (request.path()) {
          case "/api/status" ->
              say(HttpAnswer.Code.OK, JSON, StatusJson.of(source.status()) + "\n", "", body);
          case "/api/events" -> follow(body);
          case "/metrics" ->
              say(
                  HttpAnswer.Code.OK,
                  MetricsText.CONTENT_TYPE,
                  MetricsText.of(source.status()),
                  "",
                  body);
          case "/livez" -> say(HttpAnswer.Code.OK, "ok", body);
          case "/readyz" -> sayWhetherReady(body);
          default -> {
            StatusPage.Content content = page.orElseThrow();
            say(HttpAnswer.Code.OK, content.contentType(), content.text(), "", body);
          }
        }
      }
    }

    private void sayWhetherReady(boolean body) throws IOException {
      Status.State state = source.figures().state();
      say(
          state.isReady() ? HttpAnswer.Code.OK : HttpAnswer.Code.UNAVAILABLE,
          state + (source.log().stalled() ? "\nlog_stalled" : ""),
          body);
    }

    private void follow(boolean body) throws IOException, InterruptedException {
      Optional<StatusEvents.Listener> listening = events.listen();
      if (listening.isEmpty()) {
        say(
            HttpAnswer.Code.UNAVAILABLE,
            "%d are listening".formatted(StatusEvents.LISTENERS_MAX),
            body);
        return;
      }
      try (StatusEvents.Listener listener = listening.get()) {
        sayHead(new HttpAnswer(HttpAnswer.Code.OK, EVENTS, HttpAnswer.ENDLESS, ""), new byte[0]);
        if (!body) {
          return;
        }
        out.write("retry: 1000\n\n".getBytes(StandardCharsets.US_ASCII));
        for (Optional<byte[]> event = listener.next(); event.isPresent(); event = listener.next()) {
          out.write(event.get());
        }
      }
    }

    private void say(HttpAnswer.Code code, String line, boolean body) throws IOException {
      say(code, TEXT, line + "\n", "", body);
    }

    private void say(
        HttpAnswer.Code code, String contentType, String text, String header, boolean body)
        throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      sayHead(new HttpAnswer(code, contentType, bytes.length, header), body ? bytes : new byte[0]);
    }

    /** In one writing, so that a short answer is one packet. */
    private void sayHead(HttpAnswer answer, byte[] body) throws IOException {
      byte[] head = answer.head(source.status().now());
      byte[] whole = Arrays.copyOf(head, head.length + body.length);
      System.arraycopy(body, 0, whole, head.length, body.length);
      out.write(whole);
    }
  }

  /**
   * Whether the client means this machine's own loopback, where that is all that the port listens
   * on. A page of somebody else can have its name lead there, and would then be let read what is
   * here ("DNS rebinding"); but the browser still says that name.
   */
  private boolean isForHere(HttpRequest.Valid request) {
    String host = request.host();
    InetAddress local = socket.getLocalAddress();
    if (host == null || !local.isLoopbackAddress()) {
      return true;
    }
    String name = host.replaceFirst(":[0-9]*$", "");
    return name.equalsIgnoreCase("localhost")
        || name.equals("[::1]")
        || name.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
  }
}
