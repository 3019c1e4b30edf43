package loteria.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import loteria.journal.DamagedJournalException;
import loteria.journal.DataDirectory;
import loteria.journal.FencedException;
import loteria.journal.ForeignFileException;
import loteria.journal.Journal;
import loteria.journal.ReadableStorage;
import loteria.journal.Storage;
import loteria.kafka.brokers.Kafka;
import loteria.kafka.options.UnsafeTopicsException;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several centrals over brokers that do what the test says. */
@Timeout(60)
final class KafkaLogTest {
  private static final int DRAW = 2;
  private static final KafkaLog.Pace OFTEN = new KafkaLog.Pace(20, 20);

  @TempDir private Path folder;

  private final FakeKafka brokers = new FakeKafka(2);
  private final Kafka clientA = brokers.new Client("a");
  private final Kafka clientB = brokers.new Client("b");
  private final List<Central> centrals = new ArrayList<>();
  private Central a;
  private Central b;

  /** One owns a partition, and the other one follows it. */
  @BeforeEach
  void startTwo() throws Exception {
    a = start("a", clientA);
    b = start("b", clientB);
    give(0, clientA, a);
  }

  @AfterEach
  void closeAll() throws IOException {
    brokers.stall(0, false);
    for (Central central : centrals) {
      central.close();
    }
  }

  @Test
  void hasThePartitionsAndTheTopicsOfTheBrokers() throws IOException {
    assertThat(a.log.betPartitions()).isEqualTo(2);
    assertThat(a.log.topics()).isEqualTo(clientA.layout().topics());
    assertThat(a.copy(DRAW)).isEmpty();
  }

  @Test
  void followsWhatAnotherCommits() throws Exception {
    a.append(0, "uno");
    a.append(0, "dos", "tres");

    soon().untilAsserted(() -> assertThat(b.followed(0)).isEqualTo(a.copy(0).length));
    assertThat(b.copy(0)).isEqualTo(a.copy(0)).isEqualTo(brokers.committed(0));
    assertThat(a.followed(0)).as("its own writes are not told").isEqualTo(-1);
    assertThat(b.copy(1)).isEmpty();
  }

  @Test
  void followsWhatWasThereBeforeTheStart() throws Exception {
    give(DRAW, clientA, a);
    a.append(DRAW, "anunciada");

    Central c = start("c", brokers.new Client("c"));

    soon().until(() -> c.caughtUp);
    assertThat(c.followed(DRAW)).isEqualTo(brokers.committed(DRAW).length);
    assertThat(c.copy(DRAW)).isEqualTo(brokers.committed(DRAW));
  }

  @Test
  void theValuesOfAPartitionAreAJournalByteForByte() throws Exception {
    Path file = folder.resolve("file");
    try (DataDirectory directory = DataDirectory.take(file);
        Journal journal = Journal.open(directory.open("same"), (_, _) -> {})) {
      for (List<String> block : List.of(List.of("uno"), List.of("dos", "tres"), List.of(""))) {
        a.append(0, block.toArray(String[]::new));
        var _ = journal.append(block.stream().map(KafkaLogTest::bytes).toList());
      }
    }

    byte[] expected = Files.readAllBytes(file.resolve("same"));
    assertThat(brokers.committed(0)).isEqualTo(expected);
    assertThat(a.copy(0)).isEqualTo(expected);
    assertThat(brokers.values(0)).as("a record for the header, and one for each block").hasSize(4);
  }

  @Test
  void whoeverTakesAPartitionOpensTheJournalThatIsThere() throws Exception {
    a.append(0, "uno");
    a.append(0, "dos", "tres");

    give(0, clientB, b);

    assertThat(b.found.get(0)).containsExactly("uno", "dos", "tres");
    assertThat(brokers.values(0)).as("to open it commits nothing").hasSize(3);
    b.append(0, "cuatro");
    soon().untilAsserted(() -> assertThat(a.copy(0)).isEqualTo(brokers.committed(0)));
    assertThat(a.calls).containsExactly("assigned 0", "revoked 0");
    assertThat(b.calls).containsExactly("assigned 0");
  }

