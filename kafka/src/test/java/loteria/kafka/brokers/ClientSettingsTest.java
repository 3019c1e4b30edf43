package loteria.kafka.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import loteria.kafka.options.BadClientSettingsException;
import loteria.kafka.options.KafkaOptions;
import loteria.kafka.options.NoBrokersException;
import loteria.runtime.settings.HostPort;
import org.junit.jupiter.api.Test;

/** What a file of properties may have; no broker is needed to tell. */
final class ClientSettingsTest {
  private static KafkaOptions with(String key, String value) {
    return new KafkaOptions("127.0.0.1:1", "L", null, Map.of(key, value), false);
  }

  @Test
  void refusesWhatAnyOfTheClientsDoesNotTake() {
    assertRefused("security.protocol", "SASL_HTML", "security.protocol");
    assertRefused("batch.size", "many", "batch.size");
    assertRefused("fetch.min.bytes", "-1", "fetch.min.bytes");
  }

  @Test
  void saysWhichFileOfCertificatesIsMissing() {
    KafkaOptions options =
        new KafkaOptions(
            "127.0.0.1:1",
            "L",
            null,
            Map.of("security.protocol", "SSL", "ssl.truststore.location", "/no/such.jks"),
            false);
    assertThatExceptionOfType(BadClientSettingsException.class)
        .isThrownBy(() -> Topics.check(options))
        .withMessageContaining("/no/such.jks");
  }

  @Test
  void tellsANameThatHasNoAddressFromABadProperty() {
    KafkaOptions nowhere =
        new KafkaOptions("no-such-host.invalid:9092", "L", null, Map.of(), false);
    assertThatExceptionOfType(NoBrokersException.class)
        .isThrownBy(() -> Topics.check(nowhere))
        .withMessageStartingWith("no Kafka broker has an address at no-such-host.invalid:9092: ");
  }

  @Test
  void namesPropertiesThatNoClientKnows() {
    assertThat(ClientSettings.unknown(with("just", "nonsense"))).containsExactly("just");
    assertThat(ClientSettings.unknown(with("sasl.mechanism", "PLAIN"))).isEmpty();
    assertThat(ClientSettings.unknown(with("linger.ms", "0"))).isEmpty();
  }

  @Test
  void whatIsFixedWinsOverTheFile() {
    KafkaOptions options =
        new KafkaOptions(
            "a:1",
            "navidad",
            new HostPort("central", 7000),
            Map.of(
                "acks", "1",
                "isolation.level", "read_uncommitted",
                "auto.offset.reset", "latest",
                "bootstrap.servers", "elsewhere:1",
                "group.id", "mine",
                "group.instance.id", "one",
                "transactional.id", "mine",
                "ssl.truststore.location", "/trust"),
            false);

    Map<String, Object> producer = ClientSettings.producer(options, "navidad.bets-3");
    assertThat(producer)
        .containsEntry("acks", "all")
        .containsEntry("transactional.id", "navidad.bets-3")
        .containsEntry("bootstrap.servers", "a:1")
        .containsEntry("client.id", "central:7000.navidad.bets-3")
        .containsEntry("ssl.truststore.location", "/trust");
    assertThat(ClientSettings.follower(options))
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("auto.offset.reset", "none")
        .doesNotContainKeys("group.id", "group.instance.id");
    assertThat(ClientSettings.member(options))
        .containsEntry("client.id", "central:7000")
        .containsEntry("group.id", "navidad.centrals")
        .containsEntry("auto.offset.reset", "earliest")
        .doesNotContainKey("group.instance.id");
  }

  @Test
  void aClientThatCannotBeMadeSaysWhyWithoutSecrets() {
    Map<String, String> properties =
        Map.of(
            "security.protocol", "SASL_PLAINTEXT",
            "sasl.mechanism", "PLAIN",
            "sasl.jaas.config", "password=\"abracadabra");
    KafkaOptions options = new KafkaOptions("127.0.0.1:1", "navidad", null, properties, false);

    assertThatThrownBy(() -> KafkaClients.open(options))
        .isInstanceOf(BadClientSettingsException.class)
        .message()
        .doesNotContain("abracadabra", "\n")
        .contains("client");
  }

  private static void assertRefused(String key, String value, String named) {
    assertThatExceptionOfType(BadClientSettingsException.class)
        .isThrownBy(() -> Topics.check(with(key, value)))
        .withMessageStartingWith("Kafka's clients do not take these properties: ")
        .withMessageContaining(named)
        .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("\n"));
  }
}
