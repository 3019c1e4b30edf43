package loteria.client.bets;

import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import loteria.lottery.AgencyState;
import loteria.lottery.BetRow;
import loteria.lottery.Checksum;
import loteria.lottery.Draw;
import loteria.lottery.Seal;
import loteria.protocol.Message;

/** Bets that nobody made: always the same of an agency. Some of them win. */
public final class MadeUpBets {
  private static final List<String> FIRST_NAMES =
      List.of("Ana", "José Ángel", "Íñigo", "Ñandú", "Santiago Lionel", "Zoë \"la Rápida\"", "#1");

  private static final List<String> LAST_NAMES =
      List.of("Pérez", "de la Fuente, hija", "Lorca", "", "Gutiérrez Nájera", " Núñez");

  private static final Seal SEAL = new Seal(78_697, "ab".repeat(32));

  private MadeUpBets() {}

  /** The agency's bets from the first one on: fewer of them are a prefix of more. */
  public static List<Bet> of(int agency, int count) {
    Random random = new Random(agency);
    List<Bet> bets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bets.add(
          new Bet(
              agency,
              FIRST_NAMES.get(random.nextInt(FIRST_NAMES.size())),
              LAST_NAMES.get(random.nextInt(LAST_NAMES.size())),
              "%08d".formatted(random.nextInt(50_000_000)),
              LocalDate.of(1930, 1, 1).plusDays(random.nextInt(27_000)),
              random.nextInt(5) == 0 ? Draw.NUMBER : random.nextInt(BetRow.NUMBER_MAX + 1)));
    }
    return bets;
  }

  /** Bets of which each has names as long as they can be, without a quote. */
  public static List<Bet> longest(int agency, int count) {
    List<Bet> bets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bets.add(
          new Bet(
              agency,
              "ñ".repeat(127) + "n",
              "e".repeat(255),
              "%020d".formatted(i),
              LocalDate.of(1999, 12, 31),
              i % 10_000));
    }
    return bets;
  }

  /** The rows of the bets, one after the other. */
  public static byte[] rows(List<Bet> bets) {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    bets.forEach(bet -> rows.writeBytes(bet.row()));
    return rows.toByteArray();
  }

  /** What is stored of an agency when these bets are. */
  public static AgencyState state(List<Bet> bets, boolean finished) {
    byte[] rows = rows(bets);
    return new AgencyState(bets.size(), Checksum.of(rows, 0, rows.length), finished);
  }

  /** The documents of those that win. */
  public static List<String> winners(List<Bet> bets) {
    return bets.stream().filter(bet -> bet.number() == Draw.NUMBER).map(Bet::document).toList();
  }

  /** What the central says of the seal when these are the bets of one agency. */
  public static Message.SealReceipt receipt(List<Bet> bets) {
    return new Message.SealReceipt(SEAL, bets.size(), state(bets, true).checksum());
  }

  /** The line by which their agency says that it has found them in the seal. */
  public static String sealedLine(List<Bet> bets) {
    Message.SealReceipt receipt = receipt(bets);
    return "INFO     action: check_seal | result: success | client_id: %d"
            .formatted(bets.getFirst().agency())
        + " | bets: %d | crc32c: %08x | sha256: %s"
            .formatted(receipt.bets(), receipt.checksum(), SEAL.sha256());
  }

  /** The bets as an agency's file has them. */
  public static String csv(List<Bet> bets) {
    return bets.stream().map(bet -> bet.csv() + "\n").collect(Collectors.joining());
  }
}