  @Test
  void aPartitionThatComesBackIsFollowedMeanwhile() throws Exception {
    a.append(0, "uno");
    give(0, clientB, b);
    b.append(0, "dos");
    give(0, clientA, a);
    a.append(0, "tres");
    give(0, clientB, b);

    assertThat(b.found.get(0)).containsExactly("uno", "dos", "tres");
    assertThat(b.copy(0)).isEqualTo(brokers.committed(0));
    soon().untilAsserted(() -> assertThat(a.copy(0)).isEqualTo(brokers.committed(0)));
    assertThat(a.log.takeOvers()).isEqualTo(2);
    assertThat(a.failures).isEmpty();
    assertThat(b.failures).isEmpty();
  }

  @Test
  void nobodyElseGetsAPartitionBeforeItIsGivenBack() throws Exception {
    CountDownLatch stored = new CountDownLatch(1);
    a.giveBackAfter(stored);
    CompletableFuture<Void> back =
        CompletableFuture.runAsync(() -> {
          try {
            brokers.takeBack(0);
          } catch (Exception late) {
            throw new IllegalStateException(late);
          }
        });

    soon().during(Duration.ofMillis(200)).until(() -> !back.isDone());
    a.append(0, "la última");
    stored.countDown();

    back.get(10, TimeUnit.SECONDS);
    assertThat(a.calls).containsExactly("assigned 0", "revoked 0");
    assertThat(new String(brokers.committed(0), UTF_8)).contains("la última");
  }

  @Test
  void fencesWhoeverWasTakenForDead() throws Exception {
    a.append(0, "uno");
    brokers.giveAtOnce(0, clientB);
    soon().until(() -> b.owns(0));

    assertThatThrownBy(() -> a.append(0, "zombi")).hasCauseInstanceOf(FencedException.class);

    assertThatThrownBy(() -> a.storage(0).sync()).hasMessageContaining("in doubt");
    b.append(0, "dos");
    assertThat(b.found.get(0)).containsExactly("uno");
    assertThat(new String(brokers.committed(0), UTF_8)).contains("dos").doesNotContain("zombi");
    assertThat(a.lines()).contains("CRITICAL action: lose_partition | result: fail | partition: ");
    assertThat(a.failures).as("whoever wrote knows").isEmpty();
  }

  @Test
  void aZombieThatIsInTheMiddleOfACommitIsFencedToo() throws Exception {
    brokers.stall(0, true);
    CompletableFuture<Void> frozen =
        CompletableFuture.runAsync(() -> {
          try {
            a.append(0, "zombi");
          } catch (IOException fenced) {
            throw new IllegalStateException(fenced.getCause());
          }
        });
    brokers.giveAtOnce(0, clientB);
    soon().until(() -> b.owns(0));

    brokers.stall(0, false);

    assertThatThrownBy(() -> frozen.get(10, TimeUnit.SECONDS))
        .rootCause()
        .isInstanceOf(FencedException.class);
    assertThat(b.found.get(0)).isEmpty();
  }

  @Test
  void whatWasCommittedAndNotAnsweredIsFoundByTheNextOwner() throws Exception {
    a.append(0, "uno");
    byte[] before = a.copy(0);
    brokers.fail(0, FakeKafka.Fault.ANSWER_LOST);

    assertThatThrownBy(() -> a.append(0, "dos"))
        .hasMessageContaining("no answer within 30 s")
        .cause()
        .isNotInstanceOf(FencedException.class);

    assertThat(a.copy(0)).as("nobody is told of what may not be").isEqualTo(before);
    brokers.giveAtOnce(0, clientB);
    soon().until(() -> b.owns(0));
    assertThat(b.found.get(0)).containsExactly("uno", "dos");
  }

