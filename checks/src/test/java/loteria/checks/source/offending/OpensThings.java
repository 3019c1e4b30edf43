package loteria.checks.source.offending;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

final class OpensThings {
  private OpensThings() {}

  static long opens(Path path) throws IOException {
    try (Socket socket = new Socket();
        FileInputStream in = new FileInputStream(path.toFile())) {
      return Files.size(path) + in.read() + socket.getPort();
    }
  }
}
