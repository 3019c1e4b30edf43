package loteria.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import loteria.lottery.Bet;
import loteria.lottery.Checksum;
import loteria.lottery.Draw;
import loteria.lottery.Winners;
import loteria.protocol.Bets;
import loteria.protocol.Codec;
import loteria.protocol.Decoded;
import loteria.protocol.FrameDecoder;
import loteria.protocol.Message;
import loteria.tool.BetsGenerator;
import loteria.tool.BetsOrder;
import loteria.tool.WinnersWanted;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is done for every bet; each result is a bet's share. */
@State(Scope.Benchmark)
public class HotPaths {
  private static final int BETS = 180;

  private final String csv;
  private final List<Bet> bets = new ArrayList<>();
  private final byte[] frame;
  private final FrameDecoder decoder = new FrameDecoder();

  /** A batch of generated bets that fills a frame nearly. */
  public HotPaths() {
    BetsOrder order = new BetsOrder(1, 1, BETS, new WinnersWanted.Exactly(1), Draw.NUMBER);
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    try {
      long written = new BetsGenerator(order).write(1, rows).bets();
      assert written == BETS : written;
    } catch (IOException impossible) {
      // It is written to memory.
      throw new AssertionError(impossible);
    }
    csv = rows.toString(StandardCharsets.UTF_8);
    frame = Codec.encode(new Message.Batch(1, 0, rowsToBets()));
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

  /** Rows of CSV parsed by the library, made bets, and laid as the protocol has them. */
  @Benchmark
  @OperationsPerInvocation(BETS)
  public final Bets rowsToBets() {
    Bets.Collector collector = new Bets.Collector(BETS);
    bets.clear();
    CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(csv);
    for (CsvRecord row : rows) {
      Bet bet = FrameFile.bet(1, row);
      bets.add(bet);
      boolean added = collector.add(bet);
      assert added;
    }
    return collector.take();
  }

  /** The draw over bets in memory. */
  @Benchmark
  @OperationsPerInvocation(BETS)
  public Winners draw() {
    return Draw.hold(bets.iterator(), Draw.NUMBER);
  }
}
