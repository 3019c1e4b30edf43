package loteria.server.control;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import loteria.server.operator.Answer;
import loteria.server.operator.Request;

/** The operator's side of a central's control socket. */
public final class ControlClient {
  /** As many closed agencies as there can be, each with its reason. */
  private static final int ANSWER_BYTES_MAX = 1 << 20;

  /** Longer than the central waits for its ledger. */
  private static final long ANSWER_MILLIS =
      ControlSocket.LEDGER_MILLIS + ControlSocket.EXCHANGE_MILLIS;

  private ControlClient() {}

  /**
   * Asks the central that runs on a data directory, and waits for its answer.
   *
   * @throws NoCentralException if there is none, or none that can be asked
   * @throws IOException if the directory is not there or is not the caller's, or the answer does
   *     not come: then nobody knows what became of it, and asking again shows
   */
  public static Answer ask(Path directory, Request request) throws IOException {
    if (!Files.readAttributes(directory, BasicFileAttributes.class).isDirectory()) {
      throw new NotDirectoryException(directory.toString());
    }
    if (!Files.isExecutable(directory)) {
      // What is in a directory that may not be entered looks as if it were not there.
      throw denied(directory);
    }
    try (ControlPath path = ControlPath.of(directory);
        SocketChannel channel = connect(path, directory)) {
      return ask(new TimedChannel(channel), request);
    }
  }

  private static SocketChannel connect(ControlPath path, Path directory) throws IOException {
    Path named = directory.resolve(ControlPath.NAME);
    if (!Files.exists(path.socket())) {
      throw new NoCentralException(named, "is not there");
    }
    if (!Files.isWritable(path.socket())) {
      throw denied(named);
    }
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(path.socket()));
    } catch (ConnectException left) {
      throw new NoCentralException(named, "was left by one that is gone");
    }
  }

  private static IOException denied(Path path) throws IOException {
    return new IOException(
        "%s: permission denied: run it as the owner, %s"
            .formatted(path, Files.getOwner(path).getName()));
  }

  private static Answer ask(TimedChannel channel, Request request) throws IOException {
    try {
      channel.write(request.line() + '\n', ControlSocket.EXCHANGE_MILLIS);
      return AnswerLines.parse(channel.read(ANSWER_BYTES_MAX, true, ANSWER_MILLIS));
    } catch (IOException | IllegalArgumentException lost) {
      throw new IOException(
          "the central gave no whole answer (%s): say it again to be told what became of it"
              .formatted(lost.getMessage()),
          lost);
    }
  }
}