  @Test
  void whatWasAbortedIsNeverSeen() throws Exception {
    a.append(0, "uno");
    brokers.fail(0, FakeKafka.Fault.ABORTED);
    assertThatThrownBy(() -> a.append(0, "dos")).hasMessageContaining("no answer");

    brokers.giveAtOnce(0, clientB);
    soon().until(() -> b.owns(0));

    assertThat(b.found.get(0)).containsExactly("uno");
    b.append(0, "tres");
    assertThat(b.copy(0)).isEqualTo(brokers.committed(0));
  }

  @Test
  void whatADeadOwnerHadUnderWayIsAbortedByTheTakeOver() throws Exception {
    takeOverInMidCommit();

    assertThat(b.found.get(0)).containsExactly("uno");
  }

  /** The other one owns the partition after one that had a commit under way. */
  private void takeOverInMidCommit() throws Exception {
    a.append(0, "uno");
    brokers.begin(0, "a medias".getBytes(UTF_8));

    brokers.giveAtOnce(0, clientB);
    soon().until(() -> b.owns(0));
  }

  @Test
  void readersMayLearnLateOfACommit() throws Exception {
    a.append(0, "uno");
    soon().untilAsserted(() -> assertThat(b.copy(0)).isEqualTo(a.copy(0)));
    byte[] before = a.copy(0);

    brokers.fail(0, FakeKafka.Fault.STABLE_BEHIND);
    a.append(0, "dos");

    assertThat(a.copy(0)).as("the owner's own copy has it").isEqualTo(brokers.committed(0));
    assertThat(b.copy(0)).isEqualTo(before);
    give(0, clientB, b);
    assertThat(b.found.get(0)).as("a take-over waits for all of it").containsExactly("uno", "dos");
    assertThat(a.copy(0)).as("and nothing comes twice").isEqualTo(brokers.committed(0));
  }

  @Test
  void waitsUntilEverythingBeforeTheEndIsDecided() throws Exception {
    CompletableFuture<Void> undecided = new CompletableFuture<>();
    Kafka stranger =
        brokers.new Client("c") {
          @Override
          public Writer writer(int partition) {
            Writer writer = super.writer(partition);
            brokers.begin(partition, bytes("ajena").array()); // of an id that this fences not
            undecided.complete(null);
            return writer;
          }
        };
    Central c = start("c", stranger);
    a.append(0, "uno");
    brokers.takeBack(0);

    brokers.giveAtOnce(0, stranger);
    undecided.get(10, TimeUnit.SECONDS);
    soon().during(Duration.ofMillis(200)).until(() -> !c.owns(0));
    brokers.abort(0);

    soon().until(() -> c.owns(0));
    assertThat(c.found.get(0)).containsExactly("uno");
  }

  @Test
  void refusesARecordThatIsNotTheNextPieceOfTheJournal() throws Exception {
    give(1, clientA, a);
    a.append(1, "uno");
    byte[] sound = a.copy(1);
    soon().untilAsserted(() -> assertThat(b.copy(1)).isEqualTo(sound));

    brokers.commit(1, "una apuesta".getBytes(UTF_8));

    soon().until(() -> !b.failures.isEmpty());
    assertThat(b.failures).singleElement().isInstanceOf(IOException.class);
    assertThat(b.failures.getFirst())
        .hasMessageContaining("lottery.bets-1 has a record at offset 4")
        .hasCauseInstanceOf(DamagedJournalException.class);
    assertThat(b.copy(1)).isEqualTo(sound);
  }

  @Test
  void refusesABlockThatComesTwice() throws Exception {
    a.append(0, "uno");

    brokers.commit(0, brokers.values(0).getLast());

    soon().until(() -> !b.failures.isEmpty());
    assertThat(b.failures.getFirst())
        .hasMessageContaining("lottery.bets-0")
        .hasMessageContaining("4");
  }

