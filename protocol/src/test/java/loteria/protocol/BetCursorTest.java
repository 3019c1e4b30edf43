package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import loteria.lottery.Bet;
import loteria.lottery.InvalidBetException;
import org.junit.jupiter.api.Test;

class BetCursorTest {
  /** Parts of names: harmless, hostile, and not UTF-8 at all. */
  private static final List<byte[]> PARTS =
      List.of(
          hex("41"),
          hex("20"),
          hex("c3b1"),
          hex("e282ac"),
          hex("f09f8d80"),
          hex("c2a0"),
          hex("efbfbd"),
          hex("7e"),
          hex("00"),
          hex("0a"),
          hex("0d"),
          hex("09"),
          hex("1f"),
          hex("7f"),
          hex("c280"),
          hex("c285"),
          hex("c29f"),
          hex("e280a8"),
          hex("e280a9"),
          hex("c080"),
          hex("c1bf"),
          hex("e08080"),
          hex("e09fbf"),
          hex("f0808080"),
          hex("f08fbfbf"),
          hex("eda080"),
          hex("edbfbf"),
          hex("f4908080"),
          hex("f5808080"),
          hex("80"),
          hex("bf"),
          hex("c3"),
          hex("e282"),
          hex("f09f8d"),
          hex("fe"),
          hex("ff"));

  private static final int HARMLESS = 8;

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  @Test
  void findsValidWhatIsValidAsABetAndNothingElse() {
    int valid = 0;
    for (long seed = 0; seed < 20_000; seed++) {
      RawBet raw = RawBet.of(new Random(seed));
      Optional<Bet.Field> wrong = raw.wrong();
      BetCursor cursor = cursor(raw.wire());
      assertThat(cursor.next()).as("seed %d: %s", seed, raw).isEqualTo(wrong.isEmpty());
      if (wrong.isEmpty()) {
        assertThat(cursor.invalid()).as("seed %d", seed).isNull();
        assertThat(cursor.bet(1)).as("seed %d", seed).isEqualTo(raw.bet());
        valid++;
      } else {
        assertThat(cursor.invalid()).as("seed %d", seed).startsWith(wrong.get() + " ");
      }
    }
    assertThat(valid).as("both kinds must come often").isBetween(2_000, 18_000);
  }

  /** The fields of a bet as they are on the wire, valid or not. */
  private record RawBet(
      String firstName,
      String lastName,
      String document,
      int year,
      int month,
      int day,
      int number) {
    // The texts hold a byte a character.

    static RawBet of(Random random) {
      return new RawBet(
          name(random),
          name(random),
          document(random),
          mostly(random, random.nextInt(1, 10_000), random.nextInt(65_536)),
          mostly(random, random.nextInt(1, 13), random.nextInt(256)),
          mostly(random, random.nextInt(1, 32), random.nextInt(256)),
          mostly(random, random.nextInt(10_000), random.nextInt(65_536)));
    }

    private static int mostly(Random random, int usual, int rare) {
      return random.nextInt(10) == 0 ? rare : usual;
    }

    private static String name(Random random) {
      ByteArrayOutputStream name = new ByteArrayOutputStream();
      int kinds = random.nextInt(4) == 0 ? PARTS.size() : HARMLESS;
      for (int i = random.nextInt(random.nextInt(10) == 0 ? 100 : 12); i > 0; i--) {
        name.writeBytes(PARTS.get(random.nextInt(kinds)));
      }
      byte[] bytes = name.toByteArray();
      return latin(Arrays.copyOf(bytes, Math.min(bytes.length, 255)));
    }

    private static String document(Random random) {
      byte[] digits = new byte[mostly(random, random.nextInt(1, 21), random.nextInt(256))];
      for (int i = 0; i < digits.length; i++) {
        digits[i] = (byte) ('0' + random.nextInt(10));
      }
      if (digits.length > 0 && random.nextInt(10) == 0) {
        digits[random.nextInt(digits.length)] = (byte) random.nextInt(256);
      }
      return latin(digits);
    }

    private static String latin(byte[] bytes) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    Bet bet() {
      return Bet.parse(
          1,
          decoded(firstName),
          decoded(lastName),
          document,
          "%04d-%02d-%02d".formatted(year, month, day),
          Integer.toString(number));
    }

    Optional<Bet.Field> wrong() {
      try {
        bet();
        return Optional.empty();
      } catch (InvalidBetException invalid) {
        return Optional.of(invalid.field());
      }
    }

    /** The text in UTF-8; for what is not UTF-8 one that is no name either. */
    private static String decoded(String latin) {
      try {
        byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException _) {
        return "\0";
      }
    }

    byte[] wire() {
      ByteBuffer wire = ByteBuffer.allocate(3 * 256 + 6);
      for (String text : List.of(firstName, lastName, document)) {
        wire.put((byte) text.length()).put(text.getBytes(StandardCharsets.ISO_8859_1));
      }
      wire.putShort((short) year).put((byte) month).put((byte) day).putShort((short) number);
      return Arrays.copyOf(wire.array(), wire.position());
    }
  }

