package loteria.protocol;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import loteria.lottery.Bet;
import loteria.lottery.Reason;
import loteria.lottery.Refusal;
import loteria.lottery.Seal;
import loteria.lottery.Share;
import loteria.lottery.Standing;

/**
 * A message and the bytes that it must be, now and for ever. They were computed apart from the code
 * under test.
 */
record Golden(Message message, String hex) {
  static final Bet MARIA =
      new Bet(5, "María José", "Núñez", "30904465", LocalDate.of(1999, 3, 17), 7574);
  static final Bet ANA = new Bet(5, "Ana", "", "007", LocalDate.of(2000, 2, 29), 0);

  private static final int CHECKSUM = 0xCAFED00D;
  private static final String SHA256_OF_NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  static final List<Golden> ALL =
      List.of(
          new Golden(
              new Message.Hello(1, 1, 5, 78_697), "90010014 01 01 0005 0000000000013369 06dba13b"),
          new Golden(
              new Message.Hello(0, 255, 65_535, Long.MAX_VALUE),
              "90010014 00 ff ffff 7fffffffffffffff f8c3e0f0"),
          new Golden(
              new Message.Batch(5, 4096, bets(MARIA, ANA)),
              "90020047 0005 0002 0000000000001000"
                  + "0c 4d6172c3ad61204a6f73c3a9 07 4ec3bac3b1657a 08 3330393034343635"
                  + "07cf 03 11 1d96"
                  + "03 416e61 00 03 303037 07d0 02 1d 0000"
                  + "ad0df2b6"),
          new Golden(
              new Message.Finish(5, 78_697, CHECKSUM),
              "90030016 0005 0000000000013369 cafed00d 79da0db1"),
          new Golden(new Message.AskWinners(), "90040008 e7a4cf10"),
          new Golden(new Message.Pong(), "90050008 42e55d6e"),
          new Golden(
              new Message.Welcome(1, 16, new Standing(78_697, CHECKSUM, false)),
              "90810018 01 00 0010 0000000000013369 cafed00d 05b93ebd"),
          new Golden(
              new Message.Welcome(1, 65_535, new Standing(Long.MAX_VALUE, -1, true)),
              "90810018 01 01 ffff 7fffffffffffffff ffffffff 5303b9f9"),
          new Golden(new Message.Stored(78_697), "90820010 0000000000013369 8ac2c11a"),
          new Golden(new Message.Finished(78_697), "90830010 0000000000013369 1db336db"),
          new Golden(
              new Message.WinnersPage(7574, true, List.of("30904465", "007")),
              "9084001a 1d96 01 0002 08 3330393034343635 03 303037 64c61272"),
          new Golden(
              new Message.WinnersPage(0, false, List.of("1")),
              "9084000f 0000 00 0001 01 31 8567d2fd"),
          new Golden(
              new Message.WinnersPage(7574, true, List.of()), "9084000d 1d96 01 0000 0888edbf"),
          new Golden(new Message.Ping(), "90850008 c9c22a2d"),
          new Golden(
              new Message.Refused(
                  Refusal.BAD_BET, 2, 4096, "nacimiento 1999-02-30 is no day of any calendar"),
              "90860042 06 0002 0000000000001000"
                  + "6e6163696d69656e746f20313939392d30322d3330"
                  + "206973206e6f20646179206f6620616e792063616c656e646172"
                  + "583f11f4"),
          new Golden(
              new Message.Refused(Refusal.SHUTTING_DOWN, 0, 0, ""),
              "90860013 0e 0000 0000000000000000 e17e5cb0"),
          new Golden(
              new Message.Refused(Refusal.BUSY, 65_535, Long.MAX_VALUE, "añ🍀"),
              "9086001a 10 ffff 7fffffffffffffff 61 c3b1 f09f8d80 fc0d4dfb"),
          new Golden(
              new Message.Included(new Seal(78_697, SHA256_OF_NOTHING), new Share(4096, CHECKSUM)),
              "9087003c 0000000000013369"
                  + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
                  + "0000000000001000 cafed00d"
                  + "26f65dfa"),
          new Golden(
              new Message.Included(
                  new Seal(78_697, SHA256_OF_NOTHING, List.of(3, 65_535)),
                  new Share(4096, CHECKSUM)),
              "90870040 0000000000013369"
                  + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
                  + "0000000000001000 cafed00d"
                  + "0003 ffff"
                  + "248ce5c7"),
          new Golden(
              new Message.Sealed(new Seal(78_697, SHA256_OF_NOTHING)),
              "90410030 0000000000013369"
                  + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
                  + "d36a10c9"),
          new Golden(
              new Message.Sealed(new Seal(78_697, SHA256_OF_NOTHING, List.of(1, 3, 5))),
              "90410036 0000000000013369"
                  + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
                  + "0001 0003 0005"
                  + "e64e1df0"),
          new Golden(new Message.Drawn(7574, 10), "90420012 1d96 000000000000000a 0d305d5c"),
          new Golden(
              new Message.Closed(3, 4096, new Reason("no llegó")),
              "9043001b 0003 0000000000001000 6e6f206c6c6567c3b3 30f93ec8"));

  static List<Golden> all() {
    return ALL;
  }

  static Bets bets(Bet... bets) {
    Bets.Collector collector = new Bets.Collector(bets.length);
    for (Bet bet : bets) {
      if (!collector.add(EncodedBet.of(bet))) {
        throw new AssertionError("no room for " + bet);
      }
    }
    return collector.take();
  }

  byte[] frame() {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  byte[] payload() {
    byte[] frame = frame();
    return Arrays.copyOfRange(frame, 4, frame.length - 4);
  }

  String name() {
    return message.getClass().getSimpleName();
  }
}
