package loteria.server.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import loteria.journal.DataDirectory;
import loteria.journal.Journal;
import loteria.lottery.Decision;
import loteria.lottery.Draw;
import loteria.lottery.Lottery;
import loteria.lottery.Seal;
import loteria.lottery.Winners;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import loteria.protocol.Rows;
import loteria.server.Bet;
import loteria.server.SampleBets;
import loteria.server.ledger.FaultyDisk;
import org.junit.jupiter.api.Test;

class SealedFileTest {
  private static final int ROUNDS = 100;

  private FaultyDisk disk = new FaultyDisk(0);

  /** Files of agencies, and the batches of so many bets in which they have come, shuffled. */
  private Seal seal(List<List<Bet>> files, int batchBets, long seed) throws IOException {
    disk = new FaultyDisk(0);
    Random random = new Random(seed);
    Map<Integer, List<Message.Batch>> left = new TreeMap<>();
    List<Message> records = new ArrayList<>();
    for (int agency = 1; agency <= files.size(); agency++) {
      List<Bet> file = files.get(agency - 1);
      List<Message.Batch> batches = new ArrayList<>();
      for (int from = 0; from < file.size(); from += batchBets) {
        batches.add(SampleBets.part(file, from, Math.min(from + batchBets, file.size())));
      }
      left.put(agency, batches);
    }
    while (!left.isEmpty()) {
      List<Integer> agencies = List.copyOf(left.keySet());
      int agency = agencies.get(random.nextInt(agencies.size()));
      List<Message.Batch> batches = left.getOrDefault(agency, List.of());
      if (batches.isEmpty()) {
        records.add(SampleBets.finish(agency, files.get(agency - 1)));
        left.remove(agency);
      } else {
        records.add(batches.removeFirst());
      }
    }
    Stored stored = new Stored(files.size());
    try (Journal journal = journal(records, stored)) {
      return stored.seal(journal);
    }
  }

  /** What a journal has of a lottery. */
  private final class Stored {
    private final Lottery lottery;
    private final Positions positions;

    Stored(int agencies) {
      lottery = new Lottery(agencies);
      positions = new Positions(agencies);
    }

    void add(Message record, long position) {
      Decision decision;
      if (record instanceof Message.Batch batch) {
        Rows rows = batch.rows();
        decision =
            lottery.add(
                batch.agency(), batch.first(), rows.count(), rows.checksum(), rows.length());
        positions.add(batch.agency(), position);
      } else {
        Message.Finish finish = (Message.Finish) record;
        decision = lottery.finish(finish.agency(), finish.total(), finish.checksum());
      }
      assertThat(decision).isInstanceOf(Decision.Accepted.class);
      lottery.endGroup();
      lottery.commit();
    }

    Seal seal(Journal journal) throws IOException {
      return SealedFile.write(disk, lottery, positions, Records.of(journal));
    }
  }

  private Journal journal(List<Message> records, Stored stored) throws IOException {
    Journal journal = Journal.open(disk.open(DataDirectory.JOURNAL), (position, found) -> {});
    for (Message record : records) {
      long[] positions = journal.append(List.of(ByteBuffer.wrap(Codec.encode(record))));
      assertThat(positions).hasSize(1);
      stored.add(record, positions[0]);
    }
    return journal;
  }

  private String sealed() {
    return new String(disk.bytes(DataDirectory.BETS), StandardCharsets.UTF_8);
  }

  @Test
  void drawsFromWhatItWrote() throws IOException {
    for (long seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      List<List<Bet>> files =
          IntStream.rangeClosed(1, 3)
              .mapToObj(agency -> SampleBets.file(agency, random.nextInt(1, 60)))
              .toList();
      Seal seal = seal(files, 1 + random.nextInt(20), seed);

      Winners winners = SealedFile.draw(disk, seal, Draw.NUMBER);

      List<Bet> all = files.stream().flatMap(List::stream).toList();
      assertThat(sealed()).as("seed %d", seed).isEqualTo(SampleBets.csv(all));
      assertThat(seal.bets()).as("seed %d", seed).isEqualTo(all.size());
      assertThat(winners.bets()).as("seed %d", seed).isEqualTo(all.size());
      for (List<Bet> file : files) {
        assertThat(winners.of(file.getFirst().agency()))
            .as("seed %d", seed)
            .isEqualTo(SampleBets.winners(file).size());
      }
      assertThat(disk.isSynced()).isTrue();
      assertThat(disk.has(DataDirectory.BETS_UNFINISHED)).isFalse();
    }
  }

