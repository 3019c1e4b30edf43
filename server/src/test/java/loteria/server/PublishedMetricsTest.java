package loteria.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import loteria.lottery.Lottery;
import loteria.lottery.Seal;
import loteria.lottery.Winners;
import loteria.server.status.MetricsText;
import loteria.server.status.Status;
import loteria.server.status.SyncTimes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard and the alerts know only metrics that there are; the document knows them all. */
class PublishedMetricsTest {
  private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (loteria_[a-z_]+) ");
  private static final Pattern NAMED =
      Pattern.compile("(loteria_[a-z_]+?)(_bucket|_sum|_count)?(?![a-z_])");

  private static final List<Status.Partition> PARTITIONS =
      List.of(new Status.Partition("0", null, true), new Status.Partition("draw", null, true));

  /** All that a central tells in the course of a lottery. */
  private static Set<String> published() {
    Figures figures = new Figures(1);
    figures.sealed(new Lottery.Sealed(new Seal(1, "ab".repeat(32)), Instant.EPOCH));
    figures.drawn(new Winners(7574, 0, Map.of()), Instant.EPOCH);
    StatusSource source =
        new StatusSource(
            "1",
            AgencyNames.NONE,
            figures,
            new SyncTimes(),
            () -> new Status.Log(false, 0),
            () -> new Status.Shared("navidad", PARTITIONS, 0),
            InstantSource.system());
    return names(FAMILY, MetricsText.of(source.status()));
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> named(String file) throws IOException {
    return names(NAMED, Files.readString(Path.of("..", file)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy/grafana-dashboard.json", "deploy/prometheus-alerts.yaml"})
  void areAllThatIsAskedFor(String file) throws IOException {
    assertThat(named(file)).isNotEmpty().isSubsetOf(published());
  }

  @Test
  void areAllDocumented() throws IOException {
    assertThat(named("docs/STATUS.md")).isEqualTo(published());
  }
}
