package loteria.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import loteria.lottery.Checksum;
import loteria.lottery.Draw;
import loteria.lottery.Winners;
import loteria.protocol.BetCursor;
import loteria.protocol.Bets;
import loteria.protocol.BetsCsv;
import loteria.protocol.Codec;
import loteria.protocol.Decoded;
import loteria.protocol.EncodedBet;
import loteria.protocol.FrameDecoder;
import loteria.protocol.Message;
import loteria.tool.BetsGenerator;
import loteria.tool.BetsOrder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is done for every bet; each result is a bet's share. */
@State(Scope.Benchmark)
public class HotPaths {
  private static final int BETS = 180;
  private static final int SEALED_BYTES_MAX = 1 << 16;

  private final byte[] csv;
  private final EncodedBet bet = new EncodedBet();
  private final Bets.Collector collector = new Bets.Collector(BETS);
  private final Bets bets;
  private final byte[] frame;
  private final ByteBuffer sealed = ByteBuffer.allocate(SEALED_BYTES_MAX);
  private final int sealedBytes;
  private final FrameDecoder decoder = new FrameDecoder();

  /** A batch of generated bets that fills a frame nearly. */
  public HotPaths() {
    BetsOrder order = new BetsOrder(1, 1, BETS, OptionalLong.of(1), Draw.NUMBER);
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    try {
      long written = new BetsGenerator(order).write(1, rows).bets();
      assert written == BETS : written;
    } catch (IOException impossible) {
      // It is written to memory.
      throw new AssertionError(impossible);
    }
    csv = rows.toByteArray();
    bets = rowsToBets();
    frame = Codec.encode(new Message.Batch(1, 0, bets));
    sealedBytes = betsToSealedRows().position();
  }

  /** A frame out of the bytes that arrived, checked, decoded and each bet validated. */
  @Benchmark
  @OperationsPerInvocation(BETS)
  public Decoded decodeAndValidate() {
    decoder.space().put(frame);
    decoder.filled();
    if (decoder.next() instanceof FrameDecoder.Whole whole) {
      return Codec.decode(whole.frame());
    }
    throw new AssertionError("a whole frame is none");
  }

  /** The checksum of a frame. */
  @Benchmark
  @OperationsPerInvocation(BETS)
  public int checksum() {
    return Checksum.of(frame, 0, frame.length);
  }

  /** Plain rows of CSV, laid as the protocol has them. */
  @Benchmark
  @OperationsPerInvocation(BETS)
  public final Bets rowsToBets() {
    for (int at = 0; at < csv.length; ) {
      at = bet.setPlainRow(csv, at, csv.length);
      boolean added = collector.add(bet);
      assert added;
    }
    return collector.take();
  }

  /** A batch laid as rows of the sealed file. */
  @Benchmark
  @OperationsPerInvocation(BETS)
  public final ByteBuffer betsToSealedRows() {
    sealed.clear();
    BetCursor cursor = bets.cursor();
    while (cursor.next()) {
      BetsCsv.putRow(1, cursor, sealed);
    }
    return sealed;
  }

  /** The draw over sealed rows in memory. */
  @Benchmark
  @OperationsPerInvocation(BETS)
  public Winners draw() {
    Draw draw = new Draw(Draw.NUMBER);
    int taken = draw.take(sealed.array(), 0, sealedBytes);
    assert taken == sealedBytes;
    return draw.finish();
  }
}
