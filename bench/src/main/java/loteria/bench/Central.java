package loteria.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import loteria.protocol.Message;

/** A real central that serves on a port of its own. */
final class Central implements AutoCloseable {
  /** The window that it grants unless told otherwise. */
  static final int WINDOW = 16;

  /** Enough for all that come at once. */
  private static final int BACKLOG = 4096;

  private static final String NAME = "127.0.0.1";

  private static final Pattern SYNC_SECONDS_P99 = Pattern.compile("\"p99\":([0-9.]+)");

  private final Lab lab;
  private final Program program;
  private final int port;
  private final Path data;

  private Central(Lab lab, Program program, int port, Path data) {
    this.lab = lab;
    this.program = program;
    this.port = port;
    this.data = data;
  }

  static Central start(Lab lab, Path data, int agencies, int window) throws IOException {
    return serving(lab, lab.central(environment(window), arguments(data, agencies)), data);
  }

  /** A central whose JVM is given one flag more. */
  static Central startWith(String flag, Lab lab, Path data, int agencies) throws IOException {
    return serving(
        lab, lab.centralWith(flag, environment(WINDOW), arguments(data, agencies)), data);
  }

  private static Central serving(Lab lab, Program program, Path data) throws IOException {
    int port = (int) program.await("action: listen").number("port");
    return new Central(lab, program, port, data);
  }

  private static Map<String, String> environment(int window) {
    return Map.of("LOTERIA_WINDOW", Integer.toString(window));
  }

  private static String[] arguments(Path data, int agencies) {
    return new String[] {
      "--bind",
      NAME,
      "--server-port",
      "0",
      "--status",
      NAME + ":0",
      "--server-listen-backlog",
      Integer.toString(BACKLOG),
      "--agencies",
      Integer.toString(agencies),
      "--data-directory",
      data.toString()
    };
  }

  /** A real agency, whose file is in a folder. */
  Program agency(int id, Path files, int batchBetsMax) throws IOException {
    return lab.agency(
        "--id", Integer.toString(id),
        "--server-address", NAME + ":" + port,
        "--data", files.toString(),
        "--batch-max-amount", Integer.toString(batchBetsMax));
  }

  /** Fails if this is not the window that the central grants: an older one knows no setting. */
  void requireWindow(int window, int agency) throws IOException {
    try (Peer peer = Peer.at(port)) {
      Message.Welcome welcome = peer.greet(agency);
      if (welcome.window() != window) {
        throw new IOException(
            "the central grants a window of %d, not %d".formatted(welcome.window(), window));
      }
    }
  }

  /** What 99 % of its fsyncs have taken no longer than, since it started, as its status says. */
  double syncMillisP99() throws IOException {
    long statusPort = program.await("action: status").number("port");
    URL status = URI.create("http://%s:%d/api/status".formatted(NAME, statusPort)).toURL();
    try (InputStream answer = status.openStream()) {
      String json = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
      Matcher p99 = SYNC_SECONDS_P99.matcher(json);
      if (!p99.find()) {
        throw new IOException("the central's status has no fsync times: " + json);
      }
      return Double.parseDouble(p99.group(1)) * 1e3;
    }
  }

  int port() {
    return port;
  }

  Path data() {
    return data;
  }

  Program program() {
    return program;
  }

  @Override
  public void close() {
    program.close();
  }
}
