package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import loteria.lottery.Checksum;
import loteria.lottery.Csv;
import loteria.lottery.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {
  /** The largest row: names of quotes alone, each doubled. */
  private static final byte[] LARGEST =
      Csv.rowOf(
          65_535,
          List.of("\"".repeat(255), "\"".repeat(255), "9".repeat(20), "9999-12-31", "9999"));

  private static final byte[] SMALLEST = Csv.rowOf(1, List.of("A", "", "1", "0001-01-01", "0"));

  private static final byte[] ANA = Golden.ANA.getBytes(StandardCharsets.UTF_8);
  private static final byte[] MARIA = Golden.MARIA.getBytes(StandardCharsets.UTF_8);

  private static boolean add(Rows.Collector collector, byte[] row) {
    return collector.add(row, 0, row.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 64, 99})
  void boundABatchByCount(int countMax) {
    Rows.Collector collector = new Rows.Collector(countMax);
    for (int i = 0; i < countMax; i++) {
      assertThat(add(collector, ANA)).as("bet %d", i).isTrue();
    }
    assertThat(add(collector, ANA)).isFalse();
    assertThat(collector.take().count()).isEqualTo(countMax);
  }

  @Test
  void boundABatchByBytes() {
    assertThat(fill(65_535, LARGEST)).as("largest rows").isEqualTo(7);
    assertThat(fill(1, SMALLEST)).as("smallest rows").isEqualTo(389);
  }

  private static int fill(int agency, byte[] row) {
    Rows.Collector collector = new Rows.Collector(Integer.MAX_VALUE);
    int added = 0;
    while (add(collector, row)) {
      added++;
    }
    assertThat(collector.count()).isEqualTo(added);
    Message.Batch batch = new Message.Batch(agency, 0, collector.take());
    assertThat(batch.rows().count()).isEqualTo(added);
    byte[] frame = Codec.encode(batch);
    assertThat(frame.length).isLessThanOrEqualTo(8192);
    assertThat(MadeFrame.decode(frame)).isEqualTo(batch);
    return added;
  }

  @Test
  void fillAFrameToItsLastByte() {
    // 8172 bytes are 388 rows of 21 and one of 24.
    Rows.Collector collector = new Rows.Collector(400);
    for (int i = 0; i < 388; i++) {
      assertThat(add(collector, SMALLEST)).isTrue();
    }
    byte[] ofTooMany = Csv.rowOf(1, List.of("AAAAA", "", "1", "0001-01-01", "0"));
    byte[] ofTheRest = Csv.rowOf(1, List.of("AAAA", "", "1", "0001-01-01", "0"));
    assertThat(add(collector, ofTooMany)).isFalse();
    assertThat(addInParts(collector, ofTooMany)).isFalse();
    assertThat(add(collector, ofTheRest)).isTrue();
    assertThat(add(collector, SMALLEST)).isFalse();
    Rows rows = collector.take();
    assertThat(rows.length()).isEqualTo(Rows.BYTES_MAX);
    byte[] frame = Codec.encode(new Message.Batch(1, 0, rows));
    assertThat(frame).hasSize(Frame.BYTES_MAX);
    assertThat(MadeFrame.decode(frame)).isEqualTo(new Message.Batch(1, 0, rows));
  }

  /** The agency of one digit and its comma apart, and the line end left to the collector. */
  private static boolean addInParts(Rows.Collector collector, byte[] row) {
    return collector.add(Arrays.copyOf(row, 2), row, 2, row.length - 2);
  }

  @Test
  void areTheSameWhetherTheirRowsCameWholeOrInParts() {
    Rows.Collector inParts = new Rows.Collector(2);
    assertThat(addInParts(inParts, MARIA)).isTrue();
    assertThat(addInParts(inParts, ANA)).isTrue();
    assertThat(addInParts(inParts, ANA)).as("by count").isFalse();
    assertThat(inParts.take()).isEqualTo(Golden.rows(Golden.MARIA, Golden.ANA));
  }

  @Test
  void fillAFrameToItsLastByteInParts() {
    Rows.Collector collector = new Rows.Collector(400);
    byte[] row = Csv.rowOf(1, List.of("AAAA", "", "1", "0001-01-01", "0"));
    assertThat(addInParts(collector, row)).isTrue();
    int added = 1;
    while (addInParts(collector, SMALLEST)) {
      added++;
    }
    assertThat(added).isEqualTo(389);
    assertThat(collector.take().length()).isEqualTo(Rows.BYTES_MAX);
  }

  /** Judging a row is left to the central: what is collected need not be valid. */
  @Test
  void areCollectedUnchecked() {
    Rows.Collector collector = new Rows.Collector(3);
    byte[] none = "1,a\r\n".getBytes(StandardCharsets.UTF_8);
    assertThat(add(collector, none)).isTrue();
    Rows rows = collector.take();
    assertThat(rows.count()).isEqualTo(1);
    assertThat(MadeFrame.decode(Codec.encode(new Message.Batch(1, 0, rows))))
        .isEqualTo(new Decoded.Malformed(Refusal.BAD_BET, 1, "ends before its last field"));
    assertThat(add(collector, new byte[Rows.BYTES_MAX + 1])).as("longer than any batch").isFalse();
    assertThat(add(collector, new byte[Rows.BYTES_MAX])).isTrue();
  }

  @Test
  void neverExceedAFrame() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      RandomMessages messages = new RandomMessages(random);
      int countMax = 1 + random.nextInt(200);
      Rows.Collector collector = new Rows.Collector(countMax);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      int added = 0;
      byte[] row = messages.row(1);
      while (add(collector, row)) {
        all.writeBytes(row);
        added++;
        row = messages.row(1);
      }
      Rows rows = collector.take();
      Message.Batch batch = new Message.Batch(1, 0, rows);
      byte[] frame = Codec.encode(batch);
      assertThat(frame.length).as("seed %d", seed).isLessThanOrEqualTo(8192);
      assertThat(MadeFrame.decode(frame)).as("seed %d", seed).isEqualTo(batch);
      assertThat(rows.count()).as("seed %d", seed).isEqualTo(added);
      assertThat(bytes(rows)).as("seed %d", seed).isEqualTo(all.toByteArray());
      assertThat(added == countMax || rows.length() + row.length > Rows.BYTES_MAX)
          .as("seed %d: a batch is small only when one of its bounds binds", seed)
          .isTrue();
    }
  }

  private static byte[] bytes(Rows rows) {
    ByteBuffer bytes = ByteBuffer.allocate(rows.length());
    rows.putInto(bytes);
    return bytes.array();
  }

  @Test
  void showTheirLastRow() {
    Rows two = Golden.rows(Golden.ANA, Golden.MARIA);
    assertThat(two.document(two.length())).isEqualTo("30904465");
    assertThat(two.number(two.length())).isEqualTo(7574);
    Rows turned = Golden.rows(Golden.MARIA, Golden.ANA);
    assertThat(turned.document(turned.length())).isEqualTo("007");
    assertThat(turned.number(turned.length())).isZero();
  }

  @Test
  void tellNobodysNameOrDocument() {
    assertThat(Golden.rows(Golden.MARIA, Golden.ANA).toString())
        .matches("Rows\\[count=2, length=74, checksum=[0-9a-f]{8}]");
  }

  @Test
  void areCollectedAnewAfterTheyWereTaken() {
    Rows.Collector collector = new Rows.Collector(2);
    assertThat(collector.isEmpty()).isTrue();
    add(collector, MARIA);
    assertThat(collector.isEmpty()).isFalse();
    Rows first = collector.take();
    assertThat(collector.isEmpty()).isTrue();
    add(collector, ANA);
    Rows second = collector.take();
    assertThat(first).isEqualTo(Golden.rows(Golden.MARIA));
    assertThat(second).isEqualTo(Golden.rows(Golden.ANA));
  }

  @Test
  void haveTheChecksumOfTheirBytes() {
    Rows rows = Golden.rows(Golden.MARIA, Golden.ANA);
    ByteBuffer wire = ByteBuffer.allocate(rows.length());
    rows.putInto(wire);
    assertThat(rows.checksum()).isEqualTo(Checksum.of(wire.array(), 0, wire.position()));
    assertThat(rows.checksum())
        .isEqualTo(
            Checksum.join(
                Golden.rows(Golden.MARIA).checksum(),
                Golden.rows(Golden.ANA).checksum(),
                Golden.rows(Golden.ANA).length()));
  }

  @Test
  void areEqualByTheirBytes() {
    Rows rows = Golden.rows(Golden.MARIA, Golden.ANA);
    assertThat(rows)
        .isEqualTo(Golden.rows(Golden.MARIA, Golden.ANA))
        .hasSameHashCodeAs(Golden.rows(Golden.MARIA, Golden.ANA))
        .isNotEqualTo(Golden.rows(Golden.ANA, Golden.MARIA))
        .isNotEqualTo(Golden.rows(Golden.MARIA))
        .isNotEqualTo("rows");
  }
}
