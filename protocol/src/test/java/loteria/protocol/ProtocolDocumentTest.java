package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import loteria.lottery.BetRow;
import loteria.lottery.Checksum;
import loteria.lottery.Draw;
import loteria.lottery.Lottery;
import loteria.lottery.Refusal;
import org.junit.jupiter.api.Test;

class ProtocolDocumentTest {
  @Test
  void listsEveryRefusalWithItsCodeAndWhetherItIsRetryable() throws IOException {
    assertThat(ProtocolDocument.table("code", "name", "retryable", "when", "what the agency does"))
        .allSatisfy(row -> assertThat(row).hasSize(5).doesNotContain(""))
        .extracting(row -> row.subList(0, 3))
        .isEqualTo(
            Arrays.stream(Refusal.values())
                .map(refusal ->
                    List.of(
                        Integer.toString(refusal.code()),
                        refusal.name(),
                        refusal.isRetryable() ? "yes" : "no"))
                .toList());
  }

  @Test
  void listsEveryMessageWithItsTypeAndWhoSendsIt() throws IOException {
    assertThat(ProtocolDocument.table("type", "message", "sent by"))
        .containsExactlyInAnyOrderElementsOf(
            Golden.ALL.stream()
                .map(golden ->
                    List.of(
                        "0x%02x".formatted(golden.type()),
                        golden.name(),
                        speaker(golden.message())))
                .distinct()
                .toList());
  }

  private static String speaker(Message message) {
    return switch (message) {
      case Message.FromAgency _ -> "agency";
      case Message.FromCentral _ -> "central";
      case Message.Entry _ -> "journal";
    };
  }

  @Test
  void statesTheLimits() throws IOException {
    assertThat(ProtocolDocument.table("limit", "value"))
        .contains(
            List.of(
                "a frame",
                "%d to %d bytes, header and checksum included"
                    .formatted(Frame.BYTES_MIN, Frame.BYTES_MAX)),
            List.of(
                "a row",
                "%d to %d bytes, CR LF included".formatted(BetRow.BYTES_MIN, BetRow.BYTES_MAX)),
            List.of(
                "rows of a batch",
                "at least 1, and as many as fit the frame: %d of the shortest, %d of the longest"
                    .formatted(
                        Rows.BYTES_MAX / BetRow.BYTES_MIN, Rows.BYTES_MAX / BetRow.BYTES_MAX)),
            List.of("closed agencies", "%d at most".formatted(Lottery.CLOSED_MAX)),
            List.of("a first name", "1 to %d bytes of UTF-8".formatted(BetRow.NAME_BYTES_MAX)),
            List.of("a last name", "0 to %d bytes of UTF-8".formatted(BetRow.NAME_BYTES_MAX)),
            List.of(
                "a document",
                "1 to %d ASCII digits; leading zeros count".formatted(BetRow.DOCUMENT_DIGITS_MAX)),
            List.of("a number", "0 to %d".formatted(BetRow.NUMBER_MAX)),
            List.of(
                "the reason of a refusal",
                "0 to %d bytes of UTF-8".formatted(Codec.REASON_BYTES_MAX)));
  }

  @Test
  void givesTheTurnsOfAnAgency() throws IOException {
    for (List<String> row : ProtocolDocument.table("turn", "Hello")) {
      Turns.OfAgency turn = Turns.OfAgency.valueOf(firstWord(row.getFirst()));
      List<Message.FromAgency> messages = TurnsTest.OF_AGENCY;
      for (int i = 0; i < messages.size(); i++) {
        assertThat(firstWord(row.get(i + 1)))
            .as("%s in %s", messages.get(i), turn)
            .isEqualTo(turn.after(messages.get(i)).map(Enum::name).orElse("-"));
      }
    }
  }

  @Test
  void givesTheTurnsOfTheCentral() throws IOException {
    for (List<String> row : ProtocolDocument.table("turn", "Welcome")) {
      Turns.OfCentral turn = Turns.OfCentral.valueOf(firstWord(row.getFirst()));
      String page = turn.after(TurnsTest.PAGE).map(Enum::name).orElse("-");
      String last = turn.after(TurnsTest.LAST_PAGE).map(Enum::name).orElse("-");
      assertThat(row.subList(1, row.size()))
          .as("%s", turn)
          .containsExactly(
              turn.after(TurnsTest.WELCOME).map(Enum::name).orElse("-"),
              turn.after(TurnsTest.STORED).map(Enum::name).orElse("-"),
              turn.after(TurnsTest.FINISHED).map(Enum::name).orElse("-"),
              turn.after(TurnsTest.RECEIPT).map(Enum::name).orElse("-"),
              page.equals("-") ? last : "%s, or %s by the last".formatted(page, last),
              turn.after(TurnsTest.PING).map(Enum::name).orElse("-"),
              turn.after(TurnsTest.REFUSED).map(Enum::name).orElse("-"));
    }
  }

  private static String firstWord(String cell) {
    return cell.split("[ ,]", 2)[0];
  }

  @Test
  void givesThePrefixChecksumsOfItsFirstTranscript() throws IOException {
    Rows rows =
        ProtocolDocument.transcripts().getFirst().stream()
            .filter(entry -> entry instanceof ProtocolDocument.Said)
            .map(entry -> MadeFrame.decode(((ProtocolDocument.Said) entry).frame()))
            .filter(message -> message instanceof Message.Batch)
            .map(message -> ((Message.Batch) message).rows())
            .findFirst()
            .orElseThrow();
    ByteBuffer bytes = ByteBuffer.allocate(rows.length());
    rows.putInto(bytes);
    List<List<String>> table = ProtocolDocument.table("bets", "bytes", "prefix checksum");
    assertThat(table).hasSize(rows.count() + 1);
    int end = 0;
    for (int i = 0; i < table.size(); i++) {
      assertThat(table.get(i))
          .containsExactly(
              Integer.toString(i),
              Integer.toString(end),
              "%08x".formatted(Checksum.of(bytes.array(), 0, end)));
      end = Draw.after(bytes.array(), end, bytes.capacity());
    }
  }
}
