package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import loteria.lottery.BetRow;
import loteria.lottery.Csv;
import loteria.lottery.Refusal;
import loteria.testing.Allocation;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes of a batch are, each row that is taken is one that would be laid so. */
class RowsFuzzTest {
  private static final int AGENCY = 5;
  private static final BetRow RULES = new BetRow(AGENCY);

  /** The rules, the message, and the reason why a row is none. */
  private static final long ALLOCATED_BYTES_MAX = 64 * 1024;

  static Stream<byte[]> seeds() {
    return Stream.of(
            Golden.MARIA,
            Golden.ANA,
            Golden.MARIA + Golden.ANA + Golden.MARIA,
            "5,\"O'Higgins, Bernardo\",\"\"\"\",1,0001-01-01,9999\r\n",
            "5,\"\",b,1,2000-01-01,0\r\n",
            "5,a,b,\"1\",2000-01-01,0\r\n",
            "5,a,b,1,1999-02-30,007\r\n",
            "5,\u2028,b,1,2000-01-01,0\n")
        .map(rows -> rows.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void takesOnlyRowsThatWouldBeLaidSo(byte[] rows) throws Exception {
    if (rows.length > Rows.BYTES_MAX) {
      return;
    }
    int count = 0;
    int row = 0;
    int next = 0;
    while (row < rows.length && (next = RULES.check(rows, row, rows.length)) >= 0) {
      assertThat(next).isBetween(row + BetRow.BYTES_MIN, row + BetRow.BYTES_MAX);
      byte[] taken = Arrays.copyOfRange(rows, row, next);
      List<String> fields = fields(new String(taken, StandardCharsets.UTF_8));
      assertThat(Csv.rowOf(AGENCY, fields)).as("%s", fields).isEqualTo(taken);
      assertThat(BetRow.document(rows, next)).isEqualTo(fields.get(2));
      assertThat(BetRow.number(rows, next)).isEqualTo(Integer.parseInt(fields.get(4)));
      count++;
      row = next;
    }
    byte[] frame = batch(rows, Math.max(count, 1));
    Allocation.atMost(ALLOCATED_BYTES_MAX, () -> MadeFrame.decode(frame));
    assertThat(MadeFrame.decode(frame)).isEqualTo(expected(rows, count, row));
  }

  private static Decoded expected(byte[] rows, int count, int wrong) {
    if (wrong < rows.length) {
      String reason = RULES.flaw(rows, wrong, rows.length).toString();
      assertThat(reason.chars()).as(reason).isNotEmpty().noneMatch(c -> c < ' ');
      assertThat(reason.length()).isLessThan(600);
      return new Decoded.Malformed(Refusal.BAD_BET, count + 1, reason);
    }
    return count == 0
        ? new Decoded.Malformed(Refusal.BAD_FRAME, 0, "batch of 0 bets says 1")
        : new Message.Batch(AGENCY, 0, new Rows(rows, 0, rows.length, count));
  }

  /** The five fields of a row that was taken, by reading it once more in the plainest way. */
  private static List<String> fields(String row) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int at = 0; at < row.length() - 2; at++) {
      char c = row.charAt(at);
      boolean doubled = quoted && c == '"' && row.charAt(at + 1) == '"';
      if (doubled) {
        field.append('"');
        at++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    assertThat(fields).as(row).hasSize(6).startsWith(Integer.toString(AGENCY));
    return fields.subList(1, 6);
  }

  private static byte[] batch(byte[] rows, int count) {
    ByteBuffer payload = ByteBuffer.allocate(Rows.BATCH_HEADER_BYTES + rows.length);
    payload.putShort((short) AGENCY).putShort((short) count).putLong(0).put(rows);
    return MadeFrame.of(0x02, payload.array());
  }
}
