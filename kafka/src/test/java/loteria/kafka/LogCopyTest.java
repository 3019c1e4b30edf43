package loteria.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import loteria.journal.DataDirectory;
import loteria.journal.FileStorage;
import loteria.journal.ForeignFileException;
import loteria.journal.Journal;
import loteria.kafka.brokers.Kafka;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log of a file header and some blocks, copied from brokers that do what the test says. */
@Timeout(60)
final class LogCopyTest {
  private static final int DRAW = 2;

  @TempDir private Path folder;
  private final FakeKafka brokers = new FakeKafka(2);
  private final Kafka client = brokers.new Client("a");
  private DataDirectory directory;

  @BeforeEach
  void open() throws IOException {
    directory = DataDirectory.take(folder.resolve("copy"));
  }

  @AfterEach
  void close() throws IOException {
    directory.close();
  }

  private LogCopy copy() throws IOException {
    return LogCopy.over(client, directory, 20);
  }

  private Path file(int partition) {
    return folder.resolve("copy").resolve(LogCopy.file(partition));
  }

  /** A header, and a block a text. */
  private List<byte[]> pieces(String... texts) throws IOException {
    Path file = folder.resolve("journal");
    byte[] all;
    long[] ends = new long[texts.length + 1];
    try (Journal journal = Journal.open(FileStorage.open(file), (_, _) -> {})) {
      ends[0] = journal.size();
      for (int index = 0; index < texts.length; index++) {
        var _ = journal.append(List.of(ByteBuffer.wrap(texts[index].getBytes(UTF_8))));
        ends[index + 1] = journal.size();
      }
    }
    all = Files.readAllBytes(file);
    Files.delete(file);
    return IntStream.range(0, ends.length)
        .mapToObj(index ->
            Arrays.copyOfRange(all, index == 0 ? 0 : (int) ends[index - 1], (int) ends[index]))
        .toList();
  }

  @Test
  void hasWhatIsCommittedByteForByte() throws IOException {
    pieces("uno", "dos", "tres").forEach(piece -> brokers.commit(0, piece));
    pieces("sorteo").forEach(piece -> brokers.commit(DRAW, piece));

    LogCopy copied = copy();

    assertThat(copied.undecided()).isEmpty();
    assertThat(copied.betPartitions()).isEqualTo(2);
    assertThat(copied.topics()).isEqualTo(client.layout().topics());
    assertThat(copied.partition(1)).isEqualTo("lottery.bets-1");
    assertThat(copied.partition(DRAW)).isEqualTo("lottery.draw-0");
    assertThat(file(0)).hasBinaryContent(brokers.committed(0));
    assertThat(file(1)).isEmptyFile();
    assertThat(file(DRAW)).hasBinaryContent(brokers.committed(DRAW));
  }

  @Test
  void leavesOutWhatIsAbortedOrUnderWay() throws IOException {
    List<byte[]> pieces = pieces("uno", "dos");
    brokers.commit(0, pieces.get(0));
    brokers.begin(0, pieces.get(1));
    brokers.abort(0);
    brokers.commit(0, pieces.get(1));
    byte[] committed = brokers.committed(0);
    brokers.begin(0, pieces.get(2));

    LogCopy copied = copy();

    assertThat(file(0)).hasBinaryContent(committed);
    assertThat(copied.undecided())
        .singleElement()
        .asString()
        .matches(
            "lottery.bets-0 has a transaction at offset [0-9]+ that is not decided yet:"
                + " what is there was left out");
  }

  @Test
  void refusesARecordThatIsNotTheNextPieceOfTheJournal() throws IOException {
    brokers.commit(1, "hola".getBytes(UTF_8));

    assertThatThrownBy(this::copy)
        .hasMessageContaining("lottery.bets-1 has a record at offset 0 that does not belong")
        .hasCauseInstanceOf(ForeignFileException.class);
  }

  @Test
  void refusesAPartitionThatDoesNotBeginAtItsFirstRecord() throws IOException {
    pieces("uno").forEach(piece -> brokers.commit(1, piece));
    brokers.deleteBefore(1, 2);

    assertThatThrownBy(this::copy)
        .hasMessage(
            "lottery.bets-1 begins at offset 2, not 0: bets were deleted from it, by retention or"
                + " by hand");
  }
}
