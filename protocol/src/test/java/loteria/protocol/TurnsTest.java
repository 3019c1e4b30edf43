package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import loteria.lottery.AgencyState;
import loteria.lottery.Refusal;
import loteria.lottery.Seal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnsTest {
  static final List<Message.FromAgency> OF_AGENCY =
      List.of(
          new Message.Hello(1, 1, 1, 0),
          new Message.Batch(5, 0, Golden.rows(Golden.ANA)),
          new Message.Finish(1, 0, 0),
          new Message.AskWinners(),
          new Message.Pong());

  static final Message.FromCentral WELCOME = new Message.Welcome(1, 1, AgencyState.NEW);
  static final Message.FromCentral STORED = new Message.Stored(0);
  static final Message.FromCentral FINISHED = new Message.Finished(0);
  static final Message.FromCentral RECEIPT =
      new Message.SealReceipt(new Seal(0, "00".repeat(32)), 0, 0);
  static final Message.FromCentral PAGE = new Message.WinnersPage(0, false, List.of("1"));
  static final Message.FromCentral LAST_PAGE = new Message.WinnersPage(0, true, List.of());
  static final Message.FromCentral PING = new Message.Ping();
  static final Message.FromCentral REFUSED = new Message.Refused(Refusal.BUSY, 0, 0, "");

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
  void ofAnAgencyLeadWhereTheTableSays(
      Turns.OfAgency turn,
      String hello,
      String batch,
      String finish,
      String askWinners,
      String pong) {
    assertThat(OF_AGENCY.stream().map(message -> turn.after(message).map(Enum::name).orElse("-")))
        .containsExactly(hello, batch, finish, askWinners, pong);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # turn   | Welcome | Stored  | Finished | receipt | page    | last page | Ping    | Refused
          GREETING | SERVING | -       | -        | -       | -       | -         | -       | ENDED
          SERVING  | -       | SERVING | SERVING  | TELLING | -       | -         | SERVING | ENDED
          TELLING  | -       | -       | -        | -       | TELLING | ENDED     | -       | ENDED
          ENDED    | -       | -       | -        | -       | -       | -         | -       | -
          """)
  void ofTheCentralLeadWhereTheTableSays(
      Turns.OfCentral turn,
      String welcome,
      String stored,
      String finished,
      String receipt,
      String page,
      String lastPage,
      String ping,
      String refused) {
    assertThat(
            Stream.of(WELCOME, STORED, FINISHED, RECEIPT, PAGE, LAST_PAGE, PING, REFUSED)
                .map(message -> turn.after(message).map(Enum::name).orElse("-")))
        .containsExactly(welcome, stored, finished, receipt, page, lastPage, ping, refused);
  }
}
