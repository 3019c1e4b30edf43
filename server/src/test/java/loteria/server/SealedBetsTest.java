package loteria.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import loteria.lottery.Bet;
import loteria.lottery.Draw;
import loteria.lottery.Seal;
import loteria.lottery.Winners;
import org.junit.jupiter.api.Test;

class SealedBetsTest {
  private static final int ROUNDS = 100;

  private final FaultyDisk disk = new FaultyDisk(0);

  @Test
  void drawsFromWhatItWrote() throws IOException {
    for (long seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      List<List<Bet>> files =
          IntStream.rangeClosed(1, 3)
              .mapToObj(agency -> SampleBets.file(agency, random.nextInt(1, 60)))
              .toList();
      Seal seal = write(files);

      Winners winners = SealedBets.draw(disk, seal, Draw.NUMBER);

      List<Bet> all = files.stream().flatMap(List::stream).toList();
      assertThat(new String(disk.bytes(SealedBets.NAME), StandardCharsets.UTF_8))
          .as("seed %d", seed)
          .isEqualTo(SampleBets.csv(all));
      assertThat(seal.bets()).as("seed %d", seed).isEqualTo(all.size());
      for (List<Bet> file : files) {
        assertThat(winners.of(file.getFirst().agency()))
            .as("seed %d", seed)
            .isEqualTo(SampleBets.winners(file));
      }
    }
  }

  @Test
  void drawsFromNoFileOfWhichABitWasFlipped() throws IOException {
    Seal seal = write(files());
    byte[] whole = disk.bytes(SealedBets.NAME);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertBroken(seal, flipped, "bit " + bit);
    }
  }

  @Test
  void drawsFromNoFileThatWasCut() throws IOException {
    Seal seal = write(files());
    byte[] whole = disk.bytes(SealedBets.NAME);
    for (int length = 0; length < whole.length; length++) {
      assertBroken(seal, Arrays.copyOf(whole, length), length + " bytes");
    }
  }

  private static List<List<Bet>> files() {
    return List.of(SampleBets.file(1, 3), SampleBets.file(2, 2));
  }

  private Seal write(List<List<Bet>> files) throws IOException {
    return SealedBets.write(
        disk,
        writer -> {
          for (List<Bet> file : files) {
            writer.write(file.getFirst().agency(), SampleBets.bets(file));
          }
        });
  }

  private void assertBroken(Seal seal, byte[] changed, String what) {
    disk.put(SealedBets.NAME, changed);
    assertThatExceptionOfType(BrokenSealException.class)
        .as(what)
        .isThrownBy(() -> SealedBets.draw(disk, seal, Draw.NUMBER));
  }
}
