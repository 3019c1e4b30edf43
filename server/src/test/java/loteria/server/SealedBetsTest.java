package loteria.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

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
import loteria.protocol.Message;
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
  void laysTheRowsInTheOrderOfTheBatchesHoweverManyThereAre() throws IOException {
    for (int batches : new int[] {0, 1, 31, 32, 33, 64, 65, 200}) {
      List<Bet> file = SampleBets.file(1, Math.max(batches, 1)).subList(0, batches);

      Seal seal = SealedBets.write(disk, writer -> writeOneByOne(file, writer));

      assertThat(seal.bets()).isEqualTo(batches);
      assertThat(new String(disk.bytes(SealedBets.NAME), StandardCharsets.UTF_8))
          .as("%d batches", batches)
          .isEqualTo(SampleBets.csv(file));
    }
  }

  @Test
  void aBatchThatIsBrokenLeavesNoSealedFile() {
    for (int before : new int[] {0, 31, 32, 100}) {
      List<Bet> file = SampleBets.file(1, before + 100);

      assertThatIOException()
          .isThrownBy(() ->
              SealedBets.write(
                  disk,
                  writer -> {
                    writeOneByOne(file.subList(0, before), writer);
                    writer.write(SealedBetsTest::broken);
                    writeOneByOne(file.subList(before, file.size()), writer);
                  }))
          .withMessage("broken at 7");
      assertThat(disk.has(SealedBets.NAME)).as("%d before it", before).isFalse();
    }
  }

  private static Message.Batch broken() throws IOException {
    throw new IOException("broken at 7");
  }

  private static void writeOneByOne(List<Bet> file, SealedBets.Writer writer) throws IOException {
    for (int first = 0; first < file.size(); first++) {
      Message.Batch batch = SampleBets.part(file, first, first + 1);
      writer.write(() -> batch);
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
            Message.Batch batch = SampleBets.batch(file.getFirst().agency(), 0, file);
            writer.write(() -> batch);
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
