package loteria.protocol;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import loteria.lottery.AgencyState;
import loteria.lottery.BetRow;
import loteria.lottery.ClosingReason;
import loteria.lottery.Lottery;
import loteria.lottery.Refusal;
import loteria.lottery.Seal;

/**
 * Messages to frames and back. In a type, bit 0x80 marks what the central says, and bit 0x40 what
 * only the journal keeps.
 *
 * <p>Stateless.
 */
public final class Codec {
  /** The version of the protocol that is spoken here. */
  public static final int VERSION = 4;

  /** The longest reason of a refusal, in bytes of UTF-8; a longer one is cut. */
  public static final int REASON_BYTES_MAX = 1024;

  private static final int HELLO = 0x01;
  static final int BATCH = 0x02;
  private static final int FINISH = 0x03;
  private static final int ASK_WINNERS = 0x04;
  private static final int PONG = 0x05;
  private static final int WELCOME = 0x81;
  private static final int STORED = 0x82;
  private static final int FINISHED = 0x83;
  private static final int WINNERS = 0x84;
  private static final int PING = 0x85;
  private static final int REFUSED = 0x86;
  private static final int SEAL_RECEIPT = 0x87;
  private static final int SEALED = 0x41;
  private static final int DRAWN = 0x42;
  private static final int CLOSED = 0x43;
  private static final int ANNOUNCED = 0x44;

  /** More than any message takes that has no list and no text. */
  private static final int SMALL_BYTES_MAX = 64;

  private static final int SHA256_BYTES = 32;

  private Codec() {}

  /** The whole frame of a message. */
  public static byte[] encode(Message message) {
    ByteBuffer frame = ByteBuffer.allocate(room(message));
    encode(message, frame);
    return Arrays.copyOf(frame.array(), frame.position());
  }

  private static int room(Message message) {
    if (message instanceof Message.Batch batch) {
      return Frame.BYTES_MIN + Rows.BATCH_HEADER_BYTES + batch.rows().length();
    }
    boolean large =
        message instanceof Message.WinnersPage
            || message instanceof Message.Refused
            || message instanceof Message.SealReceipt
            || message instanceof Message.Entry;
    return large ? Frame.BYTES_MAX : SMALL_BYTES_MAX;
  }

  /**
   * Puts the whole frame of a message at the position of a buffer, which must have an array, and
   * room for {@link Frame#BYTES_MAX} bytes or for the frame.
   */
  public static void encode(Message message, ByteBuffer out) {
    int start = out.position();
    // An agency's own messages are not switched over: the JVM links such a switch when it is first
    // come to, which costs more classes than all else that an agency's start needs.
    if (!(message instanceof Message.FromAgency said)) {
      encodeOther(message, out);
    } else if (said instanceof Message.Batch batch) {
      Frame.begin(BATCH, out)
          .putShort((short) batch.agency())
          .putShort((short) batch.rows().count())
          .putLong(batch.first());
      batch.rows().putInto(out);
    } else if (said instanceof Message.Hello hello) {
      Frame.begin(HELLO, out)
          .put((byte) hello.versionMin())
          .put((byte) hello.versionMax())
          .putShort((short) hello.agency())
          .putLong(hello.acked());
    } else if (said instanceof Message.Finish finish) {
      Frame.begin(FINISH, out)
          .putShort((short) finish.agency())
          .putLong(finish.total())
          .putInt(finish.checksum());
    } else {
      Frame.begin(said instanceof Message.Pong ? PONG : ASK_WINNERS, out);
    }
    Frame.end(start, out);
  }

