package loteria.client;

import java.util.ArrayList;
import java.util.List;
import loteria.runtime.HostPort;
import loteria.runtime.Setting;

/**
 * Where the centrals are, in the order in which they are tried.
 *
 * @param all at least one, at most {@link #MAX}, each once
 */
record Addresses(List<HostPort> all) {
  /** How many addresses may be named. */
  static final int MAX = 16;

  Addresses {
    assert !all.isEmpty() && all.size() <= MAX : all;
    all = List.copyOf(all);
  }

  /**
   * Reads {@code host:port}, or several with commas. It looks up no name.
   *
   * @throws IllegalArgumentException if it is not that; its message goes on from the text, and says
   *     which one of several is wrong
   */
  static Addresses parse(String text) {
    if (text.indexOf(',') < 0) {
      return new Addresses(List.of(HostPort.parse(text, 1)));
    }
    List<String> written = split(text);
    if (written.size() > MAX) {
      throw new IllegalArgumentException(
          "lists " + written.size() + " addresses, more than " + MAX);
    }
    List<HostPort> all = new ArrayList<>();
    for (int index = 0; index < written.size(); index++) {
      String which = "lists \"" + written.get(index) + "\" as number " + (index + 1) + ", which ";
      try {
        HostPort address = HostPort.parse(written.get(index), 1);
        if (all.contains(address)) {
          throw new IllegalArgumentException("is there already");
        }
        all.add(address);
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(which + wrong.getMessage(), wrong);
      }
    }
    return new Addresses(all);
  }

  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', start)) {
      parts.add(text.substring(start, comma).strip());
      start = comma + 1;
    }
    parts.add(text.substring(start).strip());
    return parts;
  }

  /** As a user would write them. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (HostPort address : all) {
      text.append(text.isEmpty() ? "" : ",").append(address);
    }
    return text.toString();
  }

  /** Not a lambda, which the JVM would have to link while an agency starts. */
  record Parser() implements Setting.Parser<Addresses> {
    @Override
    public Addresses parse(String text) {
      return Addresses.parse(text);
    }
  }
}
