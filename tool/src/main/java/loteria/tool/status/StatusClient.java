package loteria.tool.status;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import loteria.runtime.settings.HostPort;
import loteria.server.control.NoCentralException;
import loteria.tool.command.UsageException;

/** Asks a central's status port. */
final class StatusClient {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 5_000;

  /** What a central of the most agencies says is some 10 MB. */
  private static final int BYTES_MAX = 1 << 25;

  private static final String HTTP = "http://";

  private final URI address;
  private final int readMillis;

  /**
   * The port at an address such as {@code 127.0.0.1:12380}, or a URL such as {@code
   * http://127.0.0.1:12380}. A central that listens on all addresses is asked on the loopback.
   *
   * @throws UsageException if it is neither
   */
  StatusClient(String given) throws UsageException {
    this(given, READ_MILLIS);
  }

  /** One that waits so long for each part of an answer. */
  StatusClient(String given, int readMillis) throws UsageException {
    this.readMillis = readMillis;
    try {
      address = address(given);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(
          "'%s' %s; allowed: an address such as 127.0.0.1:12380, or a URL of http"
              .formatted(given, wrong.getMessage()));
    }
  }

  private static URI address(String given) {
    boolean url = given.startsWith(HTTP);
    String written = url ? given.substring(HTTP.length()) : given;
    if (!written.contains("://")) {
      written = written.split("/", 2)[0];
    }
    if (url && written.lastIndexOf(':') <= written.lastIndexOf(']')) {
      written += ":80";
    }
    HostPort at = HostPort.parse(written, 1);
    String host = at.host().equals("0.0.0.0") ? "127.0.0.1" : at.host();
    try {
      return new URI(HTTP + new HostPort(host, at.port()) + "/api/status");
    } catch (URISyntaxException noHost) {
      throw new IllegalArgumentException("names no host", noHost);
    }
  }

  /**
   * The status, as JSON.
   *
   * @throws NoCentralException if nobody answers, or nobody who is a central
   */
  String ask() throws NoCentralException {
    boolean connected = false;
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(readMillis);
      connection.connect();
      connected = true;
      connection.setInstanceFollowRedirects(false);
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException("what is there says " + connection.getResponseCode());
      }
      try (InputStream body = connection.getInputStream()) {
        byte[] answer = body.readNBytes(BYTES_MAX);
        return new String(answer, StandardCharsets.UTF_8).strip();
      } finally {
        connection.disconnect();
      }
    } catch (SocketTimeoutException late) {
      int millis = connected ? readMillis : CONNECT_MILLIS;
      throw new NoCentralException(
          "the central at %s did not answer within %d s"
              .formatted(address, TimeUnit.MILLISECONDS.toSeconds(millis)));
    } catch (IOException failed) {
      throw new NoCentralException("no central answers at %s: %s".formatted(address, said(failed)));
    }
  }

  private static String said(IOException failed) {
    if (failed instanceof UnknownHostException) {
      return "the name is not known";
    }
    return failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
  }
}
