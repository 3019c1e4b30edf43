package loteria.client.bets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import loteria.protocol.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OneBetTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "NOMBRE", "José Ángel",
          "APELLIDO", "Lorca",
          "DOCUMENTO", "00904465",
          "NACIMIENTO", "1999-03-17",
          "NUMERO", "7574");
  private static final Bet BET =
      new Bet(3, "José Ángel", "Lorca", "00904465", LocalDate.of(1999, 3, 17), 7574);

  @Test
  void isMadeOfFiveVariables() throws Exception {
    OneBet bet = OneBet.of(3, ENVIRONMENT);

    assertThat(bet.document()).isEqualTo("00904465");
    assertThat(bet.number()).isEqualTo(7574);
  }

  @Test
  void isTheOnlyOneOfEachSource() throws Exception {
    OneBet one = OneBet.of(3, ENVIRONMENT);
    for (boolean careful : new boolean[] {false, true}) {
      BetSource bets = one.open(careful);
      Rows.Collector batch = new Rows.Collector(9);

      bets.fill(batch);
      assertThat(Bet.of(batch.take())).containsExactly(BET);
      bets.fill(batch);
      assertThat(batch.isEmpty()).isTrue();
    }
  }

  @Test
  void itsNumberMayHaveZerosBeforeIt() throws Exception {
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.put("NUMERO", "0042");

    assertThat(OneBet.of(3, environment).number()).isEqualTo(42);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOMBRE", "APELLIDO", "DOCUMENTO", "NACIMIENTO", "NUMERO"})
  void eachVariableMustBeSet(String variable) {
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.remove(variable);

    assertBad(environment, variable, "is not set");
  }

  @ParameterizedTest
  @CsvSource({
    "NOMBRE, '', is empty",
    "NOMBRE, Jos\uFFFD\uFFFD, cannot be read in this locale: set LC_ALL to C.UTF-8",
    "DOCUMENTO, 12a, '''12a'' is not digits'",
    "NACIMIENTO, 1999-02-30, '''1999-02-30'' is no day of any calendar'",
    "NUMERO, 10000, '''10000'' is not 0 to 9999'"
  })
  void aVariableThatIsNoFieldOfABetIsNamed(String variable, String value, String reason) {
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.put(variable, value);

    assertBad(environment, variable, reason);
  }

  private static void assertBad(Map<String, String> environment, String variable, String reason) {
    BadRowException bad =
        catchThrowableOfType(BadRowException.class, () -> OneBet.of(3, environment));
    assertThat(bad.source()).isEqualTo("environment");
    assertThat(bad.line()).isZero();
    assertThat(bad.field()).isEqualTo(variable);
    assertThat(bad.reason()).isEqualTo(reason);
  }
}
