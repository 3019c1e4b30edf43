package loteria.client;

/**
 * Where the central is.
 *
 * @param host a name or an address
 * @param port 1 to 65535
 */
record ServerAddress(String host, int port) {
  /**
   * @throws IllegalArgumentException if the host is blank or the port is none
   */
  ServerAddress {
    if (host.isBlank()) {
      throw new IllegalArgumentException("the host is blank");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port %d is not 1 to 65535".formatted(port));
    }
  }

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
    return new ServerAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
