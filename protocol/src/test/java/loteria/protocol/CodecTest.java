package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import loteria.lottery.Lottery;
import loteria.lottery.Refusal;
import loteria.lottery.Seal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CodecTest {
  @ParameterizedTest
  @MethodSource("loteria.protocol.Golden#all")
  void laysEveryMessageAsTheProtocolSays(Golden golden) {
    assertThat(Codec.encode(golden.message())).isEqualTo(golden.frame());
  }

  @ParameterizedTest
  @MethodSource("loteria.protocol.Golden#all")
  void readsEveryMessageAsTheProtocolSays(Golden golden) {
    assertThat(MadeFrame.decode(golden.frame())).isEqualTo(golden.message());
  }

  @Test
  void hasAGoldenFrameOfEveryKindOfMessage() {
    assertThat(Golden.ALL.stream().map(Golden::name).distinct())
        .containsExactlyInAnyOrder(
            "Hello",
            "Batch",
            "Finish",
            "AskWinners",
            "Pong",
            "Welcome",
            "Stored",
            "Finished",
            "SealReceipt",
            "WinnersPage",
            "Ping",
            "Refused",
            "Sealed",
            "Drawn",
            "Closed",
            "Announced");
  }

  @Test
  void readsBackWhateverItLays() {
    for (long seed = 0; seed < 3000; seed++) {
      Message message = new RandomMessages(new Random(seed)).next();
      byte[] frame = Codec.encode(message);
      assertThat(frame.length).as("seed %d", seed).isLessThanOrEqualTo(Frame.BYTES_MAX);
      assertThat(MadeFrame.decode(frame)).as("seed %d", seed).isEqualTo(message);
      assertThat(FrameReader.decode(ByteBuffer.wrap(frame)))
          .as("seed %d", seed)
          .isInstanceOf(FrameReader.Whole.class);
    }
  }

  @ParameterizedTest
  @MethodSource("loteria.protocol.Golden#all")
  void everyTruncationIsMalformedOrAnotherMessage(Golden golden) {
    byte[] payload = golden.payload();
    for (int length = 0; length < payload.length; length++) {
      assertMalformedOrFaithful(MadeFrame.of(golden.type(), Arrays.copyOf(payload, length)));
    }
  }

  @ParameterizedTest
  @MethodSource("loteria.protocol.Golden#all")
  void everyOtherByteAnywhereIsMalformedOrAnotherMessage(Golden golden) {
    int type = golden.type();
    for (int at = 0; at < golden.payload().length; at++) {
      for (int value = 0; value < 256; value++) {
        byte[] payload = golden.payload();
        payload[at] = (byte) value;
        assertMalformedOrFaithful(MadeFrame.of(type, payload));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("loteria.protocol.Golden#all")
  void bytesAfterAMessageAreMalformed(Golden golden) {
    int type = golden.type();
    byte[] payload = golden.payload();
    byte[] longer = Arrays.copyOf(payload, payload.length + 1);
    if (golden.message() instanceof Message.Refused refused) {
      assertThat(MadeFrame.decode(MadeFrame.of(type, longer)))
          .as("a longer reason")
          .isNotEqualTo(refused);
    } else {
      assertThat(MadeFrame.decode(MadeFrame.of(type, longer)))
          .isInstanceOf(Decoded.Malformed.class);
    }
  }

  @Test
  void neverThrowsWhateverThePayload() {
    for (long seed = 0; seed < 50_000; seed++) {
      Random random = new Random(seed);
      byte[] payload = new byte[random.nextInt(random.nextInt(10) == 0 ? 8185 : 60)];
      random.nextBytes(payload);
      if (random.nextBoolean()) {
        // Small values get further.
        for (int i = 0; i < payload.length; i++) {
          payload[i] &= 3;
        }
      }
      int kind = random.nextInt(Golden.ALL.size() + 1);
      int type = kind == Golden.ALL.size() ? random.nextInt(256) : Golden.ALL.get(kind).type();
      byte[] frame = MadeFrame.of(type, payload);
      try {
        assertMalformedOrFaithful(frame);
      } catch (RuntimeException thrown) {
        fail("seed " + seed, thrown);
      }
    }
  }

  /** What can be read must be the one way to lay that message. */
  private static void assertMalformedOrFaithful(byte[] frame) {
    switch (MadeFrame.decode(frame)) {
      case Decoded.Malformed malformed ->
          assertThat(malformed.reason()).as(HexFormat.of().formatHex(frame)).isNotBlank();
      case Message message -> assertThat(Codec.encode(message)).as("%s", message).isEqualTo(frame);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          01 | 0101 0005 ffffffffffffffff       | count 18446744073709551615 exceeds 9223372036854775807
          01 | 0101 0005 8000000000000000       | count 9223372036854775808 exceeds 9223372036854775807
          01 | 0101 0005 00000000000000         | message of type 0x01 ends too early
          01 | 0101 0005 0000000000000000 0000  | message of type 0x01 has 2 bytes too many
          02 | 0000 0001 0000000000000000 302c612c2c312c323030302d30312d30312c300d0a | agency 0 is not 1 to 65535
          02 | 0001 0000 0000000000000000       | batch of 0 bets
          02 | 0001 0001 7fffffffffffffff 312c612c2c312c323030302d30312d30312c300d0a | first 9223372036854775807 is not 0 to 9223372036854775806
          02 | 0001 0001 0000000000000000       | batch of 0 bets says 1
          02 | 0001 0002 0000000000000000 312c612c2c312c323030302d30312d30312c300d0a | batch of 1 bets says 2
          02 | 0001 0001 0000000000000000 312c612c2c312c323030302d30312d30312c300d0a 312c612c2c312c323030302d30312d30312c300d0a | batch of 2 bets says 1
          02 | 0001 0001                        | message of type 0x02 ends too early
          03 | 0000 0000000000000000 00000000   | agency 0 is not 1 to 65535
          03 | 0001 8000000000000000 00000000   | count 9223372036854775808 exceeds 9223372036854775807
          04 | 00                               | message of type 0x04 has 1 bytes too many
          05 | 00                               | message of type 0x05 has 1 bytes too many
          81 | 01 02 0010 0000000000000000 00000000 | flag of 2 is not 0 or 1
          81 | 01 00 0000 0000000000000000 00000000 | window 0 is not 1 to 65535
          81 | 01 00 0010 8000000000000000 00000000 | count 9223372036854775808 exceeds 9223372036854775807
          82 | ffffffffffffffff                 | count 18446744073709551615 exceeds 9223372036854775807
          83 | ffffffffffffffff                 | count 18446744073709551615 exceeds 9223372036854775807
          84 | 2710 01 0000                     | number 10000 is not 0 to 9999
          84 | 1d96 02 0000                     | flag of 2 is not 0 or 1
          84 | 1d96 01 0001                     | message of type 0x84 ends too early
          84 | 1d96 01 0001 0231                | message of type 0x84 ends too early
          84 | 1d96 01 0001 00                  | winner 1 has no document of digits
          84 | 1d96 01 0002 0131 0141           | winner 2 has no document of digits
          84 | 1d96 01 0001 15 313131313131313131313131313131313131313131 | winner 1 has no document of digits
          86 | 00 0000 0000000000000000         | no refusal has the code 0
          86 | 12 0000 0000000000000000         | no refusal has the code 18
          86 | 0e 0000 0000000000000000 c3      | reason is not UTF-8
          86 | 0e 0000 0000000000000000 c080    | reason is not UTF-8
          41 | ffffffffffffffff                 | count 18446744073709551615 exceeds 9223372036854775807
          41 | 0000000000000006 00000000000000000000000000000000 00000000000000000000000000000000 0000000000000000 00 | message of type 0x41 ends too early
          41 | 0000000000000006 00000000000000000000000000000000 00000000000000000000000000000000 0000000000000000 0000 | closed agency 0 after 0 is not in order
          41 | 0000000000000006 00000000000000000000000000000000 00000000000000000000000000000000 0000000000000000 0003 0003 | closed agency 3 after 3 is not in order
          87 | 0000000000000006 00000000000000000000000000000000 00000000000000000000000000000000 0000000000000000 00000000 0003 0001 | closed agency 1 after 3 is not in order
          43 | 0000 0000000000000000 61         | agency 0 is not 1 to 65535
          43 | 0001 ffffffffffffffff 61         | count 18446744073709551615 exceeds 9223372036854775807
          43 | 0001 0000000000000000            | reason is empty
          43 | 0001 0000000000000000 2020       | reason is empty
          43 | 0001 0000000000000000 610a62     | reason is not one line of text: it has the character U+000A
          43 | 0001 0000000000000000 c3         | reason is not UTF-8
          41 | 0000000000000006 00000000000000000000000000000000 00000000000000000000000000000000 | message of type 0x41 ends too early
          41 | 0000000000000006 00000000000000000000000000000000 00000000000000000000000000000000 ffffffffffffffff | count 18446744073709551615 exceeds 9223372036854775807
          42 | 2710 0000000000000000 0000000000000000 | number 10000 is not 0 to 9999
          42 | 1d96 ffffffffffffffff 0000000000000000 | count 18446744073709551615 exceeds 9223372036854775807
          42 | 1d96 0000000000000000 8000000000000000 | count 9223372036854775808 exceeds 9223372036854775807
          42 | 1d96 0000000000000000            | message of type 0x42 ends too early
          44 | 0000 0001                        | agencies 0 is not 1 to 65535
          44 | 0001 0000                        | partitions 0 is not 1 to 65535
          44 | 0001 0001 0000000000000000       | message of type 0x44 ends too early
          00 | 00                               | no message has the type 0x00
          06 | 00                               | no message has the type 0x06
          ff | 00                               | no message has the type 0xff
          """)
  void saysWhatIsWrong(String type, String payload, String reason) {
    assertThat(MadeFrame.decode(MadeFrame.of(Integer.parseInt(type, 16), payload)))
        .isEqualTo(new Decoded.Malformed(Refusal.BAD_FRAME, 0, reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1,,,1,2000-01-01,0~     | nombre is empty
          1,^,,1,2000-01-01,0~    | nombre has the forbidden character U+000A
          1,A,A?A,1,2000-01-01,0~ | apellido is not UTF-8
          1,A,,,2000-01-01,0~     | documento is empty
          1,A,,111111111111111111111,2000-01-01,0~ | documento of 21 digits exceeds 20
          1,A,,:,2000-01-01,0~    | documento ':' is not digits
          1,A,,/,2000-01-01,0~    | documento '/' is not digits
          1,A,,1,1999-02-30,0~    | nacimiento '1999-02-30' is no day of any calendar
          1,A,,1,0000-01-01,0~    | nacimiento '0000-01-01' is no day of any calendar
          1,A,,1,10000-01-01,0~   | nacimiento '10000-01-01' is not a date as YYYY-MM-DD
          1,A,,1,2000-01-01,10000~ | numero '10000' is not 0 to 9999
          1,A,,1,2000-01-01,65535~ | numero '65535' is not 0 to 9999
          1,A,,1,2000-01-01,00~   | numero '00' is not canonical: it has leading zeros
          1,A,,1,2000-01-01,0     | does not end with CR LF
          1,A,,1,2000-01-01,0^    | does not end with CR LF
          1,A,,1                  | ends before its last field
          1,                      | ends before its last field
          ?                       | is not a row of agency 1
          2,A,,1,2000-01-01,0~    | is not a row of agency 1
          """)
  void namesTheRowOfABetThatIsWrongAndWhy(String bet, String reason) {
    String row = "1,A,,1,2000-01-01,0\r\n";
    String rows = row + row + bet.replace("~", "\r\n").replace('^', '\n').replace('?', '\u00ff');
    String header = "0001 0003 0000000000000000";
    String hex = HexFormat.of().formatHex(rows.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(MadeFrame.decode(MadeFrame.of(0x02, header + hex)))
        .isEqualTo(new Decoded.Malformed(Refusal.BAD_BET, 3, reason));
  }

  @ParameterizedTest
  @CsvSource({"0, 600, 512", "1, 600, 511", "1024, 1, 0", "1023, 1, 0", "1022, 1, 1"})
  void cutsALongReasonBetweenCharacters(int letters, int accented, int kept) {
    String reason = "a".repeat(letters) + "ñ".repeat(accented);
    Message.Refused refused = new Message.Refused(Refusal.BUSY, 0, 0, reason);
    Message.Refused cut =
        new Message.Refused(Refusal.BUSY, 0, 0, "a".repeat(letters) + "ñ".repeat(kept));
    assertThat(MadeFrame.decode(Codec.encode(refused))).isEqualTo(cut);
  }

  @Test
  void refusesMoreClosedAgenciesThanThereCanBe() {
    byte[] payload = new byte[48 + 2 * (Lottery.CLOSED_MAX + 1)];
    assertThat(MadeFrame.decode(MadeFrame.of(0x41, payload)))
        .isEqualTo(
            new Decoded.Malformed(
                Refusal.BAD_FRAME, 0, "closed agencies of 8002 bytes exceed 4000 of 2"));
  }

  @Test
  void hasRoomForAsManyClosedAgenciesAsThereCanBe() {
    List<Integer> closed = IntStream.rangeClosed(1, Lottery.CLOSED_MAX).boxed().toList();
    Seal seal = new Seal(0, "00".repeat(32), closed);
    for (Message message :
        List.of(new Message.SealReceipt(seal, 0, 0), new Message.Sealed(seal, Instant.EPOCH))) {
      assertThat(Codec.encode(message)).hasSizeLessThanOrEqualTo(Frame.BYTES_MAX);
      assertThat(MadeFrame.decode(Codec.encode(message))).isEqualTo(message);
    }
  }

  @Test
  void refusesMoreTopicsThanThereCanBe() {
    byte[] payload = new byte[4 + 16 * (Message.Announced.TOPICS_MAX + 1)];
    payload[1] = 1;
    payload[3] = 1;
    assertThat(MadeFrame.decode(MadeFrame.of(0x44, payload)))
        .isEqualTo(new Decoded.Malformed(Refusal.BAD_FRAME, 0, "topics 17 is not 0 to 16"));
  }

  @Test
  void holdsNoMessageThatItsFrameCouldNot() {
    List<String> tooMany = Collections.nCopies(390, "9".repeat(20));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Message.WinnersPage(7574, true, tooMany))
        .withMessage("bytes of documents 8190 is not 0 to 8179");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Message.WinnersPage(7574, true, List.of("1", "x")))
        .withMessage("winner 2 has no document of digits");
    Seal seal = new Seal(0, "00".repeat(32));
    for (Instant at : List.of(Instant.EPOCH.minusMillis(1), Instant.MIN, Instant.MAX)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Message.Sealed(seal, at))
          .withMessage("time " + at + " is before 1970, or too late");
      assertThatIllegalArgumentException().isThrownBy(() -> new Message.Drawn(0, 0, at));
    }
  }

  @Test
  void keepsTimesInWholeMilliseconds() {
    Instant at = Instant.parse("2026-03-01T12:00:00.123456789Z");
    Message.Drawn drawn = new Message.Drawn(7574, 10, at);
    assertThat(drawn.at()).isEqualTo("2026-03-01T12:00:00.123Z");
    assertThat(MadeFrame.decode(Codec.encode(drawn))).isEqualTo(drawn);
  }

  @Test
  void refusesAReasonThatIsTooLong() {
    byte[] payload = new byte[11 + Codec.REASON_BYTES_MAX + 1];
    payload[0] = 1;
    assertThat(MadeFrame.decode(MadeFrame.of(0x86, payload)))
        .isEqualTo(
            new Decoded.Malformed(Refusal.BAD_FRAME, 0, "reason of 1025 bytes exceeds 1024"));
  }
}
