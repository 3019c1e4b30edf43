package loteria.server.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import loteria.lottery.Reason;
import loteria.protocol.Message;
import loteria.server.ledger.Closing;
import loteria.server.ledger.ClosingAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClosingLinesTest {
  private static final Reason REASON = new Reason("la 3 | no llegó: «ya fue»");
  private static final Message.Closed THIRD = new Message.Closed(3, 1234, REASON);
  private static final Message.Closed LAST = new Message.Closed(65_535, 0, new Reason(" x "));

  static List<ClosingAnswer> answers() {
    return List.of(
        new ClosingAnswer.Done(List.of(), List.of(), 0),
        new ClosingAnswer.Done(List.of(THIRD, LAST), List.of(), 65_535),
        new ClosingAnswer.Done(List.of(), List.of(THIRD), 2),
        new ClosingAnswer.Refused("agency 9 is not one of 1 to 5"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void readsBackWhateverItSays(ClosingAnswer answer) {
    assertThat(ClosingLines.parse(ClosingLines.of(answer))).isEqualTo(answer);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void takesNoAnswerForWholeThatIsCut(ClosingAnswer answer) {
    String lines = ClosingLines.of(answer);
    for (int length = 0; length < lines.length(); length++) {
      String cut = lines.substring(0, length);
      assertThatIllegalArgumentException().isThrownBy(() -> ClosingLines.parse(cut));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "65535", "missing"})
  void readsBackWhatAnOperatorAsks(String who) {
    String line = "close %s %s".formatted(who, REASON);
    assertThat(Closing.parse(line).line()).isEqualTo(line);
    assertThat(Closing.parse(line).agency().isEmpty()).isEqualTo(who.equals("missing"));
  }

  @Test
  void hasRoomForTheLongestLine() {
    Closing longest = Closing.of(65_535, new Reason("ñ".repeat(Reason.BYTES_MAX / 2)));
    assertThat(longest.line().getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .hasSizeLessThan(Closing.LINE_BYTES_MAX);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          hola                ! not a line that a central understands
          close 3             ! not a line that a central understands
          open 3 because      ! not a line that a central understands
          close 0 because     ! the agency is neither 'missing' nor a number of 1 to 65535
          close 100000 no     ! the agency is neither 'missing' nor a number of 1 to 65535
          close -1 no         ! the agency is neither 'missing' nor a number of 1 to 65535
          close three no      ! the agency is neither 'missing' nor a number of 1 to 65535
          'close 3  '         ! reason is empty
          """)
  void saysWhatIsWrongWithALine(String line, String why) {
    assertThatIllegalArgumentException().isThrownBy(() -> Closing.parse(line)).withMessage(why);
  }
}
