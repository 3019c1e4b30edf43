package loteria.checks.torture.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import loteria.checks.process.Peer;
import loteria.checks.torture.evidence.Promises;
import loteria.lottery.Checksum;
import loteria.lottery.Refusal;
import loteria.protocol.Codec;
import loteria.protocol.Decoded;
import loteria.protocol.Message;
import org.jspecify.annotations.Nullable;

/**
 * An agency that says valid frames in any order, legal or not, and holds each answer to the rules.
 * It keeps to its file in what can be stored. For one thread.
 */
public final class UnrulyAgency implements AutoCloseable {
  /** What it can do. */
  public enum Move {
    COME,
    COME_AS_NOBODY,
    COME_WITH_TOO_MUCH_ACKNOWLEDGED,
    HELLO_AGAIN,
    NEXT,
    DUPLICATE,
    OVERLAP,
    GAP,
    OF_ANOTHER,
    BAD_BET,
    WORD_OF_THE_CENTRAL,
    FINISH,
    FINISH_WRONG,
    ASK,
    PONG,
    LEAVE
  }

  private static final int BATCH_MAX = 6;

  /** From the end of a batch's frame: the last digit of its last bet, before CR LF and checksum. */
  private static final int DIGIT_FROM_END = 1 + 2 + 4;

  private final int port;
  private final SpokenFile file;
  private final RulesModel rules;
  private final Promises promises;
  private final SplittableRandom random;
  private final Map<Move, Integer> made = new EnumMap<>(Move.class);
  private @Nullable Peer peer;

  public UnrulyAgency(int port, SpokenFile file, Promises promises, SplittableRandom random) {
    this.port = port;
    this.file = file;
    this.rules = new RulesModel(file);
    this.promises = promises;
    this.random = random;
  }

  /** How often it has done what. */
  public Map<Move, Integer> made() {
    return made;
  }

  /** Does something, by chance. */
  public void move() throws IOException {
    Move move = Move.values()[random.nextInt(Move.values().length)];
    // Half of what it does is as it should, or it would never get anywhere.
    if (random.nextInt(2) == 0) {
      move = rules.next() < file.size() ? Move.NEXT : Move.FINISH;
    }
    Peer current = peer;
    if (current == null && !isOfNoSession(move)) {
      move = Move.COME;
    }
    made.merge(move, 1, Integer::sum);
    if (current == null) {
      come(move);
    } else {
      say(move, current);
    }
  }

  private static boolean isOfNoSession(Move move) {
    return move == Move.COME
        || move == Move.COME_AS_NOBODY
        || move == Move.COME_WITH_TOO_MUCH_ACKNOWLEDGED;
  }

  private void come(Move move) throws IOException {
    Peer newer = Peer.at(port);
    try {
      if (move == Move.COME_AS_NOBODY) {
        int stranger = random.nextInt(2) == 0 ? 0 : 60_000;
        newer.send(Codec.encode(new Message.Hello(Codec.VERSION, Codec.VERSION, stranger, 0)));
        hear(newer, new Message.Refused(Refusal.UNKNOWN_AGENCY, 0, 0, ""));
      } else if (move == Move.COME_WITH_TOO_MUCH_ACKNOWLEDGED) {
        long acked = rules.next() + 1L + random.nextInt(5);
        newer.send(file.hello(acked));
        hear(newer, rules.hello(acked));
      } else {
        takeOver(newer);
        newer = null;
      }
    } finally {
      if (newer != null) {
        newer.close();
      }
    }
  }

  /** From the moment that the newer session is welcomed, nothing of the older is looked at. */
  private void takeOver(Peer newer) throws IOException {
    long acked = random.nextInt(rules.next() + 1);
    newer.send(file.hello(acked));
    hear(newer, rules.hello(acked));
    Peer older = peer;
    peer = newer;
    if (older != null) {
      if (rules.next() < file.size()) {
        older.sendWhatItTakes(file.batch(rules.next(), 1));
      }
      hear(older, rules.fenced());
      older.close();
    }
  }

