package loteria.checks.source.offending;

final class NamesInACase {
  private NamesInACase() {}

  static boolean uses(Object message) {
    return switch (message) {
      case loteria.protocol.Message.Pong _ -> true;
      default -> false;
    };
  }
}
