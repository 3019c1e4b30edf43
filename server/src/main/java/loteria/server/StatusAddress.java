package loteria.server;

import java.util.Optional;

/**
 * Where the status is to be had.
 *
 * @param host a name or an address of this machine
 * @param port 0 is any free one
 */
record StatusAddress(String host, int port) {
  static final String ALLOWED = "host:port, or off";

  private static final String OFF = "off";
  private static final int PORT_MAX = 65_535;

  /**
   * Reads {@code host:port}, or {@code off}, which is nowhere. The host may be an IPv6 address in
   * brackets.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static Optional<StatusAddress> parse(String text) {
    if (text.equals(OFF)) {
      return Optional.empty();
    }
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(colon, 0));
    String port = text.substring(colon + 1);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (host.isBlank() || (host.contains(":") && !bracketed) || !port.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("'%s' is not host:port".formatted(text));
    }
    if (Integer.parseInt(port) > PORT_MAX) {
      throw new IllegalArgumentException("port %s is not 0 to %d".formatted(port, PORT_MAX));
    }
    return Optional.of(new StatusAddress(host, Integer.parseInt(port)));
  }
}
