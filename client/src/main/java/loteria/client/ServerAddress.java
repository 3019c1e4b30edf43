package loteria.client;

/**
 * Where the central is.
 *
 * @param host a name or an address
 * @param port 1 to 65535
 */
record ServerAddress(String host, int port) {
  /**
   * Reads {@code host:port}.
   *
   * @throws IllegalArgumentException if it is not that
   */
  static ServerAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("'%s' is not host:port".formatted(text));
    }
    int port = Integer.parseInt(text.substring(colon + 1));
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port %d is not 1 to 65535".formatted(port));
    }
    return new ServerAddress(text.substring(0, colon), port);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
