package loteria.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import loteria.lottery.Bet;
import loteria.lottery.Draw;
import loteria.lottery.Reason;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Decoded;
import loteria.protocol.FrameDecoder;
import loteria.protocol.Message;

/** A ledger on a disk that fails on demand, and the requests that it is asked. */
final class TestLedger {
  static final Reason REASON = new Reason("no llegó");

  final FaultyDisk disk;
  final CapturedLog log = new CapturedLog();
  private final Ledger ledger;

  private TestLedger(FaultyDisk disk, int agencies, int number) throws IOException {
    this.disk = disk;
    this.ledger = Ledger.open(disk, agencies, number, log.log());
  }

  static TestLedger open(FaultyDisk disk, int agencies) throws IOException {
    return new TestLedger(disk, agencies, Draw.NUMBER);
  }

  static TestLedger open(FaultyDisk disk, int agencies, int number) throws IOException {
    return new TestLedger(disk, agencies, number);
  }

  static TestLedger ofAgencies(int agencies) throws IOException {
    return open(new FaultyDisk(0), agencies);
  }

  Ledger ledger() {
    return ledger;
  }

  RecordingSession session() {
    return new RecordingSession(disk);
  }

  /** Requests that came while the last group was made durable. */
  void process(Request... group) throws IOException {
    ledger.process(List.of(group));
  }

  /** A session that was welcomed. */
  RecordingSession greeted(int agency) throws IOException {
    RecordingSession session = session();
    process(greet(session, agency, 0));
    return session;
  }

  /** An agency that has sent all that it has. */
  RecordingSession finished(int agency, List<Bet> file) throws IOException {
    RecordingSession session = greeted(agency);
    if (!file.isEmpty()) {
      process(store(session, SampleBets.part(file, 0, file.size())));
    }
    process(finish(session, agency, file));
    return session;
  }

  static Request greet(Session session, int agency, long acked) {
    return new Request.Greet(
        session, new Message.Hello(Codec.VERSION, Codec.VERSION, agency, acked));
  }

  static Request store(Session session, Message.Batch batch) {
    byte[] frame = Codec.encode(batch);
    return new Request.Store(session, received(frame, Message.Batch.class), ByteBuffer.wrap(frame));
  }

  static Request finish(Session session, int agency, List<Bet> file) {
    return finish(session, SampleBets.finish(agency, file));
  }

  static Request finish(Session session, Message.Finish finish) {
    return new Request.Finish(session, finish, ByteBuffer.wrap(Codec.encode(finish)));
  }

  static Request ask(Session session, int agency) {
    return new Request.AskWinners(session, agency);
  }

  static Request refuse(Session session, int agency, Refusal refusal) {
    return new Request.Refuse(session, agency, new Decoded.Malformed(refusal, 3, "a reason"));
  }

  static Request close(Request.Operator operator, int agency) {
    return new Request.Close(operator, Closing.of(agency, REASON));
  }

  static Request closeAllMissing(Request.Operator operator) {
    return new Request.Close(operator, Closing.ofAllMissing(REASON));
  }

  static Request leave(Session session, int agency) {
    return new Request.Leave(session, agency);
  }

  /** The message of a frame that came over the wire. */
  static <M extends Message> M received(byte[] frame, Class<M> type) {
    FrameDecoder decoder = new FrameDecoder();
    decoder.space().put(frame);
    decoder.filled();
    if (decoder.next() instanceof FrameDecoder.Whole whole) {
      return type.cast(Codec.decode(whole.frame()));
    }
    throw new AssertionError("no whole frame");
  }
}
