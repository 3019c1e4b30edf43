package loteria.lottery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChecksumTest {
  /**
   * x^(2^31 - 1) is 1 modulo the polynomial, which is x + 1 times a primitive polynomial of degree
   * 31: so many bytes of length more change nothing.
   */
  private static final long PERIOD_BYTES = Integer.MAX_VALUE;

  @Test
  void isThatOfTheExamplesOfRfc3720() {
    byte[] ascending = new byte[32];
    byte[] descending = new byte[32];
    for (int i = 0; i < 32; i++) {
      ascending[i] = (byte) i;
      descending[i] = (byte) (31 - i);
    }
    String read10 =
        "01c0000000000000000000000000000014000000000004000000001400000018280000000000000002000000"
            + "00000000";
    assertThat(of(new byte[32])).isEqualTo(0x8A9136AA);
    assertThat(of(HexFormat.of().parseHex("ff".repeat(32)))).isEqualTo(0x62A8AB43);
    assertThat(of(ascending)).isEqualTo(0x46DD794E);
    assertThat(of(descending)).isEqualTo(0x113FDB5C);
    assertThat(of(HexFormat.of().parseHex(read10))).isEqualTo(0xD9963A56);
  }

  @Test
  void hasTheCheckValueOfTheCatalogues() {
    assertThat(of("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xE3069283);
  }

  @Test
  void ofNoBytesIsEmpty() {
    assertThat(of(new byte[0])).isEqualTo(Checksum.EMPTY);
  }

  @Test
  void isOverAPartOfAnArray() {
    byte[] bytes = "..123456789..".getBytes(StandardCharsets.US_ASCII);
    assertThat(Checksum.of(bytes, 2, 9)).isEqualTo(0xE3069283);
  }

  @Test
  void joinsTwoPartsToTheChecksumOfTheWhole() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      byte[] text = new byte[random.nextInt(3000)];
      random.nextBytes(text);
      int split = random.nextInt(text.length + 1);
      int head = Checksum.of(text, 0, split);
      int tail = Checksum.of(text, split, text.length - split);
      assertThat(Checksum.join(head, tail, text.length - split))
          .as("seed %d, split at %d of %d", seed, split, text.length)
          .isEqualTo(of(text));
    }
  }

  @Test
  void joinsAtEverySplitOfAText() {
    byte[] text = new byte[300];
    new Random(7).nextBytes(text);
    for (int split = 0; split <= text.length; split++) {
      int head = Checksum.of(text, 0, split);
      int tail = Checksum.of(text, split, text.length - split);
      assertThat(Checksum.join(head, tail, text.length - split))
          .as("%d", split)
          .isEqualTo(of(text));
    }
  }

  @Test
  void joinsInAnyGrouping() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      int a = random.nextInt();
      int b = random.nextInt();
      int c = random.nextInt();
      long bytesOfB = random.nextLong(1L << 40);
      long bytesOfC = random.nextLong(1L << 40);
      int leftFirst = Checksum.join(Checksum.join(a, b, bytesOfB), c, bytesOfC);
      int rightFirst = Checksum.join(a, Checksum.join(b, c, bytesOfC), bytesOfB + bytesOfC);
      assertThat(leftFirst).as("seed %d", seed).isEqualTo(rightFirst);
    }
  }

  @Test
  void joiningNothingChangesNothing() {
    assertThat(Checksum.join(0x12345678, Checksum.EMPTY, 0)).isEqualTo(0x12345678);
    assertThat(Checksum.join(Checksum.EMPTY, 0x12345678, 9)).isEqualTo(0x12345678);
  }

  @Test
  void joinsLongTails() {
    int head = 0x12345678;
    int tail = 0x9abcdef0;
    for (long length : new long[] {0, 1, 8192, 78_697_000}) {
      int joined = Checksum.join(head, tail, length);
      for (long periods : new long[] {1, 2, 1_000_003, 1L << 31}) {
        assertThat(Checksum.join(head, tail, length + periods * PERIOD_BYTES))
            .as("%d bytes and %d periods", length, periods)
            .isEqualTo(joined);
      }
    }
  }

  @Test
  void joinsTheLongestTail() {
    // 2^63 - 1 is 1 modulo 2^31 - 1.
    assertThat(Checksum.join(0x12345678, 0x9abcdef0, Long.MAX_VALUE))
        .isEqualTo(Checksum.join(0x12345678, 0x9abcdef0, 1));
  }

  private static int of(byte[] text) {
    return Checksum.of(text, 0, text.length);
  }
}
