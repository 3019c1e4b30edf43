package loteria.bench.lab;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import loteria.protocol.Message;

/**
 * A real central.
 *
 * @param port of its own, on which it serves
 */
public record Central(Lab lab, Program program, int port, Path data) implements AutoCloseable {
  /** Enough for all that come at once. */
  private static final int BACKLOG = 4096;

  private static final String NAME = "127.0.0.1";

  private static final Pattern SYNC_SECONDS_P99 = Pattern.compile("\"p99\":([0-9.]+)");

  /** One with the window that it grants unless told otherwise. */
  public static Central start(Lab lab, Path data, int agencies) throws IOException {
    return start(lab, data, agencies, Map.of());
  }

  /** One that is told something by its environment. */
  public static Central start(Lab lab, Path data, int agencies, Map<String, String> environment)
      throws IOException {
    List<Object> words = new ArrayList<>(List.of("--bind", NAME, "--server-port", 0));
    words.addAll(List.of("--status", NAME + ":0", "--server-listen-backlog", BACKLOG));
    words.addAll(List.of("--agencies", agencies, "--data-directory", data));
    Program program = lab.central(environment, words.toArray());
    int port = (int) program.await("action: listen").number("port");
    return new Central(lab, program, port, data);
  }

  /** A real agency, whose file is in a folder. */
  public Program agency(int id, Path files, int batchBetsMax) throws IOException {
    return lab.agency(id, NAME + ":" + port, files, batchBetsMax);
  }

  /** Fails if this is not the window that the central grants: an older one knows no setting. */
  public void requireWindow(int window, int agency) throws IOException {
    try (Peer peer = Peer.at(port)) {
      Message.Welcome welcome = peer.greet(agency);
      if (welcome.window() != window) {
        throw new IOException(
            "the central grants a window of %d, not %d".formatted(welcome.window(), window));
      }
    }
  }

  /** What 99 % of its fsyncs have taken no longer than, since it started, as its status says. */
  public double syncMillisP99() throws IOException {
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

  @Override
  public void close() {
    program.close();
  }
}
