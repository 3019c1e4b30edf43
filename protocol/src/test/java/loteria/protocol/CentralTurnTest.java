package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import loteria.lottery.Refusal;
import loteria.lottery.Seal;
import loteria.lottery.Share;
import loteria.lottery.Standing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CentralTurnTest {
  static final Message.FromCentral WELCOME = new Message.Welcome(1, 1, Standing.NEW);
  static final Message.FromCentral STORED = new Message.Stored(0);
  static final Message.FromCentral FINISHED = new Message.Finished(0);
  static final Message.FromCentral INCLUDED =
      new Message.Included(new Seal(0, "00".repeat(32)), Share.NONE);
  static final Message.FromCentral PAGE = new Message.WinnersPage(0, false, List.of("1"));
  static final Message.FromCentral LAST_PAGE = new Message.WinnersPage(0, true, List.of());
  static final Message.FromCentral PING = new Message.Ping();
  static final Message.FromCentral REFUSED = new Message.Refused(Refusal.BUSY, 0, 0, "");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # turn   | Welcome | Stored  | Finished | Included | page    | last page | Ping    | Refused
          GREETING | SERVING | -       | -        | -        | -       | -         | -       | ENDED
          SERVING  | -       | SERVING | SERVING  | TELLING  | -       | -         | SERVING | ENDED
          TELLING  | -       | -       | -        | -        | TELLING | ENDED     | -       | ENDED
          ENDED    | -       | -       | -        | -        | -       | -         | -       | -
          """)
  void leadsWhereTheTableSays(
      CentralTurn turn,
      String welcome,
      String stored,
      String finished,
      String included,
      String page,
      String lastPage,
      String ping,
      String refused) {
    assertThat(
            Stream.of(WELCOME, STORED, FINISHED, INCLUDED, PAGE, LAST_PAGE, PING, REFUSED)
                .map(message -> turn.after(message).map(Enum::name).orElse("-")))
        .containsExactly(welcome, stored, finished, included, page, lastPage, ping, refused);
  }
}
