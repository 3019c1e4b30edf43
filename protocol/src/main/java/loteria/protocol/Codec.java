package loteria.protocol;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import loteria.lottery.Bet;
import loteria.lottery.Lottery;
import loteria.lottery.Reason;
import loteria.lottery.Refusal;
import loteria.lottery.Seal;
import loteria.lottery.Share;
import loteria.lottery.Standing;

/**
 * Messages to frames and back. Of a type's three high bits, 0x80 marks what the central says and
 * 0x40 what is only kept in the journal.
 *
 * <p>Stateless.
 */
public final class Codec {
  /** The version of the protocol that is spoken here. */
  public static final int VERSION = 3;

  /** The longest reason of a refusal, in bytes of UTF-8; a longer one is cut. */
  public static final int REASON_BYTES_MAX = 1024;

  private static final int HELLO = 0x01;
  private static final int BATCH = 0x02;
  private static final int FINISH = 0x03;
  private static final int ASK_WINNERS = 0x04;
  private static final int PONG = 0x05;
  private static final int WELCOME = 0x81;
  private static final int STORED = 0x82;
  private static final int FINISHED = 0x83;
  private static final int WINNERS = 0x84;
  private static final int PING = 0x85;
  private static final int REFUSED = 0x86;
  private static final int INCLUDED = 0x87;
  private static final int SEALED = 0x41;
  private static final int DRAWN = 0x42;
  private static final int CLOSED = 0x43;

  /** More than any message takes that has no list and no text. */
  private static final int SMALL_BYTES_MAX = 64;

  private static final int SHA256_BYTES = 32;
  private static final int WINNERS_HEADER_BYTES = 2 + 1 + 2;

  private Codec() {}

  /** The whole frame of a message. */
  public static byte[] encode(Message message) {
    ByteBuffer frame = ByteBuffer.allocate(room(message));
    encode(message, frame);
    return Arrays.copyOf(frame.array(), frame.position());
  }

  private static int room(Message message) {
    return switch (message) {
      case Message.Batch batch -> Frame.BYTES_MIN + Bets.BATCH_HEADER_BYTES + batch.bets().length();
      case Message.WinnersPage _,
          Message.Refused _,
          Message.Included _,
          Message.Sealed _,
          Message.Closed _ ->
          Frame.BYTES_MAX;
      default -> SMALL_BYTES_MAX;
    };
  }

