package loteria.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SampleTest {
  private static Sample sample(String values) {
    return new Sample(Arrays.stream(values.split(" ", -1)).map(Double::valueOf).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "1 3, 2",
    "9 1 5, 5",
    "4 1 3 2, 2.5",
    "100 1 2 3 -50, 2",
  })
  void theMedianIsTheMiddleOfTheSorted(String values, double median) {
    assertThat(sample(values).median()).isEqualTo(median);
  }

  @ParameterizedTest
  @CsvSource({
    "7, 0",
    "7 7 7, 0",
    "0 0 0 5 0, 0",
    "8 9 10 11 12, 0.2",
    "12 8 11 9 10, 0.2",
    "8 9 10 11 1000, 0.2",
    "-12 -8 -11 -9 -10, 0.2",
    "0 10, 1.0",
  })
  void theNoiseIsWhatIsBetweenTheQuartilesOverTheMedian(String values, double noise) {
    assertThat(sample(values).noise()).isEqualTo(noise);
  }

  @Test
  void eachIsComparedWithTheOneThatWasMeasuredBesideIt() {
    Sample quotients = sample("10 30 2").over(sample("20 10 4"));
    assertThat(quotients.values()).containsExactly(0.5, 3.0, 0.5);
  }

  @Test
  void samplesOfDifferentLengthsAreNotCompared() {
    Sample two = sample("1 2");
    Sample three = sample("1 2 3");
    assertThatIllegalArgumentException().isThrownBy(() -> two.over(three));
  }

  @Test
  void nothingIsNoSample() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Sample(List.of()));
  }

  @Test
  void aQuotientByNothingIsNoMeasurement() {
    Sample zero = Sample.of(0);
    assertThatIllegalArgumentException().isThrownBy(() -> Sample.of(1).over(zero));
    assertThatIllegalArgumentException().isThrownBy(() -> zero.over(zero));
  }
}
