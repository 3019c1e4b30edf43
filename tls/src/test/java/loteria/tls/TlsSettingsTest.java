package loteria.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import loteria.runtime.settings.BadSettingException;
import loteria.runtime.settings.Setting;
import loteria.runtime.settings.Settings;
import loteria.runtime.settings.SettingsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All three settings, or none. */
final class TlsSettingsTest {
  private static final TlsSettings TLS = new TlsSettings("_");
  private static final Setting<Path> CONFIG =
      Setting.named(null, "CONFIG", "--config").path("none");
  private static final List<Setting<?>> ALL = TLS.after(CONFIG);

  private static Settings settings(String... flags) throws Exception {
    return Settings.read(ALL, flags, Map.of("LOTERIA_TLS_CA", ""), CONFIG, SettingsFile.Format.INI);
  }

  @Test
  void eachProgramWritesTheKeysAsItsFileDoes() {
    assertThat(ALL).extracting(Setting::key).endsWith("tls_certificate", "tls_key", "tls_ca");
    assertThat(new TlsSettings(".").after())
        .extracting(Setting::key)
        .containsExactly("tls.certificate", "tls.key", "tls.ca");
  }

  @Test
  void tlsIsOffUnlessItIsAskedFor() throws Exception {
    assertThat(TLS.files(settings())).isEmpty();
  }

  @Test
  void allThreeTurnItOn() throws Exception {
    assertThat(TLS.files(settings("--tls-certificate=c", "--tls-key", "k", "--tls-ca", "a")))
        .contains(new TlsFiles(Path.of("c"), Path.of("k"), Path.of("a")));
  }

  @ParameterizedTest
  @CsvSource({
    "--tls-certificate=c --tls-key=k, tls_ca, environment LOTERIA_TLS_CA, certificate",
    "--tls-certificate=c --tls-ca=a, tls_key, default, certificate",
    "--tls-key=k --tls-ca=a, tls_certificate, default, key",
    "--tls-ca=a, tls_certificate, default, ca",
  })
  void fewerAreRefusedAndTheMissingOneIsNamedWithOneThatIsSet(
      String flags, String missing, String source, String set) throws Exception {
    Settings settings = settings(flags.split(" ", -1));
    assertThatThrownBy(() -> TLS.files(settings))
        .isInstanceOf(BadSettingException.class)
        .hasMessage(
            "setting %s = \"\" (%s) is needed: tls_%s is set (flag --tls-%s)"
                .formatted(missing, source, set, set));
  }

  @Test
  void aFileThatCannotBeUsedIsNamedByItsSetting() throws Exception {
    Settings settings = settings("--tls-certificate=c", "--tls-key=k", "--tls-ca=a");
    assertThat(TLS.refusal(settings, new BadTlsFileException(Path.of("k"), "is not there")))
        .hasMessageStartingWith("setting tls_key = \"k\" (flag --tls-key) is not there");
  }
}