  /** Puts what a central says, or keeps in its journal alone. */
  private static void encodeOther(Message message, ByteBuffer out) {
    switch (message) {
      case Message.FromAgency said -> throw new AssertionError(said);
      case Message.Welcome welcome ->
          Frame.begin(WELCOME, out)
              .put((byte) welcome.version())
              .put(flag(welcome.state().finished()))
              .putShort((short) welcome.window())
              .putLong(welcome.state().next())
              .putInt(welcome.state().checksum());
      case Message.Stored stored -> Frame.begin(STORED, out).putLong(stored.next());
      case Message.Finished finished -> Frame.begin(FINISHED, out).putLong(finished.total());
      case Message.SealReceipt(Seal seal, long bets, int checksum) -> {
        put(seal, Frame.begin(SEAL_RECEIPT, out)).putLong(bets).putInt(checksum);
        putClosed(seal, out);
      }
      case Message.WinnersPage page -> put(page, out);
      case Message.Ping _ -> Frame.begin(PING, out);
      case Message.Refused refused -> put(refused, out);
      case Message.Sealed(Seal seal, Instant at) ->
          putClosed(seal, put(seal, Frame.begin(SEALED, out)).putLong(at.toEpochMilli()));
      case Message.Drawn drawn ->
          Frame.begin(DRAWN, out)
              .putShort((short) drawn.number())
              .putLong(drawn.winners())
              .putLong(drawn.at().toEpochMilli());
      case Message.Announced announced -> {
        Frame.begin(ANNOUNCED, out)
            .putShort((short) announced.agencies())
            .putShort((short) announced.partitions());
        for (UUID topic : announced.topics()) {
          out.putLong(topic.getMostSignificantBits()).putLong(topic.getLeastSignificantBits());
        }
      }
      case Message.Closed closed ->
          Frame.begin(CLOSED, out)
              .putShort((short) closed.agency())
              .putLong(closed.bets())
              .put(closed.reason().text().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static ByteBuffer put(Seal seal, ByteBuffer out) {
    return out.putLong(seal.bets()).put(HexFormat.of().parseHex(seal.sha256()));
  }

  /** They stand at the end of the frame, so that none takes no bytes. */
  private static void putClosed(Seal seal, ByteBuffer out) {
    seal.closed().forEach(agency -> out.putShort(agency.shortValue()));
  }

  private static void put(Message.WinnersPage page, ByteBuffer out) {
    Frame.begin(WINNERS, out)
        .putShort((short) page.number())
        .put(flag(page.last()))
        .putShort((short) page.documents().size());
    for (String document : page.documents()) {
      out.put((byte) document.length()).put(document.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static void put(Message.Refused refused, ByteBuffer out) {
    Frame.begin(REFUSED, out)
        .put((byte) refused.refusal().code())
        .putShort((short) refused.row())
        .putLong(refused.next());
    ByteBuffer reason = out.slice(out.position(), REASON_BYTES_MAX);
    // The encoder stops between characters when there is no more room.
    StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(refused.reason()), reason, true);
    out.position(out.position() + reason.position());
  }

  /**
   * The message of a whole frame whose checksum has been verified: as {@link FrameReader} gives it.
   * The rows of a batch are a view of the same bytes.
   *
   * @param checksRows whether those rows may be invalid
   */
  static Decoded decode(byte[] bytes, int from, int length, boolean checksRows) {
    int type = Frame.type(bytes, from);
    ByteBuffer payload = Frame.payload(bytes, from, length);
    try {
      Decoded decoded = type == BATCH ? batch(payload, checksRows) : decode(type, payload);
      return decoded instanceof Message && payload.hasRemaining()
          ? malformed(
              "message of type 0x%02x has %d bytes too many".formatted(type, payload.remaining()))
          : decoded;
    } catch (BufferUnderflowException _) {
      return malformed("message of type 0x%02x ends too early".formatted(type));
    } catch (IllegalArgumentException wrong) {
      return malformed(String.valueOf(wrong.getMessage()));
    }
  }

  /** How many bets a whole frame says that it has, valid or not; 0 if it is no batch. */
  static int betsClaimed(byte[] bytes, int from, int length) {
    ByteBuffer payload = Frame.payload(bytes, from, length);
    return Frame.type(bytes, from) == BATCH && payload.remaining() >= Rows.BATCH_HEADER_BYTES
        ? Short.toUnsignedInt(payload.getShort(payload.position() + 2))
        : 0;
  }

  private static Decoded decode(int type, ByteBuffer payload) {
    return switch (type) {
      case HELLO ->
          new Message.Hello(
              Byte.toUnsignedInt(payload.get()),
              Byte.toUnsignedInt(payload.get()),
              Short.toUnsignedInt(payload.getShort()),
              count(payload));
      case FINISH ->
          new Message.Finish(
              Short.toUnsignedInt(payload.getShort()), count(payload), payload.getInt());
      case ASK_WINNERS -> new Message.AskWinners();
      case PONG -> new Message.Pong();
      case WELCOME -> welcome(payload);
      case STORED -> new Message.Stored(count(payload));
      case FINISHED -> new Message.Finished(count(payload));
      case WINNERS -> winners(payload);
      case PING -> new Message.Ping();
      case REFUSED -> refused(payload);
      case SEAL_RECEIPT -> {
        Seal seal = seal(payload);
        long bets = count(payload);
        int checksum = payload.getInt();
        yield new Message.SealReceipt(seal.without(closed(payload)), bets, checksum);
      }
      case SEALED -> {
        Seal seal = seal(payload);
        Instant at = instant(payload);
        yield new Message.Sealed(seal.without(closed(payload)), at);
      }
      case DRAWN ->
          new Message.Drawn(
              Short.toUnsignedInt(payload.getShort()), count(payload), instant(payload));
      case CLOSED ->
          new Message.Closed(
              Short.toUnsignedInt(payload.getShort()),
              count(payload),
              new ClosingReason(reason(payload)));
      case ANNOUNCED -> announced(payload);
      default -> malformed("no message has the type 0x%02x".formatted(type));
    };
  }

  private static Decoded batch(ByteBuffer payload, boolean checksRows) {
    int agency = Short.toUnsignedInt(payload.getShort());
    int count = Short.toUnsignedInt(payload.getShort());
    long first = count(payload);
    if (count == 0) {
      return malformed("batch of 0 bets");
    }
    if (agency == 0) {
      return malformed("agency 0 is not 1 to %d".formatted(Lottery.AGENCIES_MAX));
    }
    byte[] bytes = payload.array();
    int from = payload.arrayOffset() + payload.position();
    int to = payload.arrayOffset() + payload.limit();
    if (checksRows) {
      BetRow rules = new BetRow(agency);
      int found = 0;
      int row = from;
      while (row < to) {
        int next = rules.check(bytes, row, to);
        if (next < 0) {
          return new Decoded.Malformed(
              Refusal.BAD_BET, found + 1, rules.flaw(bytes, row, to).toString());
        }
        found++;
        row = next;
      }
      if (found != count) {
        return malformed("batch of %d bets says %d".formatted(found, count));
      }
    }
    payload.position(payload.limit());
    return new Message.Batch(agency, first, new Rows(bytes, from, to - from, count));
  }

  private static Decoded welcome(ByteBuffer payload) {
    int version = Byte.toUnsignedInt(payload.get());
    boolean finished = flag(payload);
    int window = Short.toUnsignedInt(payload.getShort());
    return new Message.Welcome(
        version, window, new AgencyState(count(payload), payload.getInt(), finished));
  }

  private static Decoded winners(ByteBuffer payload) {
    int number = Short.toUnsignedInt(payload.getShort());
    boolean last = flag(payload);
    int count = Short.toUnsignedInt(payload.getShort());
    List<String> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] document = new byte[Byte.toUnsignedInt(payload.get())];
      payload.get(document);
      documents.add(new String(document, StandardCharsets.ISO_8859_1));
    }
    return new Message.WinnersPage(number, last, documents);
  }

  private static Decoded refused(ByteBuffer payload) {
    int code = Byte.toUnsignedInt(payload.get());
    int row = Short.toUnsignedInt(payload.getShort());
    long next = count(payload);
    if (payload.remaining() > REASON_BYTES_MAX) {
      return malformed(
          "reason of %d bytes exceeds %d".formatted(payload.remaining(), REASON_BYTES_MAX));
    }
    return new Message.Refused(Refusal.of(code), row, next, reason(payload));
  }

  private static String reason(ByteBuffer payload) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(payload).toString();
    } catch (CharacterCodingException malformed) {
      throw new IllegalArgumentException("reason is not UTF-8", malformed);
    }
  }

  private static Seal seal(ByteBuffer payload) {
    long bets = count(payload);
    byte[] sha256 = new byte[SHA256_BYTES];
    payload.get(sha256);
    return new Seal(bets, HexFormat.of().formatHex(sha256));
  }

  private static List<Integer> closed(ByteBuffer payload) {
    if (payload.remaining() > Short.BYTES * Lottery.CLOSED_MAX) {
      throw new IllegalArgumentException(
          "closed agencies of %d bytes exceed %d of %d"
              .formatted(payload.remaining(), Lottery.CLOSED_MAX, Short.BYTES));
    }
    List<Integer> closed = new ArrayList<>(payload.remaining() / Short.BYTES);
    int before = 0;
    while (payload.hasRemaining()) {
      int agency = Short.toUnsignedInt(payload.getShort());
      if (agency <= before) {
        throw new IllegalArgumentException(
            "closed agency %d after %d is not in order".formatted(agency, before));
      }
      closed.add(agency);
      before = agency;
    }
    return closed;
  }

  private static Decoded announced(ByteBuffer payload) {
    int agencies = Short.toUnsignedInt(payload.getShort());
    int partitions = Short.toUnsignedInt(payload.getShort());
    List<UUID> topics = new ArrayList<>();
    while (payload.hasRemaining() && topics.size() <= Message.Announced.TOPICS_MAX) {
      topics.add(new UUID(payload.getLong(), payload.getLong()));
    }
    return new Message.Announced(agencies, partitions, topics);
  }

  private static Instant instant(ByteBuffer payload) {
    return Instant.ofEpochMilli(count(payload));
  }

  private static long count(ByteBuffer payload) {
    long count = payload.getLong();
    if (count < 0) {
      throw new IllegalArgumentException(
          "count %s exceeds %d".formatted(Long.toUnsignedString(count), Long.MAX_VALUE));
    }
    return count;
  }

  private static boolean flag(ByteBuffer payload) {
    byte flag = payload.get();
    if (flag != 0 && flag != 1) {
      throw new IllegalArgumentException("flag of %d is not 0 or 1".formatted(flag));
    }
    return flag == 1;
  }

  private static byte flag(boolean set) {
    return (byte) (set ? 1 : 0);
  }

  private static Decoded.Malformed malformed(String reason) {
    return new Decoded.Malformed(Refusal.BAD_FRAME, 0, reason);
  }
}
