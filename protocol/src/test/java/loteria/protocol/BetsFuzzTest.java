package loteria.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import loteria.lottery.Bet;
import loteria.lottery.Refusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes of a batch are, each bet in them is one that could have been laid so. */
class BetsFuzzTest {
  private static final int AGENCY = 5;

  /** A cursor, and the reason why a bet is none. */
  private static final long ALLOCATED_BYTES_MAX = 16 * 1024;

  static Stream<byte[]> seeds() {
    return Stream.of(
        wire(Golden.MARIA), wire(Golden.ANA), wire(Golden.MARIA, Golden.ANA, Golden.MARIA));
  }

  private static byte[] wire(Bet... bets) {
    Bets collected = Golden.bets(bets);
    ByteBuffer wire = ByteBuffer.allocate(collected.length());
    collected.putInto(wire);
    return wire.array();
  }

  @MethodSource("seeds")
  @FuzzTest
  void findsOnlyBetsThatCouldHaveBeenLaidSo(byte[] wire) throws Exception {
    if (wire.length > Bets.BYTES_MAX) {
      return;
    }
    Allocation.atMost(ALLOCATED_BYTES_MAX, () -> walk(wire));

    BetCursor cursor = new BetCursor(wire, 0, wire.length);
    List<Bet> bets = new ArrayList<>();
    while (cursor.next()) {
      bets.add(cursor.bet(AGENCY));
    }
    if (!bets.isEmpty()) {
      byte[] laid = wire(bets.toArray(Bet[]::new));
      assertThat(laid).as("%s", bets).isEqualTo(Arrays.copyOf(wire, laid.length));
      assertThat(laid.length == wire.length).isEqualTo(cursor.invalid() == null);
    }
    assertThat(Codec.decode(batch(wire, bets.size()))).isEqualTo(expected(bets, cursor.invalid()));
  }

  private static void walk(byte[] wire) {
    BetCursor cursor = new BetCursor(wire, 0, wire.length);
    int steps = 0;
    while (cursor.next()) {
      steps++;
    }
    assertThat(steps).isLessThanOrEqualTo(wire.length);
  }

  private static byte[] batch(byte[] wire, int count) {
    ByteBuffer payload = ByteBuffer.allocate(Bets.BATCH_HEADER_BYTES + wire.length);
    payload.putShort((short) AGENCY).putShort((short) count).putLong(0).put(wire);
    return MadeFrame.of(0x02, payload.array());
  }

  private static Decoded expected(List<Bet> bets, @Nullable String invalid) {
    if (bets.isEmpty()) {
      return new Decoded.Malformed(Refusal.BAD_FRAME, 0, "batch of 0 bets");
    }
    return invalid == null
        ? new Message.Batch(AGENCY, 0, Golden.bets(bets.toArray(Bet[]::new)))
        : new Decoded.Malformed(Refusal.BAD_BET, bets.size() + 1, invalid);
  }
}
