package loteria.server.control;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import loteria.runtime.ExitCode;
import loteria.runtime.settings.BadSettingException;
import loteria.runtime.settings.UsageException;
import loteria.server.CentralSettings;

/**
 * Asks the central of this machine whether it lives, as its image does every few seconds: exits 0
 * if it does, else 1 with a line that says why not. It finds the central by the settings that the
 * central itself has, but for those on its command line.
 *
 * <p>By the control socket, which leaves no line in the log and has no port that could be
 * another's; it is there as long as the central listens. On a file system that has no sockets, by a
 * connection.
 */
public final class Health {
  /** What is asked over the control socket. */
  static final String QUESTION = "alive";

  /** What a central that lives answers. */
  static final String ANSWER = "alive\n";

  private static final int MILLIS = 2_000;

  private Health() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    int code = ExitCode.FAILED;
    try {
      CentralSettings settings = CentralSettings.read(arguments, System.getenv());
      ask(settings.dataDirectory(), settings.port());
      code = ExitCode.DONE;
    } catch (IOException | UsageException | BadSettingException why) {
      System.err.println("no central answers: " + why.getMessage());
    }
    System.exit(code);
  }

  /**
   * Returns if a central answers.
   *
   * @throws IOException if none does
   */
  static void ask(Path directory, int port) throws IOException {
    try (ControlPath path = ControlPath.of(directory)) {
      if (Files.exists(path.socket())) {
        ask(path);
        return;
      }
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MILLIS);
    }
  }

  private static void ask(ControlPath path) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path.socket()));
        TimedChannel central = new TimedChannel(channel)) {
      central.write(QUESTION + '\n', MILLIS);
      String answer = central.read(ANSWER.length(), false, MILLIS);
      if (!answer.equals(ANSWER)) {
        throw new IOException("it says '%s'".formatted(answer.strip()));
      }
    }
  }
}
