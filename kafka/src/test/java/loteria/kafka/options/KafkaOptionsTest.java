package loteria.kafka.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import loteria.runtime.settings.HostPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KafkaOptionsTest {
  @TempDir private Path folder;

  @Test
  void namesEverythingByTheLottery() {
    KafkaOptions options = options(Map.of());

    assertThat(options.betsTopic()).isEqualTo("navidad.bets");
    assertThat(options.drawTopic()).isEqualTo("navidad.draw");
    assertThat(options.group()).isEqualTo("navidad.centrals");
  }

  @Test
  void readsBrokersWithBlanksBetweenThem() {
    assertThat(KafkaOptions.brokers("a:9092, [::1]:9093 ,10.0.0.1:1"))
        .isEqualTo("a:9092,[::1]:9093,10.0.0.1:1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|names no broker",
        "a:1,,b:1|has an empty address between its commas",
        "a|names a broker, \"a\", which is not host:port",
        "kafka://a:1|names a broker, \"kafka://a:1\", which is a URL, not host:port",
        "a:0|names a broker, \"a:0\", which has a port that is not 1 to 65535"
      })
  void refusesWhatAreNoBrokers(String text, String problem) {
    assertThatThrownBy(() -> KafkaOptions.brokers(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(problem);
  }

  @Test
  void refusesTooManyBrokers() {
    assertThatThrownBy(() -> KafkaOptions.brokers("a:1" + ",a:1".repeat(64)))
        .hasMessage("names 65 brokers, more than 64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a/b", ".a", "-a", "ñ", "a\n"})
  void refusesWhatIsNoNameOfATopic(String name) {
    assertThatThrownBy(() -> KafkaOptions.name(name))
        .hasMessageContaining("is not made of letters");
  }

  @Test
  void refusesALongName() {
    assertThat(KafkaOptions.name("x".repeat(200))).hasSize(200);
    assertThatThrownBy(() -> KafkaOptions.name("x".repeat(201)))
        .hasMessage("is too long: 201 characters, at most 200");
  }

  @Test
  void refusesWrongOptionsInOneLine() {
    assertThatThrownBy(() -> new KafkaOptions("a", "n", null, Map.of(), false))
        .hasMessage("the brokers \"a\" names a broker, \"a\", which is not host:port");
    assertThatThrownBy(() -> new KafkaOptions("a:1", "", null, Map.of(), false))
        .hasMessageStartingWith("the name \"\" is not made of letters");
  }

  @Test
  void readsAFileOfProperties() throws IOException {
    Path file =
        write("# comment\nsecurity.protocol = SASL_SSL \nssl.keystore.password=\\u00f1andú\n");

    assertThat(KafkaOptions.properties(file))
        .isEqualTo(Map.of("security.protocol", "SASL_SSL", "ssl.keystore.password", "ñandú"));
  }

  @Test
  void refusesAFileInOneLineThatShowsNothingOfIt() throws IOException {
    assertThatThrownBy(() -> KafkaOptions.properties(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
    assertRefused(
        write("ssl.key.password=\\u12secret"), "it has a \\u that four hexadecimal digits");
    assertRefused(write("\\ñ=secret"), "it has a line that is not key=value");
    assertRefused(write("=secret"), "it has a line that is not key=value");
    assertRefused(
        write("x".repeat(KafkaOptions.FILE_BYTES_MAX + 1)), "it has more than 65536 bytes");
    Path latin = folder.resolve("latin");
    Files.write(latin, "a=ñ".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused(latin, "it is not UTF-8");
  }

  private static void assertRefused(Path file, String problem) {
    assertThatThrownBy(() -> KafkaOptions.properties(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(problem)
        .message()
        .doesNotContain("secret")
        .doesNotContain("\n");
  }

  @Test
  void showsNoSecret() {
    String jaas =
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"ana\""
            + " password=\"abracadabra\";";
    KafkaOptions options =
        options(
            Map.of(
                "sasl.jaas.config",
                jaas,
                "ssl.keystore.password",
                "sesamo",
                "ssl.truststore.location",
                "/etc/kafka/trust.jks"));

    assertThat(options.toString())
        .contains("ssl.keystore.password")
        .doesNotContain("sesamo", "abracadabra");
    assertThat(
            options.withoutSecrets(
                "cannot open /etc/kafka/trust.jks with sesamo: " + jaas + " abracadabra"))
        .isEqualTo("cannot open /etc/kafka/trust.jks with [hidden]: [hidden] [hidden]");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("client.properties"), text);
  }

  private static KafkaOptions options(Map<String, String> properties) {
    return new KafkaOptions("a:1", "navidad", new HostPort("central", 7000), properties, false);
  }
}
