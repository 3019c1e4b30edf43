package loteria.client.connection;

import java.util.ArrayList;
import java.util.List;
import loteria.runtime.settings.HostPort;
import loteria.runtime.settings.Setting;

/**
 * Where the centrals are, in the order in which they are tried.
 *
 * @param all at least one, at most {@link #MAX}, each once
 */
public record Addresses(List<HostPort> all) {
  /** How many addresses may be named. */
  public static final int MAX = 16;

  public Addresses {
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
    String[] parts = text.split(",", -1);
    if (parts.length > MAX) {
      throw new IllegalArgumentException("lists " + parts.length + " addresses, more than " + MAX);
    }
    List<HostPort> all = new ArrayList<>();
    for (String part : parts) {
      String written = part.strip();
      try {
        HostPort address = HostPort.parse(written, 1);
        if (all.contains(address)) {
          throw new IllegalArgumentException("is there already");
        }
        all.add(address);
      } catch (IllegalArgumentException wrong) {
        String which = "lists \"" + written + "\" as number " + (all.size() + 1) + ", which ";
        throw new IllegalArgumentException(which + wrong.getMessage(), wrong);
      }
    }
    return new Addresses(all);
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
  public record Parser() implements Setting.Parser<Addresses> {
    @Override
    public Addresses parse(String text) {
      return Addresses.parse(text);
    }
  }
}
