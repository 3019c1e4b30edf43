package loteria.protocol;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import loteria.lottery.AgencyState;
import loteria.lottery.BetRow;
import loteria.lottery.ClosingReason;
import loteria.lottery.Csv;
import loteria.lottery.Lottery;
import loteria.lottery.Refusal;
import loteria.lottery.Seal;

/** Valid messages of every kind, the same for the same seed. */
final class RandomMessages {
  private static final int KINDS = 16;

  private final Random random;

  RandomMessages(Random random) {
    this.random = random;
  }

  Message next() {
    return switch (random.nextInt(KINDS)) {
      case 0 -> new Message.Hello(random.nextInt(256), random.nextInt(256), agency(0), count());
      case 1 -> batch();
      case 2 -> new Message.Finish(agency(1), count(), random.nextInt());
      case 3 -> new Message.AskWinners();
      case 4 -> new Message.Pong();
      case 5 ->
          new Message.Welcome(
              random.nextInt(256),
              agency(1),
              new AgencyState(count(), random.nextInt(), random.nextBoolean()));
      case 6 -> new Message.Stored(count());
      case 7 -> new Message.Finished(count());
      case 8 -> new Message.WinnersPage(number(), random.nextBoolean(), documents());
      case 9 -> new Message.Ping();
      case 10 -> refused();
      case 11 -> new Message.Sealed(seal(), instant());
      case 12 -> new Message.Drawn(number(), count(), instant());
      case 13 -> new Message.SealReceipt(seal(), count(), random.nextInt());
      case 14 -> new Message.Closed(agency(1), count(), reason());
      case 15 -> new Message.Announced(agency(1), agency(1), topics());
      default -> throw new AssertionError(KINDS);
    };
  }

  private Message batch() {
    int agency = agency(1);
    Rows.Collector collector = new Rows.Collector(1 + random.nextInt(150));
    byte[] row = row(agency);
    while (collector.add(row, 0, row.length)) {
      row = row(agency);
    }
    return new Message.Batch(
        agency, random.nextLong(1L << random.nextInt(1, 62)), collector.take());
  }

  /** A valid row of an agency. */
  byte[] row(int agency) {
    LocalDate date =
        LocalDate.ofEpochDay(
            random.nextLong(
                LocalDate.of(1, 1, 1).toEpochDay(), LocalDate.of(9999, 12, 31).toEpochDay() + 1));
    return Csv.rowOf(
        agency,
        List.of(
            text(1, BetRow.NAME_BYTES_MAX),
            text(0, BetRow.NAME_BYTES_MAX),
            document(),
            date.toString(),
            Integer.toString(number())));
  }

  private Message refused() {
    Refusal[] refusals = Refusal.values();
    return new Message.Refused(
        refusals[random.nextInt(refusals.length)],
        agency(0),
        count(),
        text(0, Codec.REASON_BYTES_MAX));
  }

  private List<String> documents() {
    return Stream.generate(this::document).limit(random.nextInt(300)).toList();
  }

  private String document() {
    StringBuilder digits = new StringBuilder();
    for (int i = 1 + random.nextInt(BetRow.DOCUMENT_DIGITS_MAX); i > 0; i--) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  /** A text of so many bytes of UTF-8: mostly short, of characters of every length. */
  private String text(int bytesMin, int bytesMax) {
    int bytes =
        random.nextInt(4) == 0
            ? random.nextInt(bytesMin, bytesMax + 1)
            : random.nextInt(bytesMin, 20);
    StringBuilder text = new StringBuilder();
    List<Integer> sizes = new ArrayList<>();
    while (bytes > 0) {
      int size = 1 + random.nextInt(Math.min(4, bytes));
      sizes.add(size);
      bytes -= size;
    }
    sizes.forEach(size -> text.appendCodePoint(codePoint(size)));
    return text.toString();
  }

  private int codePoint(int size) {
    int codePoint;
    do {
      codePoint =
          switch (size) {
            case 1 -> random.nextInt(0x20, 0x7f);
            case 2 -> random.nextInt(0xa0, 0x800);
            case 3 -> random.nextInt(0x800, 0x10000);
            default -> random.nextInt(0x10000, 0x110000);
          };
    } while (!BetRow.isNameable(codePoint));
    return codePoint;
  }

  private int agency(int smallest) {
    return random.nextInt(smallest, 65_536);
  }

  private int number() {
    return random.nextInt(BetRow.NUMBER_MAX + 1);
  }

  private long count() {
    return random.nextLong() >>> random.nextInt(1, 64);
  }

  private Seal seal() {
    List<Integer> closed =
        random.nextBoolean()
            ? List.of()
            : random
                .ints(random.nextInt(Lottery.CLOSED_MAX), 1, 65_536)
                .boxed()
                .sorted()
                .distinct()
                .toList();
    return new Seal(count(), sha256(), closed);
  }

  private Instant instant() {
    return Instant.ofEpochMilli(count());
  }

  private List<UUID> topics() {
    return Stream.generate(() -> new UUID(random.nextLong(), random.nextLong()))
        .limit(random.nextInt(Message.Announced.TOPICS_MAX + 1))
        .toList();
  }

  private ClosingReason reason() {
    return new ClosingReason("x" + text(0, ClosingReason.BYTES_MAX - 1));
  }

  private String sha256() {
    byte[] hash = new byte[32];
    random.nextBytes(hash);
    return HexFormat.of().formatHex(hash);
  }
}
