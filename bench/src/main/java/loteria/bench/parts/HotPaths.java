package loteria.bench.parts;

import java.nio.charset.StandardCharsets;
import loteria.lottery.BetRow;
import loteria.lottery.Checksum;
import loteria.lottery.Draw;
import loteria.lottery.Winners;
import loteria.protocol.Codec;
import loteria.protocol.Decoded;
import loteria.protocol.FrameReader;
import loteria.protocol.Message;
import loteria.protocol.Rows;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is done for every bet; each result is a bet's share. */
@State(Scope.Benchmark)
public class HotPaths {
  private static final int BETS = 140;
  private static final String[] NAMES = {
    "Rocío Belén", "Juan Pablo", "Ñusta", "María de los Ángeles"
  };
  private static final String[] SURNAMES = {"Quiroga", "Fernández", "Paz", "Güemes Iturralde"};

  private final BetRow rules = new BetRow(1);
  private final Draw draw = new Draw(Draw.NUMBER);
  private final FrameReader reader = new FrameReader();
  private final byte[] rows;
  private final byte[] frame;

  /** A batch of invented bets that fills a frame nearly. */
  public HotPaths() {
    Rows.Collector collector = new Rows.Collector(BETS);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < BETS; i++) {
      String row =
          "1,%s,%s,%d,19%02d-03-17,%d\r\n"
              .formatted(
                  NAMES[i % NAMES.length],
                  SURNAMES[i / NAMES.length % SURNAMES.length],
                  30_904_465 + 7 * i,
                  i % 100,
                  i);
      byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
      boolean added = collector.add(bytes, 0, bytes.length);
      assert added;
      all.append(row);
    }
    rows = all.toString().getBytes(StandardCharsets.UTF_8);
    frame = Codec.encode(new Message.Batch(1, 0, collector.take()));
  }

  /** A frame out of the bytes that arrived, with each row checked. */
  @Benchmark
  @OperationsPerInvocation(BETS)
  public Decoded decodeAndCheck() {
    reader.receive(frame, 0, frame.length);
    if (reader.next() instanceof FrameReader.Whole whole) {
      Decoded decoded = whole.decode();
      FrameReader.Step end = reader.next();
      assert end instanceof FrameReader.NeedMore;
      return decoded;
    }
    throw new AssertionError("a whole frame is none");
  }

  /** The rows checked, and no more. */
  @Benchmark
  @OperationsPerInvocation(BETS)
  public int check() {
    int at = 0;
    while (at >= 0 && at < rows.length) {
      at = rules.check(rows, at, rows.length);
    }
    return at;
  }

  /** The checksum of a frame. */
  @Benchmark
  @OperationsPerInvocation(BETS)
  public int checksum() {
    return Checksum.of(frame, 0, frame.length);
  }

  /** The draw over rows in memory. */
  @Benchmark
  @OperationsPerInvocation(BETS)
  public Winners draw() {
    int taken = draw.take(rows, 0, rows.length);
    assert taken == rows.length;
    return draw.winners();
  }
}
