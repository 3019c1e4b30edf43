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
import loteria.server.control.NoCentralException;
import loteria.tool.command.UsageException;

/** Asks a central's status port. */
final class StatusClient {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 5_000;

  /** What a central of the most agencies says is some 10 MB. */
  private static final int BYTES_MAX = 1 << 25;

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
    boolean url = given.contains("://");
    try {
      address =
          new URI((url ? given : "http://" + given).replace("//0.0.0.0:", "//127.0.0.1:"))
              .resolve("/api/status");
    } catch (URISyntaxException | IllegalArgumentException _) {
      throw wrong(given);
    }
    boolean reachable =
        address.getHost() != null
            && (url || address.getPort() >= 0)
            && address.getPort() <= Character.MAX_VALUE;
    if (!"http".equals(address.getScheme()) || !reachable) {
      throw wrong(given);
    }
  }

  private static UsageException wrong(String given) {
    return new UsageException(
        "'" + given + "' is not an address such as 127.0.0.1:12380, nor a URL of http");
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
