package loteria.protocol;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import loteria.lottery.Bet;
import loteria.lottery.Lottery;
import loteria.lottery.Reason;
import loteria.lottery.Refusal;
import loteria.lottery.Seal;
import loteria.lottery.Share;
import loteria.lottery.Standing;

/** Valid messages of every kind, the same for the same seed. */
final class RandomMessages {
  private static final int KINDS = 15;

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
              new Standing(count(), random.nextInt(), random.nextBoolean()));
      case 6 -> new Message.Stored(count());
      case 7 -> new Message.Finished(count());
      case 8 -> new Message.WinnersPage(number(), random.nextBoolean(), documents());
      case 9 -> new Message.Ping();
      case 10 -> refused();
      case 11 -> new Message.Sealed(seal());
      case 12 -> new Message.Drawn(number(), count());
      case 13 -> new Message.Included(seal(), new Share(count(), random.nextInt()));
      case 14 -> new Message.Closed(agency(1), count(), reason());
      default -> throw new AssertionError(KINDS);
    };
  }

  private Message batch() {
    Bets.Collector collector = new Bets.Collector(1 + random.nextInt(150));
    boolean added;
    do {
      added = collector.add(EncodedBet.of(bet()));
    } while (added);
    return new Message.Batch(
        agency(1), random.nextLong(1L << random.nextInt(1, 62)), collector.take());
  }

  Bet bet() {
    return new Bet(
        agency(1),
        text(1, Bet.NAME_BYTES_MAX),
        text(0, Bet.NAME_BYTES_MAX),
        document(),
        LocalDate.ofEpochDay(
            random.nextLong(
                LocalDate.of(1, 1, 1).toEpochDay(), LocalDate.of(9999, 12, 31).toEpochDay() + 1)),
        number());
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
    for (int i = 1 + random.nextInt(Bet.DOCUMENT_DIGITS_MAX); i > 0; i--) {
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
    } while (!Bet.isNameable(codePoint));
    return codePoint;
  }

  private int agency(int smallest) {
    return random.nextInt(smallest, 65_536);
  }

  private int number() {
    return random.nextInt(Bet.NUMBER_MAX + 1);
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

  private Reason reason() {
    return new Reason("x" + text(0, Reason.BYTES_MAX - 1));
  }

  private String sha256() {
    byte[] hash = new byte[32];
    random.nextBytes(hash);
    return HexFormat.of().formatHex(hash);
  }
}
