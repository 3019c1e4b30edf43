package loteria.tls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import loteria.runtime.BadSettingException;
import loteria.runtime.Setting;
import loteria.runtime.Settings;

/**
 * The three settings that turn TLS on, which are the same for both programs. An empty value is as
 * none. A program's start loads nothing of TLS but this, unless they are set.
 */
public final class TlsSettings {
  private static final Setting<Optional<Path>> CERTIFICATE =
      file("CERTIFICATE", "own certificate, in PEM; without it there is no TLS");
  private static final Setting<Optional<Path>> KEY =
      file("KEY", "private key of the own certificate, in PEM as PKCS#8");
  private static final Setting<Optional<Path>> CA =
      file("CA", "certificates of those who are trusted to issue the other side's, in PEM");

  static final List<Setting<?>> ALL = List.of(CERTIFICATE, KEY, CA);

  private TlsSettings() {}

  private static Setting<Optional<Path>> file(String what, String meaning) {
    return new Setting<>(
        null,
        "LOTERIA_TLS_".concat(what),
        "--tls-".concat(what.toLowerCase(Locale.ROOT)),
        "",
        "a path, in all three of the TLS settings or in none",
        text -> text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text)),
        meaning);
  }

  /** The settings of a program, these three and its others. */
  public static List<Setting<?>> and(Setting<?>... others) {
    List<Setting<?>> all = new ArrayList<>(ALL);
    all.addAll(List.of(others));
    return List.copyOf(all);
  }

  /**
   * The files that are set; empty if TLS is off.
   *
   * @throws BadSettingException if some are set and others are not
   */
  public static Optional<TlsFiles> files(Settings settings) throws BadSettingException {
    Optional<Path> certificate = settings.value(CERTIFICATE);
    Optional<Path> key = settings.value(KEY);
    Optional<Path> ca = settings.value(CA);
    if (certificate.isEmpty() && key.isEmpty() && ca.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TlsFiles(
            require(certificate, CERTIFICATE, settings),
            require(key, KEY, settings),
            require(ca, CA, settings)));
  }

  private static Path require(
      Optional<Path> path, Setting<Optional<Path>> setting, Settings settings)
      throws BadSettingException {
    if (path.isEmpty()) {
      throw settings.refusal(setting, "is not set, and another of the three is");
    }
    return path.get();
  }

  /** The refusal of the setting that names the file; {@code problem} goes on from it. */
  static BadSettingException refusal(Settings settings, Path file, String problem) {
    Setting<Optional<Path>> setting = CA;
    for (Setting<Optional<Path>> one : List.of(CERTIFICATE, KEY)) {
      if (settings.value(one).equals(Optional.of(file))) {
        setting = one;
      }
    }
    return settings.refusal(setting, problem);
  }
}
