package loteria.tool.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import loteria.journal.DataDirectory;
import loteria.journal.Journal;
import loteria.journal.StorageFullException;
import loteria.kafka.LogCopy;
import loteria.protocol.Codec;
import loteria.protocol.Message;
import loteria.server.seal.BrokenSealException;
import loteria.tool.Told;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log of two partitions of bets that says what the test wants, saved as a data directory. */
class SavedLotteryTest {
  private static final int PARTITIONS = 2;
  private static final int DRAW = 2;
  private static final List<UUID> TOPICS = List.of(new UUID(1, 1), new UUID(2, 2));
  private static final List<String> UNDECIDED = List.of("trial.bets-0 lacks something");

  @TempDir private Path folder;
  private Path directory;

  /** What each partition is to say. */
  private final Map<Integer, List<Message.Entry>> log = new HashMap<>();

  private final Map<Integer, List<Long>> offsets = new HashMap<>();

  @BeforeEach
  void begin() throws IOException {
    directory = Files.createDirectory(folder.resolve("saved"));
    say(DRAW, new Message.Announced(3, PARTITIONS, TOPICS));
  }

  private void say(int partition, Message.Entry entry) {
    log.computeIfAbsent(partition, _ -> new ArrayList<>()).add(entry);
  }

  /** What a made lottery says, each agency's in its partition. */
  private MadeLottery say(MadeLottery made) {
    for (Message.Entry entry : made.entries) {
      say(
          switch (entry) {
            case Message.Batch batch -> (batch.agency() - 1) % PARTITIONS;
            case Message.Finish finish -> (finish.agency() - 1) % PARTITIONS;
            case Message.Closed closed -> (closed.agency() - 1) % PARTITIONS;
            case Message.Announced _, Message.Sealed _, Message.Drawn _ -> DRAW;
          },
          entry);
    }
    return made;
  }

  private SavedLottery save() throws IOException {
    return SavedLottery.save(
        to -> {
          for (int partition = 0; partition <= PARTITIONS; partition++) {
            try (Journal journal = Journal.open(to.open(LogCopy.file(partition)), (_, _) -> {})) {
              for (Message.Entry entry : log.getOrDefault(partition, List.of())) {
                long[] at = journal.append(List.of(ByteBuffer.wrap(Codec.encode(entry))));
                offsets.computeIfAbsent(partition, _ -> new ArrayList<>()).add(at[0]);
              }
            }
          }
          return new LogCopy("trial", PARTITIONS, TOPICS, UNDECIDED);
        },
        directory);
  }

  /** Where the last record of a partition lies. */
  private long lastOffset(int partition) {
    return offsets.getOrDefault(partition, List.of()).getLast();
  }

  private Told verify() {
    return Told.byLoteria("verify", directory);
  }

  @Test
  void isTheDirectoryOfACentralThatHadTheLotteryToItself() throws IOException {
    MadeLottery made = say(MadeLottery.drawn(folder));

    SavedLottery saved = save();

    assertThat(saved.agencies()).hasValue(3);
    assertThat(saved.partitions()).isEqualTo(PARTITIONS);
    assertThat(saved.undecided()).isEqualTo(UNDECIDED);
    assertThat(directory)
        .isDirectoryNotContaining("glob:**/partition-*")
        .isDirectoryContaining("glob:**/journal");
    assertThat(directory.resolve("bets.csv")).hasContent(String.join("\r\n", made.rows) + "\r\n");
    assertThat(verify().out())
        .contains("6 of 3 agencies", "the bets are sealed and the draw was held");
    assertThat(Told.byLoteria("winners", directory).out()).contains("3 bets have won");
  }

  @Test
  void hasWhoeverWasClosed() throws IOException {
    say(MadeLottery.drawnWithoutTwo(folder));
    var _ = save();
    assertThat(verify().out()).contains("closed    agency 2", "closed    agency 3");
  }

  @Test
  void hasNoSealedFileBeforeTheSeal() throws IOException {
    say(MadeLottery.receiving(folder));
    var _ = save();
    assertThat(directory).isDirectoryNotContaining("glob:**/bets.csv");
    assertThat(verify().out()).contains("bets are being received");
    assertThat(Told.byLoteria("winners", directory).err()).contains("no draw was held yet");
    assertThat(Told.byLoteria("export", directory).out()).hasLineCount(6);
  }