  /**
   * Puts the whole frame of a message at the position of a buffer, which must have an array, and
   * room for {@link Frame#BYTES_MAX} bytes or for the frame.
   */
  public static void encode(Message message, ByteBuffer out) {
    int start = out.position();
    switch (message) {
      case Message.Hello hello ->
          Frame.begin(HELLO, out)
              .put((byte) hello.versionMin())
              .put((byte) hello.versionMax())
              .putShort((short) hello.agency())
              .putLong(hello.acked());
      case Message.Batch batch -> {
        Frame.begin(BATCH, out)
            .putShort((short) batch.agency())
            .putShort((short) batch.bets().count())
            .putLong(batch.first());
        batch.bets().putInto(out);
      }
      case Message.Finish finish ->
          Frame.begin(FINISH, out)
              .putShort((short) finish.agency())
              .putLong(finish.total())
              .putInt(finish.checksum());
      case Message.AskWinners _ -> Frame.begin(ASK_WINNERS, out);
      case Message.Pong _ -> Frame.begin(PONG, out);
      case Message.Welcome welcome ->
          Frame.begin(WELCOME, out)
              .put((byte) welcome.version())
              .put(flag(welcome.standing().finished()))
              .putShort((short) welcome.window())
              .putLong(welcome.standing().next())
              .putInt(welcome.standing().checksum());
      case Message.Stored stored -> Frame.begin(STORED, out).putLong(stored.next());
      case Message.Finished finished -> Frame.begin(FINISHED, out).putLong(finished.total());
      case Message.Included(Seal seal, Share share) -> {
        put(seal, Frame.begin(INCLUDED, out)).putLong(share.bets()).putInt(share.checksum());
        putClosed(seal, out);
      }
      case Message.WinnersPage page -> put(page, out);
      case Message.Ping _ -> Frame.begin(PING, out);
      case Message.Refused refused -> put(refused, out);
      case Message.Sealed(Seal seal) -> putClosed(seal, put(seal, Frame.begin(SEALED, out)));
      case Message.Drawn drawn ->
          Frame.begin(DRAWN, out).putShort((short) drawn.number()).putLong(drawn.winners());
      case Message.Closed closed ->
          Frame.begin(CLOSED, out)
              .putShort((short) closed.agency())
              .putLong(closed.bets())
              .put(closed.reason().text().getBytes(StandardCharsets.UTF_8));
    }
    Frame.end(start, out);
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
   * The pages in which an agency's winners are told: at least one, each as full as its frame
   * allows.
   */
  public static List<Message.WinnersPage> pages(int number, List<String> documents) {
    List<Message.WinnersPage> pages = new ArrayList<>();
    int from = 0;
    int bytes = WINNERS_HEADER_BYTES;
    for (int i = 0; i < documents.size(); i++) {
      int needed = 1 + documents.get(i).length();
      if (bytes + needed > Frame.PAYLOAD_BYTES_MAX) {
        pages.add(new Message.WinnersPage(number, false, documents.subList(from, i)));
        from = i;
        bytes = WINNERS_HEADER_BYTES;
      }
      bytes += needed;
    }
    pages.add(new Message.WinnersPage(number, true, documents.subList(from, documents.size())));
    return pages;
  }

  /**
   * The message of a whole frame whose checksum has been verified, as {@link FrameDecoder} gives
   * it.
   */
  public static Decoded decode(byte[] frame) {
    ByteBuffer payload = Frame.payload(frame);
    try {
      Decoded decoded = decode(Frame.type(frame), payload, frame);
      return decoded instanceof Message && payload.hasRemaining()
          ? malformed(
              "message of type 0x%02x has %d bytes too many"
                  .formatted(Frame.type(frame), payload.remaining()))
          : decoded;
    } catch (BufferUnderflowException _) {
      return malformed("message of type 0x%02x ends too early".formatted(Frame.type(frame)));
    } catch (IllegalArgumentException wrong) {
      return malformed(String.valueOf(wrong.getMessage()));
    }
  }

  /** How many bets a whole frame says that it has, valid or not; empty if it is no batch. */
  public static OptionalInt betsClaimed(byte[] frame) {
    ByteBuffer payload = Frame.payload(frame);
    return Frame.type(frame) == BATCH && payload.remaining() >= Bets.BATCH_HEADER_BYTES
        ? OptionalInt.of(Short.toUnsignedInt(payload.getShort(payload.position() + 2)))
        : OptionalInt.empty();
  }

  private static Decoded decode(int type, ByteBuffer payload, byte[] frame) {
    return switch (type) {
      case HELLO -> hello(payload);
      case BATCH -> batch(payload, frame);
      case FINISH -> finish(payload);
      case ASK_WINNERS -> new Message.AskWinners();
      case PONG -> new Message.Pong();
      case WELCOME -> welcome(payload);
      case STORED -> new Message.Stored(count(payload));
      case FINISHED -> new Message.Finished(count(payload));
      case WINNERS -> winners(payload);
      case PING -> new Message.Ping();
      case REFUSED -> refused(payload);
      case INCLUDED -> {
        Seal seal = seal(payload);
        Share share = new Share(count(payload), payload.getInt());
        yield new Message.Included(seal.without(closed(payload)), share);
      }
      case SEALED -> {
        Seal seal = seal(payload);
        yield new Message.Sealed(seal.without(closed(payload)));
      }
      case DRAWN -> new Message.Drawn(Short.toUnsignedInt(payload.getShort()), count(payload));
      case CLOSED -> closing(payload);
      default -> malformed("no message has the type 0x%02x".formatted(type));
    };
  }

  private static Decoded hello(ByteBuffer payload) {
    return new Message.Hello(
        Byte.toUnsignedInt(payload.get()),
        Byte.toUnsignedInt(payload.get()),
        Short.toUnsignedInt(payload.getShort()),
        count(payload));
  }

  private static Decoded batch(ByteBuffer payload, byte[] frame) {
    int agency = Short.toUnsignedInt(payload.getShort());
    int count = Short.toUnsignedInt(payload.getShort());
    long first = count(payload);
    if (count == 0) {
      return malformed("batch of 0 bets");
    }
    int from = Frame.HEADER_BYTES + Bets.BATCH_HEADER_BYTES;
    int length = payload.remaining();
    BetCursor cursor = new BetCursor(frame, from, length);
    int found = 0;
    while (cursor.next()) {
      found++;
    }
    if (cursor.invalid() != null) {
      return new Decoded.Malformed(Refusal.BAD_BET, found + 1, cursor.invalid());
    }
    if (found != count) {
      return malformed("batch of %d bets says %d".formatted(found, count));
    }
    payload.position(payload.limit());
    return new Message.Batch(agency, first, new Bets(frame, from, length, count));
  }

  private static Decoded finish(ByteBuffer payload) {
    return new Message.Finish(
        Short.toUnsignedInt(payload.getShort()), count(payload), payload.getInt());
  }

  private static Decoded welcome(ByteBuffer payload) {
    int version = Byte.toUnsignedInt(payload.get());
    boolean finished = flag(payload);
    int window = Short.toUnsignedInt(payload.getShort());
    return new Message.Welcome(
        version, window, new Standing(count(payload), payload.getInt(), finished));
  }

  private static Decoded winners(ByteBuffer payload) {
    int number = Short.toUnsignedInt(payload.getShort());
    boolean last = flag(payload);
    int count = Short.toUnsignedInt(payload.getShort());
    List<String> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] document = new byte[Byte.toUnsignedInt(payload.get())];
      payload.get(document);
      String text = new String(document, StandardCharsets.ISO_8859_1);
      if (text.isEmpty()
          || text.length() > Bet.DOCUMENT_DIGITS_MAX
          || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return malformed("winner %d has no document of digits".formatted(i + 1));
      }
      documents.add(text);
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

  private static Decoded closing(ByteBuffer payload) {
    int agency = Short.toUnsignedInt(payload.getShort());
    long bets = count(payload);
    return new Message.Closed(agency, bets, new Reason(reason(payload)));
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
