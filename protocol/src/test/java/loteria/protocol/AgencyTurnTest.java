package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgencyTurnTest {
  static final List<Message.FromAgency> MESSAGES =
      List.of(
          new Message.Hello(1, 1, 1, 0),
          new Message.Batch(1, 0, Golden.bets(Golden.ANA)),
          new Message.Finish(1, 0, 0),
          new Message.AskWinners(),
          new Message.Pong());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # turn    | Hello     | Batch     | Finish   | AskWinners | Pong
          GREETING  | UPLOADING | -         | -        | -          | -
          UPLOADING | -         | UPLOADING | FINISHED | WAITING    | UPLOADING
          FINISHED  | -         | -         | -        | WAITING    | FINISHED
          WAITING   | -         | -         | -        | -          | WAITING
          """)
  void leadsWhereTheTableSays(
      AgencyTurn turn, String hello, String batch, String finish, String askWinners, String pong) {
    assertThat(MESSAGES.stream().map(message -> turn.after(message).map(Enum::name).orElse("-")))
        .containsExactly(hello, batch, finish, askWinners, pong);
  }
}