  @Test
  void laysTheRowsInTheOrderOfTheBatchesHoweverManyThereAre() throws IOException {
    for (int batches : new int[] {0, 1, 31, 32, 33, 64, 65, 200}) {
      List<Bet> file = SampleBets.file(1, Math.max(batches, 1)).subList(0, batches);

      Seal seal = seal(List.of(file), 1, 0);

      assertThat(seal.bets()).isEqualTo(batches);
      assertThat(sealed()).as("%d batches", batches).isEqualTo(SampleBets.csv(file));
    }
  }

  /** Rows that do not end where the buffers do, on their way there and back. */
  @Test
  void takesRowsOverTheEndsOfItsBuffers() throws IOException {
    List<Bet> file = SampleBets.file(1, 60_000);
    Seal seal = seal(List.of(file), 100, 0);
    assertThat(disk.bytes(DataDirectory.BETS)).hasSizeGreaterThan(4 << 19);

    assertThat(sealed()).isEqualTo(SampleBets.csv(file));
    assertThat(SealedFile.draw(disk, seal, Draw.NUMBER).of(1))
        .isEqualTo(SampleBets.winners(file).size());
  }

  /** A batch in the journal that is not what was acknowledged, wherever it lies. */
  @Test
  void aBatchThatIsBrokenLeavesNoSealedFile() throws IOException {
    for (int broken : new int[] {0, 31, 32, 100}) {
      List<Bet> file = SampleBets.file(1, 200);
      List<Message> records = new ArrayList<>();
      for (int from = 0; from < file.size(); from++) {
        records.add(SampleBets.part(file, from, from + 1));
      }
      records.add(SampleBets.finish(1, file));
      disk = new FaultyDisk(0);
      Stored stored = new Stored(1);
      try (Journal journal = journal(records, stored)) {
        byte[] bytes = disk.bytes(DataDirectory.JOURNAL);
        bytes[(int) stored.positions.position(1, broken) + 30] ^= 1;
        disk.overwrite(DataDirectory.JOURNAL, bytes);

        assertThatIOException()
            .isThrownBy(() -> stored.seal(journal))
            .withMessageContaining("is no batch any more");
      }
      assertThat(disk.has(DataDirectory.BETS)).as("%d before it", broken).isFalse();
    }
  }

  @Test
  void drawsFromNoFileOfWhichABitWasFlipped() throws IOException {
    Seal seal = seal(files(), 2, 0);
    byte[] whole = disk.bytes(DataDirectory.BETS);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertBroken(seal, flipped, "bit " + bit);
    }
  }

  @Test
  void drawsFromNoFileThatWasCut() throws IOException {
    Seal seal = seal(files(), 2, 0);
    byte[] whole = disk.bytes(DataDirectory.BETS);
    for (int length = 0; length < whole.length; length++) {
      assertBroken(seal, Arrays.copyOf(whole, length), length + " bytes");
    }
  }

  @Test
  void leavesAloneAFileThatIsNotItsOwn() throws IOException {
    byte[] other = "2,A,,1,2000-01-01,1\r\n".getBytes(StandardCharsets.UTF_8);
    disk = new FaultyDisk(0);
    Stored stored = new Stored(1);
    List<Bet> file = SampleBets.file(1, 2);
    disk.put(DataDirectory.BETS, other);
    try (Journal journal =
        journal(List.of(SampleBets.part(file, 0, 2), SampleBets.finish(1, file)), stored)) {
      assertThatExceptionOfType(BrokenSealException.class).isThrownBy(() -> stored.seal(journal));
    }
    assertThat(disk.bytes(DataDirectory.BETS)).isEqualTo(other);
  }

  private static List<List<Bet>> files() {
    return List.of(SampleBets.file(1, 3), SampleBets.file(2, 2));
  }

  private void assertBroken(Seal seal, byte[] changed, String what) {
    disk.put(DataDirectory.BETS, changed);
    assertThatExceptionOfType(BrokenSealException.class)
        .as(what)
        .isThrownBy(() -> SealedFile.draw(disk, seal, Draw.NUMBER));
  }
}
