package loteria.server;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import loteria.lottery.Bet;
import loteria.lottery.Checksum;
import loteria.lottery.Draw;
import loteria.lottery.Share;
import loteria.protocol.Bets;
import loteria.protocol.EncodedBet;
import loteria.protocol.Message;

/** Bets of agencies, and the frames in which they travel. */
final class SampleBets {
  private static final int DAYS_MAX = 30_000;

  private SampleBets() {}

  /** The file of an agency, of which about one bet in four wins. */
  static List<Bet> file(int agency, int count) {
    Random random = new Random(agency);
    return IntStream.range(0, count).mapToObj(i -> bet(agency, i, random)).toList();
  }

  private static Bet bet(int agency, int ordinal, Random random) {
    return new Bet(
        agency,
        "Ángela, la \"%d\"".formatted(ordinal),
        random.nextBoolean() ? "" : "Núñez",
        "%08d".formatted(agency * 1_000_000 + ordinal),
        LocalDate.of(1940, 1, 1).plusDays(random.nextInt(DAYS_MAX)),
        random.nextInt(4) == 0 ? Draw.NUMBER : random.nextInt(Bet.NUMBER_MAX + 1));
  }

  static List<String> winners(List<Bet> bets) {
    return bets.stream().filter(bet -> bet.number() == Draw.NUMBER).map(Bet::document).toList();
  }

  static Bets bets(List<Bet> bets) {
    Bets.Collector collector = new Bets.Collector(bets.size());
    for (Bet bet : bets) {
      if (!collector.add(EncodedBet.of(bet))) {
        throw new AssertionError("%d bets do not fit a batch".formatted(bets.size()));
      }
    }
    return collector.take();
  }

  static int checksum(List<Bet> bets) {
    int checksum = Checksum.EMPTY;
    for (Bet bet : bets) {
      Bets one = bets(List.of(bet));
      checksum = Checksum.join(checksum, one.checksum(), one.length());
    }
    return checksum;
  }

  /** What of a sealed file the bets are, if they are all of an agency. */
  static Share share(List<Bet> bets) {
    byte[] rows = csv(bets).getBytes(StandardCharsets.UTF_8);
    return new Share(bets.size(), Checksum.of(rows, 0, rows.length));
  }

  static Message.Batch batch(int agency, long first, List<Bet> bets) {
    return new Message.Batch(agency, first, bets(bets));
  }

  /** The bets of an agency from {@code from} on to before {@code to}, as a batch of its file. */
  static Message.Batch part(List<Bet> file, int from, int to) {
    return batch(file.getFirst().agency(), from, file.subList(from, to));
  }

  static Message.Finish finish(int agency, List<Bet> file) {
    return new Message.Finish(agency, file.size(), checksum(file));
  }

  /** What Python writes of them, by the plainest means. */
  static String csv(List<Bet> bets) {
    List<String> rows = new ArrayList<>();
    for (Bet bet : bets) {
      rows.add(
          "%d,%s,%s,%s,%s,%d\r\n"
              .formatted(
                  bet.agency(),
                  quoted(bet.firstName()),
                  quoted(bet.lastName()),
                  bet.document(),
                  bet.birthDate(),
                  bet.number()));
    }
    return String.join("", rows);
  }

  private static String quoted(String field) {
    return field.contains(",") || field.contains("\"")
        ? '"' + field.replace("\"", "\"\"") + '"'
        : field;
  }
}
