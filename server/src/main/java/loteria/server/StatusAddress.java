package loteria.server;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the status is to be had.
 *
 * @param host a name or an address of this machine
 * @param port 0 is any free one
 */
record StatusAddress(String host, int port) {
  static final String ALLOWED = "host:port, or off";

  static final String NAMES_ALLOWED = "host names with commas between them, without ports";

  private static final String OFF = "off";
  private static final int PORT_MAX = 65_535;

  /**
   * Reads host names such as {@code central, central.example}; they are in lower case.
   *
   * @throws IllegalArgumentException if one is none
   */
  static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    for (String name : text.isBlank() ? new String[0] : text.split(",", -1)) {
      String stripped = name.strip();
      if (!stripped.matches("[0-9A-Za-z]([0-9A-Za-z._-]*[0-9A-Za-z])?")) {
        throw new IllegalArgumentException("'%s' is not a host name".formatted(stripped));
      }
      names.add(stripped.toLowerCase(Locale.ROOT));
    }
    return names;
  }

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
