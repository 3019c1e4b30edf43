package loteria.runtime.settings;

/**
 * A host and a port, as {@code host:port} says them.
 *
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 * @param port 0 to 65535; 0 is any free one, for whoever listens
 */
public record HostPort(String host, int port) {
  private static final int PORT_MAX = 65_535;
  private static final int PORT_DIGITS_MAX = 5;
  private static final int HOST_CHARACTERS_MAX = 253;
  private static final int BYTE_MAX = 255;

  /**
   * Reads {@code host:port}, and looks up no name.
   *
   * @param portMin 0 or 1
   * @throws IllegalArgumentException if it is not that; its message goes on from the text: "is not
   *     host:port"
   */
  public static HostPort parse(String text, int portMin) {
    require(!text.contains("://"), "is a URL, not host:port");
    int colon = text.lastIndexOf(':');
    require(colon > 0, "is not host:port");
    String host = text.substring(0, colon);
    if (host.startsWith("[")) {
      require(isIpv6InBrackets(host), "has no IPv6 address in its brackets");
    } else {
      require(host.indexOf(':') < 0, "has more than one colon: write [IPv6 address]:port");
      require(isName(host), "has a host that is neither a name nor an address");
    }
    return new HostPort(host, port(text.substring(colon + 1), portMin));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }

  private static int port(String text, int min) {
    boolean plain = !text.isEmpty();
    for (int index = 0; plain && index < text.length(); index++) {
      plain = Setting.isDigit(text.charAt(index));
    }
    require(plain, "has a port that is not a plain decimal number");
    require(text.length() == 1 || text.charAt(0) != '0', "has a port with leading zeros");
    int port = text.length() > PORT_DIGITS_MAX ? PORT_MAX + 1 : Integer.parseInt(text);
    require(
        port >= min && port <= PORT_MAX,
        min == 0 ? "has a port that is not 0 to 65535" : "has a port that is not 1 to 65535");
    return port;
  }

  /** Labels between points, a point at the end at most; if the last is a number, four bytes. */
  private static boolean isName(String host) {
    if (host.length() > HOST_CHARACTERS_MAX) {
      return false;
    }
    int labels = 0;
    int bytes = 0;
    boolean number = false;
    for (int start = 0; start < host.length(); labels++) {
      int point = host.indexOf('.', start);
      int end = point < 0 ? host.length() : point;
      if (end == start) {
        return false;
      }
      int value = 0;
      number = true;
      for (int index = start; index < end; index++) {
        char character = host.charAt(index);
        number &= Setting.isDigit(character);
        value = number ? Math.min(value * 10 + character - '0', BYTE_MAX + 1) : 0;
        if (!number
            && !Character.isLetterOrDigit(character)
            && character != '-'
            && character != '_') {
          return false;
        }
      }
      bytes += number && value <= BYTE_MAX ? 1 : 0;
      start = end + 1;
    }
    return labels > 0 && (!number || (labels == 4 && bytes == 4 && !host.endsWith(".")));
  }

  private static boolean isIpv6InBrackets(String host) {
    boolean colon = false;
    for (int index = 1; index < host.length() - 1; index++) {
      char character = host.charAt(index);
      if (character == '%') {
        break; // what follows names an interface
      }
      colon |= character == ':';
      if (character != ':' && character != '.' && Character.digit(character, 16) < 0) {
        return false;
      }
    }
    return colon && host.endsWith("]");
  }

  private static void require(boolean right, String problem) {
    if (!right) {
      throw new IllegalArgumentException(problem);
    }
  }
}