  @Test
  void refusesAPartitionThatBeginsWithSomethingElse() throws Exception {
    brokers.commit(DRAW, "hola".getBytes(UTF_8));

    Central c = start("c", brokers.new Client("c"));

    soon().until(() -> !c.failures.isEmpty());
    assertThat(c.failures.getFirst())
        .hasMessageContaining("lottery.draw-0 has a record at offset 0")
        .hasCauseInstanceOf(ForeignFileException.class);
  }

  @Test
  void aFailureIsToldOnceAndNothingIsTakenAfterIt() throws Exception {
    brokers.commit(0, new byte[3]);
    brokers.commit(1, new byte[3]);

    soon().until(() -> !b.failures.isEmpty());

    assertThatThrownBy(() -> b.log.take(1)).hasMessageContaining("the log has failed");
    assertThat(b.failures).hasSize(1);
  }

  @Test
  void refusesPartitionsThatDoNotBeginAtTheirFirstRecord() {
    brokers.commit(1, new byte[3]);
    brokers.deleteBefore(1, 2);

    assertThatThrownBy(() -> start("c", brokers.new Client("c")))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "lottery.bets-1 begins at offset 2, not 0: bets were deleted from it, by retention or"
                + " by hand");
  }

  @Test
  void refusesToTakeAPartitionThatHasLostWhatWasSeenOfIt() throws Exception {
    AtomicBoolean lost = new AtomicBoolean();
    Kafka losing =
        brokers.new Client("c") {
          @Override
          public Offsets offsets(int partition) {
            return lost.get() ? new Offsets(0, 4, 4) : super.offsets(partition);
          }
        };
    Central c = start("c", losing);
    give(0, losing, c);
    c.append(0, "uno");
    c.append(0, "dos");
    brokers.takeBack(0);
    lost.set(true);

    brokers.giveAtOnce(0, losing);

    soon().until(() -> !c.failures.isEmpty());
    assertThat(c.failures.getFirst())
        .hasMessage(
            "lottery.bets-0 ends at offset 4, and was committed up to 5 before: the brokers have"
                + " lost bets");
    assertThat(c.owns(0)).isFalse();
  }

  @Test
  void failsWhenThePartitionEndsBeforeWhatWasReadOfIt() throws Exception {
    a.append(0, "uno");
    soon().untilAsserted(() -> assertThat(b.copy(0)).isEqualTo(a.copy(0)));

    brokers.cut(0, 2);

    soon().until(() -> !b.failures.isEmpty());
    assertThat(b.failures.getFirst()).hasMessageContaining("out of the range");
  }

  @Test
  void failsWhenTheTopicsAreOthers() throws Exception {
    brokers.makeTopicsAgain();

    soon().until(() -> !a.failures.isEmpty());
    assertThat(a.failures.getFirst()).hasMessageContaining("it was deleted and made again");
  }

  /** It would never be asked again who owns what, and nobody would know. */
  @Test
  void failsWhenAnErrorEndsTheWatch() throws Exception {
    Central c =
        start(
            "c",
            brokers.new Client("c") {
              @Override
              public Map<Integer, InetSocketAddress> owners() {
                throw new AssertionError("impossible");
              }
            });

    soon().until(() -> !c.failures.isEmpty());
    assertThat(c.failures.getFirst()).hasMessageContaining("impossible");
  }

  @Test
  void isNotOpenedOverTopicsThatMayLoseBets() {
    brokers.wrong("topic x: retention.ms is 1, must be -1", "topic y: z");

    assertThatThrownBy(() -> start("c", brokers.new Client("c")))
        .isInstanceOf(UnsafeTopicsException.class)
        .hasMessage("topic x: retention.ms is 1, must be -1; topic y: z");
  }

  @Test
  void tellsWhenTopicsBecomeUnsafeAndWhenTheyAreSafeAgain() throws Exception {
    brokers.wrong("topic x: retention.ms is 1, must be -1");
    soon().until(() -> !a.unsafe.isEmpty());
    brokers.wrong();

    soon().until(() -> a.unsafe.size() == 2);
    assertThat(a.unsafe)
        .containsExactly(List.of("topic x: retention.ms is 1, must be -1"), List.of());
  }

  @Test
  void givesBackWhatTheGroupHasTakenAndGoesOnWithTheRest() throws Exception {
    a.append(0, "uno");

    brokers.lose(clientA);
    brokers.lose(clientA); // it has nothing any more

    assertThat(a.calls).containsExactly("assigned 0", "revoked 0");
    assertThat(a.lines())
        .containsOnlyOnce(
            "WARNING  action: lose_partition | result: in_progress | partition: lottery.bets-0")
        .contains("give_partition | result: success | partition: lottery.bets-0");
    give(0, clientB, b);
    b.append(0, "dos");
    soon().untilAsserted(() -> assertThat(a.copy(0)).isEqualTo(brokers.committed(0)));
    give(0, clientA, a);
    assertThat(a.found.get(0)).containsExactly("uno", "dos");
    assertThat(a.failures).isEmpty();
  }

  @Test
  void whatItStoresWhileItGivesBackIsFencedIfAnotherHasTakenOver() throws Exception {
    a.append(0, "uno");
    a.storeLast(0, "zombi");
    brokers.giveAtOnce(0, clientB);
    soon().until(() -> b.owns(0));

    brokers.lose(clientA, 0);

    assertThat(a.failures).singleElement().isInstanceOf(IOException.class);
    assertThat(a.failures.getFirst()).hasCauseInstanceOf(FencedException.class);
    assertThat(b.found.get(0)).containsExactly("uno");
  }

  @Test
  void aWriteBelowTheEndHasToBeOfTheBytesThatAreThere() throws Exception {
    a.append(0, "uno");
    Storage storage = a.storage(0);
    byte[] there = a.copy(0);
    int records = brokers.values(0).size();

    storage.writeWhole(ByteBuffer.wrap(there), 0);
    storage.sync();
    storage.truncate(there.length);
    storage.truncate(there.length + 1L);

    assertThat(brokers.values(0)).as("and is none").hasSize(records);
    there[there.length - 1] ^= 1;
    assertThatThrownBy(() -> storage.writeWhole(ByteBuffer.wrap(there), 0))
        .hasMessageContaining("lottery.bets-0 has other bytes committed");
    assertThatThrownBy(() -> storage.truncate(there.length - 1L))
        .hasMessageContaining("cannot be cut");
    assertThatThrownBy(() -> storage.write(ByteBuffer.allocate(1), there.length + 1L))
        .hasMessageContaining("would not be appended");
  }

  @Test
  void whatIsWrittenInPiecesIsCommittedAsOneRecord() throws Exception {
    Storage storage = a.storage(0);
    byte[] header = brokers.values(0).getFirst();

    storage.writeWhole(ByteBuffer.wrap(header, 8, 8), 16);
    storage.writeWhole(ByteBuffer.wrap(new byte[200_000]), 24);
    assertThat(storage.size()).isEqualTo(16 + 8 + 200_000);
    assertThat(storage.read(ByteBuffer.allocate(1), 16))
        .as("reads are of what is committed")
        .isEqualTo(-1);
    storage.truncate(16 + 8 + 100_000);
    storage.sync();

    assertThat(brokers.values(0)).hasSize(2);
    assertThat(brokers.values(0).getLast()).hasSize(8 + 100_000);
    assertThat(a.copy(0)).isEqualTo(brokers.committed(0));
  }

  @Test
  void aRecordThatNoTopicTakesIsRefused() throws Exception {
    Storage storage = a.storage(0);

    assertThatThrownBy(() -> storage.write(ByteBuffer.allocate(2 << 20), storage.size()))
        .hasMessageContaining("exceeds " + Kafka.RECORD_BYTES_MAX);
  }

  @Test
  void theLargestBlockIsOneRecord() throws Exception {
    String[] texts = new String[Journal.BLOCK_BYTES_MAX >> 16];
    Arrays.fill(texts, "x".repeat(Journal.RECORD_BYTES_MAX - 1));

    a.append(0, texts);

    assertThat(brokers.values(0)).hasSize(2);
    soon().untilAsserted(() -> assertThat(b.copy(0)).isEqualTo(a.copy(0)));
  }

  /** What it has aborted is nobody's, and not what another central has written. */
  @Test
  void whoTakesOverBehindAnAbortedCommitOwnsThePartition() throws Exception {
    takeOverInMidCommit();

    b.log.requireOwned(0);
    b.append(0, "dos");
    b.log.requireOwned(0);

    assertThat(b.copy(0)).isEqualTo(brokers.committed(0));
  }

  @Test
  void aCopyStaysReadableWhenAReaderClosesIt() throws Exception {
    ReadableStorage copy = a.log.copy(0);

    copy.close();

    assertThat(copy.read(ByteBuffer.allocate(100), 0)).isEqualTo(16);
    assertThat(copy.read(ByteBuffer.allocate(100), 16)).isEqualTo(-1);
  }

  @Test
  void copiesAreMadeAnewAtEachStart() throws Exception {
    a.append(0, "uno");
    centrals.remove(a);
    a.close();

    Central again = open("a", new FakeKafka(2).new Client("a"));

    assertThat(again.copy(0)).isEmpty();
  }

  @Test
  void closingGivesBackWhatWasTaken() throws Exception {
    give(1, clientA, a);
    a.append(0, "uno");
    a.storage(1).close(); // by its owner, before

    a.log.close();
    a.log.close();

    assertThat(a.calls).contains("revoked 0").doesNotContain("revoked 1");
    assertThat(a.failures).isEmpty();
    assertThat(a.log.owned()).isEmpty();
    assertThat(a.lines())
        .contains("give_partition | result: success | partition: lottery.bets-0")
        .contains("give_partition | result: success | partition: lottery.bets-1");
    give(0, clientB, b);
    assertThat(b.found.get(0)).containsExactly("uno");
  }

  @Test
  void knowsWhoOwnsWhat() throws Exception {
    give(DRAW, clientB, b);
    InetSocketAddress ofA = InetSocketAddress.createUnresolved("a", 7000);

    soon().untilAsserted(() -> assertThat(b.log.owners()).containsEntry(0, ofA));
    assertThat(b.log.owner(0)).as("a name that nobody knows").isEmpty();
    assertThat(b.log.owner(1)).isEqualTo(Optional.empty());
    soon().untilAsserted(() -> assertThat(a.log.owners()).containsOnlyKeys(0, DRAW));
    assertThat(a.log.owned()).containsExactly(0);
    assertThat(b.log.owned()).containsExactly(DRAW);
  }

  @Test
  void logsWhatItTakesAndGives() throws Exception {
    a.append(0, "uno");
    give(0, clientB, b);

    assertThat(a.lines())
        .containsPattern(
            "INFO     action: take_partition \\| result: success \\| partition: lottery.bets-0"
                + " \\| bytes: 0 \\| init_ms: \\d+ \\| replay_ms: \\d+\n")
        .contains(
            "INFO     action: give_partition | result: success | partition: lottery.bets-0\n");
    assertThat(b.lines()).contains("partition: lottery.bets-0 | bytes: 45 | init_ms: ");
  }

  private Central open(String name, Kafka client) throws IOException {
    Central central =
        Central.open(
            folder.resolve(name),
            (directory, lines) -> KafkaLog.over(client, directory, lines, OFTEN));
    centrals.add(central);
    return central;
  }

  private Central start(String name, Kafka client) throws IOException {
    Central central = open(name, client);
    central.log.start(central);
    return central;
  }

  private void give(int partition, Kafka to, Central taker) throws Exception {
    brokers.give(partition, to);
    soon().until(() -> taker.owns(partition) && taker.log.owned().contains(partition));
  }

  private static ConditionFactory soon() {
    return await().pollInterval(Duration.ofMillis(5)).atMost(Duration.ofSeconds(20));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
