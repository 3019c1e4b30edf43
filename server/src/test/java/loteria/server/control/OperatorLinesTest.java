package loteria.server.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import loteria.lottery.ClosingReason;
import loteria.lottery.Lottery;
import loteria.protocol.Message;
import loteria.server.operator.Answer;
import loteria.server.operator.Closing;
import loteria.server.operator.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorLinesTest {
  private static final ClosingReason REASON = new ClosingReason("la 3 | no llegó: «ya fue»");
  private static final Message.Closed THIRD = new Message.Closed(3, 1234, REASON);
  private static final Message.Closed LAST =
      new Message.Closed(65_535, 0, new ClosingReason(" x "));

  static List<Answer> answers() {
    return List.of(
        new Answer.Closed(List.of(), List.of(), 0),
        new Answer.Closed(List.of(THIRD, LAST), List.of(), 65_535),
        new Answer.Closed(List.of(), List.of(THIRD), 2),
        new Answer.Drawn(new Lottery.Drawn(0, 0, Instant.EPOCH), false),
        new Answer.Drawn(
            new Lottery.Drawn(9999, 123_456, Instant.ofEpochMilli(1_700_000_000_123L)), true),
        new Answer.Refused("agency 9 is not one of 1 to 5"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void readsBackWhateverItSays(Answer answer) {
    assertThat(AnswerLines.parse(AnswerLines.of(answer))).isEqualTo(answer);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void takesNoAnswerForWholeThatIsCut(Answer answer) {
    String lines = AnswerLines.of(answer);
    for (int length = 0; length < lines.length(); length++) {
      String cut = lines.substring(0, length);
      assertThatIllegalArgumentException().isThrownBy(() -> AnswerLines.parse(cut));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "close 3 no llegó",
        "close 65535 no llegó",
        "close missing la 3 | no llegó",
        "draw 0",
        "draw 9999"
      })
  void readsBackWhatAnOperatorAsks(String line) {
    assertThat(Request.parse(line).line()).isEqualTo(line);
  }

  @Test
  void namesOneAgencyOrAllThatAreMissing() {
    assertThat(Request.parse("close 3 x")).isEqualTo(Closing.of(3, new ClosingReason("x")));
    assertThat(Request.parse("close missing x"))
        .isEqualTo(Closing.ofAllMissing(new ClosingReason("x")));
  }

  @Test
  void hasRoomForTheLongestLine() {
    Closing longest =
        Closing.of(65_535, new ClosingReason("ñ".repeat(ClosingReason.BYTES_MAX / 2)));
    assertThat(longest.line().getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .hasSizeLessThan(Request.LINE_BYTES_MAX);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          hola                ! not a line that a central understands
          close 3             ! a closing has an agency and a reason
          close               ! not a line that a central understands
          open 3 because      ! not a line that a central understands
          close 0 because     ! the agency is neither 'missing' nor a number of 1 to 65535
          close 100000 no     ! the agency is neither 'missing' nor a number of 1 to 65535
          close -1 no         ! the agency is neither 'missing' nor a number of 1 to 65535
          close three no      ! the agency is neither 'missing' nor a number of 1 to 65535
          'close 3  '         ! reason is empty
          draw                ! not a line that a central understands
          'draw '             ! the number is not a plain decimal number
          draw 7574 now       ! the number is not a plain decimal number
          draw -1             ! the number is not a plain decimal number
          draw 0042           ! the number is not a plain decimal number
          draw 99999999999    ! the number is not a plain decimal number
          draw 10000          ! number of 10000 is not between 0 and 9999
          """)
  void saysWhatIsWrongWithALine(String line, String why) {
    assertThatIllegalArgumentException().isThrownBy(() -> Request.parse(line)).withMessage(why);
  }
}
