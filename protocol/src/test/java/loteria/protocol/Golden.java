package loteria.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import loteria.lottery.AgencyState;
import loteria.lottery.ClosingReason;
import loteria.lottery.Refusal;
import loteria.lottery.Seal;

/**
 * A message and the bytes that it must be, now and for ever. They were computed apart from the code
 * under test.
 */
record Golden(Message message, String hex) {
  static final String MARIA = "5,María José,Núñez,30904465,1999-03-17,7574\r\n";
  static final String ANA = "5,Ana,,007,2000-02-29,0\r\n";

  private static final int CHECKSUM = 0xCAFED00D;
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123Z");
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
              new Message.Batch(5, 4096, rows(MARIA, ANA)),
              "9002005e 0005 0002 0000000000001000"
                  + "352c4d6172c3ad61204a6f73c3a92c4ec3bac3b1657a"
                  + "2c33303930343436352c313939392d30332d31372c373537340d0a"
                  + "352c416e612c2c3030372c323030302d30322d32392c300d0a"
                  + "93fe3f91"),
          new Golden(
              new Message.Batch(
                  65_535,
                  Long.MAX_VALUE - 1,
                  rows("65535,\"O'Higgins, Bernardo\",\"\"\"\",1,0001-01-01,9999\r\n")),
              "90020048 ffff 0001 7ffffffffffffffe"
                  + "36353533352c224f2748696767696e732c204265726e6172646f22"
                  + "2c222222222c312c303030312d30312d30312c393939390d0a"
                  + "5b9b4010"),
          new Golden(
              new Message.Finish(5, 78_697, CHECKSUM),
              "90030016 0005 0000000000013369 cafed00d 79da0db1"),
          new Golden(new Message.AskWinners(), "90040008 e7a4cf10"),
          new Golden(new Message.Pong(), "90050008 42e55d6e"),
          new Golden(
              new Message.Welcome(1, 16, new AgencyState(78_697, CHECKSUM, false)),
              "90810018 01 00 0010 0000000000013369 cafed00d 05b93ebd"),
          new Golden(
              new Message.Welcome(1, 65_535, new AgencyState(Long.MAX_VALUE, -1, true)),
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
                  Refusal.BAD_BET, 2, 4096, "nacimiento '1999-02-30' is no day of any calendar"),
              "90860044 06 0002 0000000000001000"
                  + "6e6163696d69656e746f2027313939392d30322d333027"
                  + "206973206e6f20646179206f6620616e792063616c656e646172"
                  + "fa5b87d5"),
          new Golden(
              new Message.Refused(Refusal.SHUTTING_DOWN, 0, 0, ""),
              "90860013 0e 0000 0000000000000000 e17e5cb0"),
          new Golden(
              new Message.Refused(Refusal.BUSY, 65_535, Long.MAX_VALUE, "añ🍀"),
              "9086001a 10 ffff 7fffffffffffffff 61 c3b1 f09f8d80 fc0d4dfb"),
          new Golden(
              new Message.SealReceipt(new Seal(78_697, SHA256_OF_NOTHING), 4096, CHECKSUM),
              "9087003c 0000000000013369"
                  + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
                  + "0000000000001000 cafed00d"
                  + "26f65dfa"),
          new Golden(
              new Message.SealReceipt(
                  new Seal(78_697, SHA256_OF_NOTHING, List.of(3, 65_535)), 4096, CHECKSUM),
              "90870040 0000000000013369"
                  + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
                  + "0000000000001000 cafed00d"
                  + "0003 ffff"
                  + "248ce5c7"),
          new Golden(
              new Message.Sealed(new Seal(78_697, SHA256_OF_NOTHING), AT),
              "90410038 0000000000013369"
                  + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
                  + "0000019ca9450a7b"
                  + "901df55e"),
          new Golden(
              new Message.Sealed(new Seal(78_697, SHA256_OF_NOTHING, List.of(1, 3, 5)), AT),
              "9041003e 0000000000013369"
                  + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
                  + "0000019ca9450a7b"
                  + "0001 0003 0005"
                  + "f58d3f2e"),
          new Golden(
              new Message.Drawn(7574, 10, AT),
              "9042001a 1d96 000000000000000a 0000019ca9450a7b bcbaed9e"),
          new Golden(
              new Message.Announced(
                  65_535,
                  12,
                  List.of(
                      UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"), new UUID(-1, -1))),
              "9044002c ffff 000c 00112233445566778899aabbccddeeff"
                  + "ffffffffffffffffffffffffffffffff 3e06eded"),
          new Golden(new Message.Announced(1, 1, List.of()), "9044000c 0001 0001 91004bad"),
          new Golden(
              new Message.Closed(3, 4096, new ClosingReason("no llegó")),
              "9043001b 0003 0000000000001000 6e6f206c6c6567c3b3 30f93ec8"));

  static List<Golden> all() {
    return ALL;
  }

  /** The rows as they are given, line ends included. */
  static Rows rows(String... rows) {
    byte[] bytes = String.join("", rows).getBytes(StandardCharsets.UTF_8);
    return new Rows(bytes, 0, bytes.length, rows.length);
  }

  byte[] frame() {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  byte[] payload() {
    byte[] frame = frame();
    return Arrays.copyOfRange(frame, 4, frame.length - 4);
  }

  int type() {
    return Frame.type(frame(), 0);
  }

  String name() {
    return message.getClass().getSimpleName();
  }
}
