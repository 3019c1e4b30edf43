package loteria.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import loteria.lottery.Bet;
import loteria.lottery.Checksum;
import loteria.lottery.Draw;
import loteria.lottery.Seal;
import loteria.lottery.Share;
import loteria.lottery.Standing;
import loteria.protocol.BetCursor;
import loteria.protocol.Bets;
import loteria.protocol.EncodedBet;
import loteria.protocol.Message;

/** Bets that nobody made: always the same of an agency. Some of them win. */
final class MadeUpBets {
  private static final List<String> FIRST_NAMES =
      List.of("Ana", "José Ángel", "Íñigo", "Ñandú", "Santiago Lionel", "Zoë \"la Rápida\"", "#1");

  private static final List<String> LAST_NAMES =
      List.of("Pérez", "de la Fuente, hija", "Lorca", "", "Gutiérrez Nájera", " Núñez");

  private static final Seal SEAL = new Seal(78_697, "ab".repeat(32));

  private MadeUpBets() {}

  /** The agency's bets from the first one on: fewer of them are a prefix of more. */
  static List<Bet> of(int agency, int count) {
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
              random.nextInt(5) == 0 ? Draw.NUMBER : random.nextInt(Bet.NUMBER_MAX + 1)));
    }
    return bets;
  }

  /** Bets of which each takes as many bytes on the wire as one can. */
  static List<Bet> longest(int agency, int count) {
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

  /** The bets as they are on the wire, laid here byte by byte. */
  static byte[] wire(List<Bet> bets) {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    for (Bet bet : bets) {
      for (String text : List.of(bet.firstName(), bet.lastName(), bet.document())) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        wire.write(bytes.length);
        wire.writeBytes(bytes);
      }
      LocalDate date = bet.birthDate();
      wire.writeBytes(
          ByteBuffer.allocate(6)
              .putShort((short) date.getYear())
              .put((byte) date.getMonthValue())
              .put((byte) date.getDayOfMonth())
              .putShort((short) bet.number())
              .array());
    }
    return wire.toByteArray();
  }

  /** How an agency stands of which these bets are stored. */
  static Standing standing(List<Bet> bets, boolean finished) {
    return new Standing(bets.size(), Checksum.of(ByteBuffer.wrap(wire(bets))), finished);
  }

  /** The bet that is set. */
  static Bet decoded(int agency, EncodedBet bet) {
    Bets.Collector one = new Bets.Collector(1);
    assertThat(one.add(bet)).isTrue();
    BetCursor cursor = one.take().cursor();
    assertThat(cursor.next()).isTrue();
    return cursor.bet(agency);
  }

  /** The documents of those that win. */
  static List<String> winners(List<Bet> bets) {
    return bets.stream().filter(bet -> bet.number() == Draw.NUMBER).map(Bet::document).toList();
  }

  /** What the central says of the seal when these are the bets of one agency. */
  static Message.Included included(List<Bet> bets) {
    StringBuilder rows = new StringBuilder();
    csv(bets)
        .lines()
        .forEach(
            row -> rows.append(bets.getFirst().agency()).append(',').append(row).append("\r\n"));
    byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
    Share share = new Share(bets.size(), Checksum.of(bytes, 0, bytes.length));
    return new Message.Included(SEAL, share);
  }

  /** The line by which their agency says that it has found them in the seal. */
  static String sealedLine(List<Bet> bets) {
    Share share = included(bets).share();
    return "INFO     action: check_seal | result: success | client_id: %d"
            .formatted(bets.getFirst().agency())
        + " | bets: %d | crc32c: %08x | sha256: %s"
            .formatted(share.bets(), share.checksum(), SEAL.sha256());
  }

  /** The bets as an agency's file has them. */
  static String csv(List<Bet> bets) {
    StringBuilder csv = new StringBuilder();
    for (Bet bet : bets) {
      csv.append(quoted(bet.firstName())).append(',').append(quoted(bet.lastName())).append(',');
      csv.append(bet.document()).append(',').append(bet.birthDate()).append(',');
      csv.append(bet.number()).append('\n');
    }
    return csv.toString();
  }

  private static String quoted(String text) {
    return text.contains(",") || text.contains("\"")
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
