package loteria.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import loteria.client.connection.Cancellation;
import loteria.client.connection.Dialer;
import loteria.client.connection.RetryPolicy;
import loteria.protocol.Frame;
import loteria.runtime.ExitCode;
import loteria.tls.UntrustedException;

/**
 * Says a few messages to the central, each over a connection of its own, and reads them back:
 * exercises 1 to 4.
 */
final class EchoLoop {
  private static final int LINE_BYTES_MAX = 8192;

  private final AgencySettings settings;
  private final RetryPolicy retries;
  private final Dialer dialer;
  private final Cancellation cancellation;
  private final ClientLog log;

  EchoLoop(AgencySettings settings, RetryPolicy retries, Dialer dialer, ClientLog log) {
    this.settings = settings;
    this.retries = retries;
    this.dialer = dialer;
    this.cancellation = dialer.cancellation();
    this.log = log;
  }

  /**
   * Runs the loop.
   *
   * @return the program's exit code
   */
  int run() throws InterruptedException {
    for (int n = 1; n <= settings.loopAmount(); n++) {
      if (n > 1) {
        cancellation.sleep(settings.loopPeriod());
      }
      String message = "[CLIENT " + settings.id() + "] Message N°" + n;
      try {
        Optional<Socket> connected = connect();
        if (connected.isEmpty()) {
          return cancellation.isCancelled() ? ExitCode.DONE : ExitCode.UNREACHABLE;
        }
        try (Socket socket = connected.get()) {
          String answer = exchange(socket, message);
          if (answer.equals(Frame.TLS_ONLY_LINE)) {
            log.untrusted(dialer.address(), answer);
            return ExitCode.UNTRUSTED;
          }
          if (!answer.equals(message)) {
            throw new IOException("the central answers something else: " + answer);
          }
          log.messageReceived(answer);
        } finally {
          log.connectionClosed();
        }
      } catch (UntrustedException untrusted) {
        log.untrusted(dialer.address(), String.valueOf(untrusted.getMessage()));
        return ExitCode.UNTRUSTED;
      } catch (IOException failed) {
        if (cancellation.isCancelled()) {
          return ExitCode.DONE;
        }
        log.messageFailed(failed);
        return ExitCode.FAILED;
      }
    }
    log.loopFinished();
    return ExitCode.DONE;
  }

  /** A connection, sooner or later; empty when patience is over or a signal came. */
  private Optional<Socket> connect() throws InterruptedException, UntrustedException {
    retries.reset();
    while (!cancellation.isCancelled()) {
      try {
        return Optional.of(dialer.dial());
      } catch (UntrustedException untrusted) {
        throw untrusted;
      } catch (IOException failed) {
        String why = String.valueOf(failed.getMessage());
        if (cancellation.isCancelled() || !dialer.waitForNext(why, retries, log)) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static String exchange(Socket socket, String message) throws IOException {
    socket.getOutputStream().write((message + "\n").getBytes(StandardCharsets.UTF_8));
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int read = in.read();
    while (read >= 0 && read != '\n' && line.size() < LINE_BYTES_MAX) {
      line.write(read);
      read = in.read();
    }
    if (read != '\n') {
      throw new IOException("the central's answer has no end of line");
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
