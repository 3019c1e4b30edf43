package loteria.server;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import loteria.lottery.AgencyState;
import loteria.lottery.BetRow;
import loteria.lottery.Checksum;
import loteria.lottery.Draw;
import loteria.protocol.Message;
import loteria.protocol.Rows;

/** Bets of agencies, and the frames in which they travel. */
public final class SampleBets {
  private static final int DAYS_MAX = 30_000;

  private SampleBets() {}

  /** The file of an agency, of which about one bet in four wins. */
  public static List<Bet> file(int agency, int count) {
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
        random.nextInt(4) == 0 ? Draw.NUMBER : random.nextInt(BetRow.NUMBER_MAX + 1));
  }

  public static List<String> winners(List<Bet> bets) {
    return bets.stream().filter(bet -> bet.number() == Draw.NUMBER).map(Bet::document).toList();
  }

  public static Rows rows(List<Bet> bets) {
    Rows.Collector collector = new Rows.Collector(bets.size());
    for (Bet bet : bets) {
      byte[] row = bet.row();
      if (!collector.add(row, 0, row.length)) {
        throw new AssertionError("%d bets do not fit a batch".formatted(bets.size()));
      }
    }
    return collector.take();
  }

  public static int checksum(List<Bet> bets) {
    byte[] rows = csv(bets).getBytes(StandardCharsets.UTF_8);
    return Checksum.of(rows, 0, rows.length);
  }

  /** What is stored of an agency that has sent these bets, and no finish. */
  public static AgencyState state(List<Bet> bets) {
    return new AgencyState(bets.size(), checksum(bets), false);
  }

  public static Message.Batch batch(int agency, long first, List<Bet> bets) {
    return new Message.Batch(agency, first, rows(bets));
  }

  /** The bets of an agency from {@code from} on to before {@code to}, as a batch of its file. */
  public static Message.Batch part(List<Bet> file, int from, int to) {
    return batch(file.getFirst().agency(), from, file.subList(from, to));
  }

  public static Message.Finish finish(int agency, List<Bet> file) {
    return new Message.Finish(agency, file.size(), checksum(file));
  }

  /** What Python writes of them, by the plainest means. */
  public static String csv(List<Bet> bets) {
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
