package loteria.tool.operate;

import java.io.IOException;
import java.nio.file.Path;
import loteria.server.control.ControlClient;
import loteria.server.control.NoCentralException;
import loteria.server.operator.Answer;
import loteria.server.operator.Request;
import loteria.tool.inspect.Standing;

/** Asks a central; where none runs, it says what the directory holds. */
final class OperatorClient {
  private OperatorClient() {}

  /** As {@link ControlClient#ask}. */
  static Answer ask(Path directory, Request request) throws IOException {
    try {
      return ControlClient.ask(directory, request);
    } catch (NoCentralException nobody) {
      throw new NoCentralException(nobody.getMessage() + "; " + Standing.of(directory));
    }
  }
}
