package loteria.tls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import loteria.runtime.settings.BadSettingException;
import loteria.runtime.settings.Setting;
import loteria.runtime.settings.Settings;

/**
 * The three settings that turn TLS on, which are the same for both programs but for how their files
 * write keys. An empty value is as none. A program's start loads nothing of TLS but this, unless
 * they are set. Immutable.
 */
public final class TlsSettings {
  private final Setting<Optional<Path>> certificate;
  private final Setting<Optional<Path>> key;
  private final Setting<Optional<Path>> ca;

  /**
   * The settings of a program.
   *
   * @param separator what its settings file has between the words of a key
   */
  public TlsSettings(String separator) {
    certificate =
        file("certificate", separator, "own certificate, in PEM; without it there is no TLS");
    key = file("key", separator, "private key of the own certificate, in PEM as PKCS#8");
    ca =
        file(
            "ca",
            separator,
            "certificates of those who are trusted to issue the other side's, in PEM");
  }

  private static Setting<Optional<Path>> file(String what, String separator, String meaning) {
    String environment = "LOTERIA_TLS_".concat(what.toUpperCase(Locale.ROOT));
    return Setting.named(String.join(separator, "tls", what), environment, "--tls-".concat(what))
        .optional("", "", "a path; all three or none", Setting.PATH)
        .help("TLS", meaning);
  }

  /** The settings of a program: its others, then these three. */
  public List<Setting<?>> after(Setting<?>... others) {
    List<Setting<?>> all = new ArrayList<>(List.of(others));
    all.addAll(List.of(certificate, key, ca));
    return List.copyOf(all);
  }

  /**
   * The files that are set; empty if TLS is off. Opens none.
   *
   * @throws BadSettingException if some are set and others are not
   */
  public Optional<TlsFiles> files(Settings settings) throws BadSettingException {
    for (Setting<Optional<Path>> set : List.of(certificate, key, ca)) {
      if (settings.value(set).isPresent()) {
        return Optional.of(
            new TlsFiles(
                require(certificate, set, settings),
                require(key, set, settings),
                require(ca, set, settings)));
      }
    }
    return Optional.empty();
  }

  /** The value of a setting that is needed because {@code set} is set. */
  private static Path require(
      Setting<Optional<Path>> setting, Setting<Optional<Path>> set, Settings settings)
      throws BadSettingException {
    Optional<Path> path = settings.value(setting);
    if (path.isEmpty()) {
      throw settings.refusal(
          setting, "is needed: %s is set (%s)".formatted(set.name(), settings.source(set)));
    }
    return path.get();
  }

  /** The refusal of the setting that names a file which cannot be used. */
  public BadSettingException refusal(Settings settings, BadTlsFileException bad) {
    Setting<Optional<Path>> setting = ca;
    for (Setting<Optional<Path>> one : List.of(certificate, key)) {
      if (settings.value(one).equals(Optional.of(bad.file()))) {
        setting = one;
      }
    }
    return settings.refusal(setting, bad.problem());
  }
}
