package loteria.lottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
  @ParameterizedTest
  @EnumSource
  void isFoundByItsCode(Refusal refusal) {
    assertThat(Refusal.of(refusal.code())).isEqualTo(refusal);
  }

  @Test
  void hasCodesWithoutGapFromOneOn() {
    assertThat(Arrays.stream(Refusal.values()).map(Refusal::code))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 18, 255, Integer.MAX_VALUE})
  void hasNoOtherCode(int code) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Refusal.of(code))
        .withMessage("no refusal has the code " + code);
  }
}
