package loteria.checks.torture.peers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import loteria.lottery.AgencyState;
import loteria.lottery.Checksum;
import loteria.lottery.Csv;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import loteria.protocol.Rows;

/** The file of an agency, for a test that speaks for the agency itself. Immutable. */
public final class SpokenFile {
  private final int agency;
  private final List<byte[]> rows;

  /** The checksum of the first 0, 1, 2… bets. */
  private final List<Integer> checksums = new ArrayList<>();

  public SpokenFile(int agency, List<String> rows) {
    this.agency = agency;
    this.rows = rows.stream().map(row -> Csv.rowOf(agency, List.of(row.split(",", -1)))).toList();
    checksums.add(Checksum.EMPTY);
    for (int i = 0; i < this.rows.size(); i++) {
      Rows one = rows(i, 1);
      checksums.add(Checksum.join(checksums.getLast(), one.checksum(), one.length()));
    }
  }

  public int agency() {
    return agency;
  }

  int size() {
    return rows.size();
  }

  private Rows rows(int first, int count) {
    Rows.Collector collector = new Rows.Collector(count);
    for (byte[] row : rows.subList(first, first + count)) {
      boolean added = collector.add(row, 0, row.length);
      assert added : "too many for a frame";
    }
    return collector.take();
  }

  /** What is stored of the agency when so many of its bets are. */
  AgencyState state(int next, boolean finished) {
    return new AgencyState(next, checksums.get(next), finished);
  }

  public byte[] hello(long acked) {
    return Codec.encode(new Message.Hello(Codec.VERSION, Codec.VERSION, agency, acked));
  }

  /** A batch of the bets from {@code first} on. */
  public byte[] batch(int first, int count) {
    return Codec.encode(new Message.Batch(agency, first, rows(first, count)));
  }

  /** A batch of those bets, that says to begin elsewhere. */
  byte[] batchAt(long statedFirst, int first, int count) {
    return Codec.encode(new Message.Batch(agency, statedFirst, rows(first, count)));
  }

  /** A batch of the first bets as if they were of another agency. */
  byte[] batchOfAnother(int count) {
    int other = 1 + agency % 2;
    Rows.Collector collector = new Rows.Collector(count);
    for (byte[] row : rows.subList(0, count)) {
      String own = new String(row, StandardCharsets.UTF_8);
      byte[] of = (other + own.substring(own.indexOf(','))).getBytes(StandardCharsets.UTF_8);
      boolean added = collector.add(of, 0, of.length);
      assert added : "too many for a frame";
    }
    return Codec.encode(new Message.Batch(other, 0, collector.take()));
  }

  byte[] finish(int total, int statedTotal) {
    return Codec.encode(new Message.Finish(agency, statedTotal, checksums.get(total)));
  }
}
