package loteria.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import loteria.runtime.BadSettingException;
import loteria.runtime.Settings;
import loteria.runtime.SettingsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All three settings, or none. */
final class TlsSettingsTest {
  private static Settings settings(String... flags) throws Exception {
    return Settings.read(TlsSettings.ALL, flags, Map.of("LOTERIA_TLS_CA", ""), SettingsFile.none());
  }

  @Test
  void tlsIsOffUnlessItIsAskedFor() throws Exception {
    assertThat(TlsSettings.files(settings())).isEmpty();
  }

  @Test
  void allThreeTurnItOn() throws Exception {
    assertThat(
            TlsSettings.files(settings("--tls-certificate=c", "--tls-key", "k", "--tls-ca", "a")))
        .contains(new TlsFiles(Path.of("c"), Path.of("k"), Path.of("a")));
  }

  @ParameterizedTest
  @CsvSource({
    "--tls-certificate=c --tls-key=k, LOTERIA_TLS_CA",
    "--tls-certificate=c --tls-ca=a, LOTERIA_TLS_KEY",
    "--tls-key=k --tls-ca=a, LOTERIA_TLS_CERTIFICATE",
    "--tls-ca=a, LOTERIA_TLS_CERTIFICATE",
  })
  void fewerAreRefusedAndTheMissingOneIsNamed(String flags, String missing) throws Exception {
    Settings settings = settings(flags.split(" ", -1));
    assertThatThrownBy(() -> TlsSettings.files(settings))
        .isInstanceOf(BadSettingException.class)
        .hasMessageStartingWith("setting %s = \"\"".formatted(missing))
        .hasMessageContaining("is not set, and another of the three is");
  }

  @Test
  void aFileThatCannotBeUsedIsNamedByItsSetting() throws Exception {
    Settings settings = settings("--tls-certificate=c", "--tls-key=k", "--tls-ca=a");
    assertThat(TlsSettings.refusal(settings, Path.of("k"), "is not there"))
        .hasMessageStartingWith("setting LOTERIA_TLS_KEY = \"k\" (flag --tls-key) is not there");
  }
}