  @Test
  void namesTheDirectoryThatHasNoRoomAndLeavesItEmpty() throws IOException {
    SavedLottery.Log full =
        to -> {
          to.open("partition-0").close();
          throw new StorageFullException("no room: No space left on device");
        };
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> SavedLottery.save(full, directory))
        .withMessage("%s: no room: No space left on device", directory);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void isEmptyIfNobodyHasBegunTheLottery() throws IOException {
    log.clear();
    assertThat(save().agencies()).isEmpty();
    assertThat(verify().out()).contains("nothing is stored yet");
  }

  @Test
  void refusesASealOfOtherBets() {
    MadeLottery made = MadeLottery.sealed(folder);
    made.rows.set(0, made.rows.get(1));
    made.entries.set(made.entries.size() - 1, made.seal());
    say(made);
    assertThatThrownBy(this::save)
        .isInstanceOf(BrokenSealException.class)
        .hasMessageContaining("6 bets were sealed with " + made.sha256());
  }

  @Test
  void namesThePartitionAndTheOffsetOfARecordThatContradicts() {
    say(MadeLottery.receiving(folder));
    say(0, MadeLottery.batch(3, 7, MadeLottery.bet(3, "Ana", "1", 1)));
    assertThatThrownBy(this::save)
        .isInstanceOf(DisagreementException.class)
        .hasMessageStartingWith("trial.bets-0: at offset %d: agency 3: ".formatted(lastOffset(0)));
  }

  @Test
  void refusesARecordThatIsInAnotherPartition() {
    say(1, MadeLottery.batch(3, 0, MadeLottery.bet(3, "Ana", "1", 1)));
    assertThatThrownBy(this::save)
        .hasMessage(
            "trial.bets-1: at offset %d: a record of agency 3, whose are in trial.bets-0"
                .formatted(lastOffset(1)));
    log.remove(1);
    offsets.clear();
    say(0, MadeLottery.draw(1, 1));
    assertThatThrownBy(this::saveElsewhere).hasMessageContaining("a record of the draw, among");
    log.remove(0);
    say(DRAW, MadeLottery.batch(1, 0, MadeLottery.bet(1, "Ana", "1", 1)));
    assertThatThrownBy(this::saveElsewhere)
        .hasMessageStartingWith("trial.draw-0: at offset ")
        .hasMessageEndingWith("a record of an agency, where the draw's are");
  }

  private void saveElsewhere() throws IOException {
    directory = Files.createTempDirectory(folder, "other");
    var _ = save();
  }

  @Test
  void refusesALotteryThatNobodyHasBegunOrThatIsOfOtherTopics() {
    log.clear();
    say(MadeLottery.receiving(folder));
    assertThatThrownBy(this::save)
        .hasMessage("trial.draw-0: at offset 0: its first record does not say what the lottery is");
    log.clear();
    say(DRAW, new Message.Announced(3, PARTITIONS + 1, TOPICS));
    assertThatThrownBy(this::saveElsewhere)
        .hasMessageContaining("begun with other partitions than there are: 3, and not 2");
    log.clear();
    say(DRAW, new Message.Announced(3, PARTITIONS, List.of(TOPICS.get(0), TOPICS.get(0))));
    assertThatThrownBy(this::saveElsewhere).hasMessageContaining("begun with other topics");
  }

  @Test
  void leavesTheDirectoryEmptyIfItCannotBeSaved() throws IOException {
    assertThatThrownBy(() ->
            SavedLottery.save(
                to -> {
                  to.open(LogCopy.file(0)).close();
                  throw new IOException("no broker answers");
                },
                directory))
        .hasMessage("no broker answers");
    assertThat(directory).isEmptyDirectory();
    assertThat(save().partitions()).isEqualTo(PARTITIONS);
  }

  @Test
  void writesToNoDirectoryThatHasSomething() throws IOException {
    Path there = Files.writeString(directory.resolve(DataDirectory.JOURNAL), "mine");
    assertThatThrownBy(this::save).hasMessage(directory + ": is not empty");
    assertThat(there).hasContent("mine");
  }
}