  private void say(Move move, Peer to) throws IOException {
    switch (move) {
      case COME, COME_AS_NOBODY, COME_WITH_TOO_MUCH_ACKNOWLEDGED -> come(move);
      case NEXT, DUPLICATE, OVERLAP, GAP, OF_ANOTHER, BAD_BET -> sayBatch(move, to);
      case FINISH, FINISH_WRONG -> sayFinish(move == Move.FINISH, to);
      case HELLO_AGAIN -> say(to, file.hello(0), rules.helloAgain());
      case WORD_OF_THE_CENTRAL ->
          say(to, Codec.encode(new Message.Stored(rules.next())), rules.notAnAgencysWord());
      case ASK -> {
        to.send(Codec.encode(new Message.AskWinners()));
        Optional<Message.FromCentral> answer = rules.askWinners();
        if (answer.isPresent()) {
          answered(to, answer.get());
        }
      }
      case PONG -> to.send(Codec.encode(new Message.Pong()));
      case LEAVE -> {
        rules.leave();
        to.close();
        peer = null;
      }
    }
  }

  /** Says a batch of that kind, if what is stored by now lets it have one. */
  private void sayBatch(Move move, Peer to) throws IOException {
    int next = rules.next();
    int count = 1 + random.nextInt(BATCH_MAX);
    int left = Math.min(count, file.size() - next);
    if (move == Move.NEXT && left > 0) {
      say(to, file.batch(next, left), rules.batch(next, left));
    } else if (move == Move.DUPLICATE && next > 0) {
      int first = random.nextInt(next);
      int old = Math.min(count, next - first);
      say(to, file.batch(first, old), rules.batch(first, old));
    } else if (move == Move.OVERLAP && next > 0 && left > 0) {
      say(to, file.batch(next - 1, left + 1), rules.batch(next - 1, left + 1));
    } else if (move == Move.GAP) {
      long first = next + 1L + random.nextInt(1000);
      say(to, file.batchAt(first, 0, count), rules.batch(first, count));
    } else if (move == Move.OF_ANOTHER) {
      say(to, file.batchOfAnother(count), rules.batchOfAnother());
    } else if (move == Move.BAD_BET) {
      say(to, badBet(count), rules.badBet(count));
    }
  }

  /** Says Finish: the right one only when all is stored; a wrong one at any time. */
  private void sayFinish(boolean right, Peer to) throws IOException {
    int next = rules.next();
    if (!right) {
      boolean checksum = random.nextInt(2) == 0 && next > 0;
      byte[] wrong = checksum ? file.finish(next - 1, next) : file.finish(next, next + 1);
      say(to, wrong, rules.finish(false));
    } else if (next == file.size()) {
      say(to, file.finish(next, next), rules.finish(true));
    }
  }

  private void say(Peer to, byte[] frame, Message.FromCentral expected) throws IOException {
    to.send(frame);
    answered(to, expected);
  }

  private void answered(Peer from, Message.FromCentral expected) throws IOException {
    hear(from, expected);
    if (!rules.isSomebodyThere()) {
      from.close();
      peer = null;
    }
  }

  /** The central says this next, but for heartbeats and its reasons, and closes if it refuses. */
  private void hear(Peer from, Message.FromCentral expected) throws IOException {
    Decoded heard = from.receive();
    while (heard instanceof Message.Ping) {
      heard = from.receive();
    }
    if (heard instanceof Message.Refused(Refusal refusal, int row, long next, String reason)) {
      assertThat(new Message.Refused(refusal, row, next, "")).as(reason).isEqualTo(expected);
      assertThat(from.receiveToTheEnd()).isEmpty();
    } else {
      assertThat(heard).isEqualTo(expected);
      promises.note(file.agency(), expected);
    }
  }

  /** A batch whose last bet is of a thirteenth month. */
  private byte[] badBet(int count) {
    byte[] frame = file.batch(0, count);
    int covered = frame.length - 4;
    frame[frame.length - DIGIT_FROM_END] = 'x';
    ByteBuffer.wrap(frame).putInt(covered, Checksum.of(frame, 0, covered));
    return frame;
  }

  @Override
  public void close() throws IOException {
    if (peer != null) {
      peer.close();
    }
  }
}
