package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Random;
import loteria.lottery.Bet;
import loteria.lottery.Checksum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BetsTest {
  private static final Bet LARGEST =
      new Bet(
          1,
          "ñ".repeat(127) + "n",
          "🍀".repeat(63) + "ñn",
          "9".repeat(20),
          LocalDate.MAX.withYear(9999),
          9999);

  private static final Bet SMALLEST = new Bet(1, "A", "", "1", LocalDate.of(1, 1, 1), 0);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 64, 99})
  void boundABatchByCount(int countMax) {
    Bets.Collector collector = new Bets.Collector(countMax);
    for (int i = 0; i < countMax; i++) {
      assertThat(collector.add(EncodedBet.of(Golden.ANA))).as("bet %d", i).isTrue();
    }
    assertThat(collector.add(EncodedBet.of(Golden.ANA))).isFalse();
    assertThat(collector.take().count()).isEqualTo(countMax);
  }

  @Test
  void boundABatchByBytes() {
    assertThat(fill(LARGEST)).as("largest bets").isEqualTo(15);
    assertThat(fill(SMALLEST)).as("smallest bets").isEqualTo(742);
  }

  private static int fill(Bet bet) {
    Bets.Collector collector = new Bets.Collector(Integer.MAX_VALUE);
    int added = 0;
    while (collector.add(EncodedBet.of(bet))) {
      added++;
    }
    Bets bets = collector.take();
    assertThat(bets.count()).isEqualTo(added);
    byte[] frame = Codec.encode(new Message.Batch(1, 0, bets));
    assertThat(frame.length).isLessThanOrEqualTo(8192);
    assertThat(Codec.decode(frame)).isEqualTo(new Message.Batch(1, 0, bets));
    return added;
  }

  @Test
  void takeAllOfTheLargestBet() {
    assertThat(Golden.bets(LARGEST).length()).isEqualTo(Bets.BET_BYTES_MAX).isEqualTo(539);
    BetCursor cursor = Golden.bets(LARGEST).cursor();
    assertThat(cursor.next()).isTrue();
    assertThat(cursor.bet(1)).isEqualTo(LARGEST);
  }

  @Test
  void fillAFrameToItsLastByte() {
    // 8172 bytes are 741 bets of 11 and one of 21.
    Bets.Collector collector = new Bets.Collector(742);
    for (int i = 0; i < 741; i++) {
      assertThat(collector.add(EncodedBet.of(SMALLEST))).isTrue();
    }
    Bet ofTooMany = new Bet(1, "A".repeat(12), "", "1", LocalDate.of(1, 1, 1), 0);
    Bet ofTheRest = new Bet(1, "A".repeat(11), "", "1", LocalDate.of(1, 1, 1), 0);
    assertThat(collector.add(EncodedBet.of(ofTooMany))).isFalse();
    assertThat(collector.add(EncodedBet.of(ofTheRest))).isTrue();
    Bets bets = collector.take();
    assertThat(bets.length()).isEqualTo(Bets.BYTES_MAX);
    assertThat(Codec.encode(new Message.Batch(1, 0, bets))).hasSize(Frame.BYTES_MAX);
  }

  @Test
  void neverExceedAFrame() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      RandomMessages messages = new RandomMessages(random);
      int countMax = 1 + random.nextInt(200);
      Bets.Collector collector = new Bets.Collector(countMax);
      int added = 0;
      Bet bet = messages.bet();
      while (collector.add(EncodedBet.of(bet))) {
        added++;
        bet = messages.bet();
      }
      Bets bets = collector.take();
      assertThat(Codec.encode(new Message.Batch(1, 0, bets)).length)
          .as("seed %d", seed)
          .isLessThanOrEqualTo(8192);
      assertThat(added == countMax || bets.length() + Golden.bets(bet).length() > Bets.BYTES_MAX)
          .as("seed %d: a batch is small only when one of its bounds binds", seed)
          .isTrue();
    }
  }

  @Test
  void areCollectedAnewAfterTheyWereTaken() {
    Bets.Collector collector = new Bets.Collector(2);
    assertThat(collector.isEmpty()).isTrue();
    collector.add(EncodedBet.of(Golden.MARIA));
    assertThat(collector.isEmpty()).isFalse();
    Bets first = collector.take();
    assertThat(collector.isEmpty()).isTrue();
    collector.add(EncodedBet.of(Golden.ANA));
    Bets second = collector.take();
    assertThat(first).isEqualTo(Golden.bets(Golden.MARIA));
    assertThat(second).isEqualTo(Golden.bets(Golden.ANA));
  }

  @Test
  void haveTheChecksumOfTheirBytes() {
    Bets bets = Golden.bets(Golden.MARIA, Golden.ANA);
    ByteBuffer wire = ByteBuffer.allocate(bets.length());
    bets.putInto(wire);
    assertThat(bets.checksum()).isEqualTo(Checksum.of(wire.flip()));
    assertThat(bets.checksum())
        .isEqualTo(
            Checksum.join(
                Golden.bets(Golden.MARIA).checksum(),
                Golden.bets(Golden.ANA).checksum(),
                Golden.bets(Golden.ANA).length()));
  }

  @Test
  void areEqualByTheirBytes() {
    Bets bets = Golden.bets(Golden.MARIA, Golden.ANA);
    assertThat(bets)
        .isEqualTo(Golden.bets(Golden.MARIA, Golden.ANA))
        .hasSameHashCodeAs(Golden.bets(Golden.MARIA, Golden.ANA))
        .isNotEqualTo(Golden.bets(Golden.ANA, Golden.MARIA))
        .isNotEqualTo(Golden.bets(Golden.MARIA))
        .isNotEqualTo("bets");
  }
}