  @Test
  void walksOverAllBetsOfABatch() {
    for (long seed = 0; seed < 200; seed++) {
      RandomMessages random = new RandomMessages(new Random(seed));
      Bets.Collector collector = new Bets.Collector(1000);
      List<Bet> collected = new ArrayList<>();
      for (Bet bet = random.bet(); collector.add(EncodedBet.of(bet)); bet = random.bet()) {
        collected.add(bet);
      }
      Bets bets = collector.take();
      List<Bet> walked = new ArrayList<>();
      BetCursor cursor = bets.cursor();
      while (cursor.next()) {
        walked.add(cursor.bet(collected.get(walked.size()).agency()));
      }
      assertThat(cursor.invalid()).as("seed %d", seed).isNull();
      assertThat(walked).as("seed %d", seed).isEqualTo(collected);
      assertThat(bets.count()).as("seed %d", seed).isEqualTo(collected.size());
    }
  }

  @Test
  void showsTheFieldsWhereTheyLie() {
    BetCursor cursor = Golden.bets(Golden.MARIA).cursor();
    assertThat(cursor.next()).isTrue();
    assertThat(cursor.firstName()).hasToString("María José");
    assertThat(cursor.lastName()).hasToString("Núñez");
    assertThat(cursor.lastName().length()).isEqualTo(7);
    assertThat(cursor.lastName().at(0)).isEqualTo((byte) 'N');
    assertThat(cursor.lastName().at(6)).isEqualTo((byte) 'z');
    assertThat(cursor.document()).hasToString("30904465");
    assertThat(cursor.year()).isEqualTo(1999);
    assertThat(cursor.month()).isEqualTo(3);
    assertThat(cursor.day()).isEqualTo(17);
    assertThat(cursor.number()).isEqualTo(7574);
  }

  @Test
  void findsABetThatIsCutShortInvalidAtEveryLength() {
    byte[] wire = new byte[Golden.bets(Golden.MARIA, Golden.ANA).length()];
    Golden.bets(Golden.MARIA, Golden.ANA).putInto(ByteBuffer.wrap(wire));
    int boundary = Golden.bets(Golden.MARIA).length();
    for (int length = 0; length <= wire.length; length++) {
      BetCursor cursor = cursor(Arrays.copyOf(wire, length));
      int found = 0;
      while (cursor.next()) {
        found++;
      }
      assertThat(found)
          .as("%d bytes", length)
          .isEqualTo(length == wire.length ? 2 : length >= boundary ? 1 : 0);
      boolean whole = length == 0 || length == boundary || length == wire.length;
      assertThat(cursor.invalid())
          .as("%d bytes", length)
          .isEqualTo(whole ? null : "ends before its last field");
      assertThat(cursor.next()).as("it goes no further").isFalse();
    }
  }

  @Test
  void looksAtNothingOutsideOfItsBytes() {
    byte[] wire = new byte[Golden.bets(Golden.ANA).length()];
    Golden.bets(Golden.ANA).putInto(ByteBuffer.wrap(wire));
    byte[] within = new byte[wire.length + 20];
    System.arraycopy(wire, 0, within, 10, wire.length);
    BetCursor cursor = new BetCursor(within, 10, wire.length);
    assertThat(cursor.next()).isTrue();
    assertThat(cursor.bet(5)).isEqualTo(Golden.ANA);
    assertThat(cursor.next()).isFalse();
    BetCursor cut = new BetCursor(within, 10, wire.length - 1);
    assertThat(cut.next()).isFalse();
    assertThat(cut.invalid()).isEqualTo("ends before its last field");
  }

  private static BetCursor cursor(byte[] wire) {
    return new BetCursor(wire, 0, wire.length);
  }
}
