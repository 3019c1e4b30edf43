package loteria.journal;

import static loteria.journal.Reopened.group;
import static loteria.journal.Reopened.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import loteria.journal.FaultyStorage.Call;
import org.junit.jupiter.api.Test;

/** Calls of the storage that fail while the program lives on. */
final class JournalFailureTest {
  private final FaultyStorage disk = new FaultyStorage(5).shortTransfers();

  @Test
  void refusesEverythingAfterAFailedWrite() throws IOException {
    Journal journal = Reopened.of(disk).journal();
    long[] positions = journal.append(records("uno"));
    disk.fail(Call.WRITE, 2, false, JournalFailureTest::broken);

    assertThatThrownBy(() -> journal.append(records("a".repeat(2000))))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "writing a block of 2026 bytes at offset 45 of the journal: Input/output error");

    assertRefuses(journal, positions[0]);
    disk.restart();
    assertThat(Reopened.of(disk).texts()).containsExactly("uno");
  }

  @Test
  void refusesEverythingAfterAFailedSync() throws IOException {
    Journal journal = Reopened.of(disk).journal();
    long[] positions = journal.append(records("uno"));
    disk.fail(Call.SYNC, 1, false, JournalFailureTest::broken);

    assertThatThrownBy(() -> journal.append(records("dos")))
        .isInstanceOf(IOException.class)
        .hasMessage("syncing a block of 29 bytes at offset 45 of the journal: Input/output error");

    assertRefuses(journal, positions[0]);
  }

  @Test
  void neverTakesAFailedSyncForAFullDisk() throws IOException {
    Journal journal = Reopened.of(disk).journal();
    long[] positions = journal.append(records("uno"));
    disk.fail(Call.SYNC, 1, false, JournalFailureTest::full);

    assertThatThrownBy(() -> journal.append(records("dos")))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(StorageFullException.class);

    assertRefuses(journal, positions[0]);
  }

  @Test
  void takesBackWhatDidNotFitAndGoesOnOnceThereIsRoom() throws IOException {
    Journal journal = Reopened.of(disk).journal();
    long[] positions = journal.append(records("uno"));
    disk.limitTo(100);

    for (int attempt = 0; attempt < 3; attempt++) {
      assertThatThrownBy(() -> journal.append(records("a".repeat(2000))))
          .isInstanceOf(StorageFullException.class);
      assertThat(disk.bytes()).hasSize(45);
      assertThat(journal.size()).isEqualTo(45);
    }
    assertThat(journal.read(positions[0])).isEqualTo(records("uno").get(0));
    journal.append(records("dos")); // small enough for what room is left
    disk.limitTo(10_000);
    journal.append(records("b".repeat(2000)));

    disk.restartAfterPowerLoss();
    assertThat(Reopened.of(disk).texts()).containsExactly("uno", "dos", "b".repeat(2000));
  }

  @Test
  void takesBackABlockAndForgetsTheNextOneThatWasFilledMeanwhile() throws IOException {
    Journal journal = Reopened.of(disk).journal();
    journal.append(records("uno"));
    disk.limitTo(100);
    journal.add(records("a".repeat(2000)).getFirst());
    Block large = journal.endBlock();
    journal.add(records("dos").getFirst());

    assertThatThrownBy(() -> journal.store(large)).isInstanceOf(StorageFullException.class);

    assertThatThrownBy(journal::endBlock)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("discard");
    journal.discard();
    assertThat(journal.isEmpty()).isTrue();
    long position = journal.add(records("tres").getFirst());
    journal.store(journal.endBlock());
    assertThat(journal.read(position)).isEqualTo(records("tres").getFirst());
    disk.restartAfterPowerLoss();
    assertThat(Reopened.of(disk).texts()).containsExactly("uno", "tres");
  }

  @Test
  void storesNothingAfterABlockThatIsInDoubt() throws IOException {
    Journal journal = Reopened.of(disk).journal();
    journal.add(records("uno").getFirst());
    Block first = journal.endBlock();
    journal.add(records("dos").getFirst());
    disk.fail(Call.SYNC, 1, false, JournalFailureTest::broken);

    assertThatThrownBy(() -> journal.store(first)).hasMessageContaining("syncing a block");

    assertThatThrownBy(journal::endBlock).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> journal.store(first)).hasMessageContaining("in doubt");
    assertThatThrownBy(journal::trim).hasMessageContaining("in doubt");
  }

  @Test
  void neverFindsWhatItRefusedForWantOfRoom() throws IOException {
    Journal journal = Reopened.of(disk).journal();
    journal.append(records("uno"));
    disk.limitTo(2050);
    assertThatThrownBy(() -> journal.append(records("a".repeat(2000))))
        .isInstanceOf(StorageFullException.class);

    disk.restartAfterPowerLoss();

    assertThat(Reopened.of(disk).journal().recovery()).isEqualTo(new Recovery(1, 1, 45, 0));
  }

  @Test
  void refusesEverythingIfItCannotTakeBackWhatDidNotFit() throws IOException {
    for (Call call : List.of(Call.TRUNCATE, Call.SYNC)) {
      FaultyStorage storage = new FaultyStorage(6);
      Journal journal = Reopened.of(storage).journal();
      long[] positions = journal.append(records("uno"));
      storage.limitTo(60);
      storage.fail(call, 1, false, JournalFailureTest::full);

      assertThatThrownBy(() -> journal.append(records("a".repeat(2000))))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(StorageFullException.class)
          .hasMessageStartingWith(
              "taking back, for want of room, a block of 2026 bytes at offset 45");

      assertRefuses(journal, positions[0]);
    }
  }

  @Test
  void staysUsableAfterAReadThatFailed() throws IOException {
    Journal journal = Reopened.of(disk).journal();
    long[] positions = journal.append(records("uno"));
    disk.fail(Call.READ, 1, false, JournalFailureTest::broken);

    assertThatThrownBy(() -> journal.read(positions[0])).hasMessage("Input/output error");

    assertThat(journal.read(positions[0])).isEqualTo(records("uno").get(0));
    journal.append(records("dos"));
  }

  @Test
  void doesNotOpenWhenAnyCallOfTheRecoveryFails() throws IOException {
    byte[] torn = Reopened.bytes(group("uno"), group("dos"));
    torn[torn.length - 1]++;
    for (Call call : Call.values()) {
      FaultyStorage storage = FaultyStorage.holding(torn);
      storage.fail(call, 1, true, JournalFailureTest::broken);

      assertThatThrownBy(() -> Reopened.of(storage)).hasMessage("Input/output error");

      assertThat(storage.isOpen()).isFalse();
      storage.restartAfterPowerLoss();
      assertThat(Reopened.of(storage).texts()).containsExactly("uno");
    }
  }

  @Test
  void makesDurableABlockThatOnlyACacheHeldAfterAFailedSync() throws IOException {
    leaveABlockInTheCacheAlone();

    Reopened reopened = Reopened.of(disk);
    disk.restartAfterPowerLoss();

    assertThat(reopened.texts()).containsExactly("uno", "dos");
    assertThat(Reopened.of(disk).texts()).containsExactly("uno", "dos");
  }

  /** The control of the test above: it is the recovery's own write that saves the block. */
  @Test
  void wouldLoseABlockThatOnlyACacheHeldIfItWereMerelySeen() throws IOException {
    leaveABlockInTheCacheAlone();

    List<Long> seen = new ArrayList<>();
    Journal.inspect(disk, (position, record) -> seen.add(position));
    disk.sync();
    disk.restartAfterPowerLoss();

    assertThat(seen).hasSize(2);
    assertThat(Reopened.of(disk).texts()).containsExactly("uno");
  }

  private void leaveABlockInTheCacheAlone() throws IOException {
    Journal journal = Reopened.of(disk).journal();
    journal.append(records("uno"));
    disk.fail(Call.SYNC, 1, false, JournalFailureTest::broken);
    assertThatThrownBy(() -> journal.append(records("dos"))).isInstanceOf(IOException.class);
    disk.restart();
  }

  private static void assertRefuses(Journal journal, long position) {
    assertThatThrownBy(() -> journal.append(records("tres")))
        .isInstanceOf(IOException.class)
        .hasMessage("the journal is in doubt after offset 45: a write or sync failed");
    assertThatThrownBy(() -> journal.append(List.of())).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> journal.read(position)).isInstanceOf(IOException.class);
  }

  private static IOException broken() {
    return new IOException("Input/output error");
  }

  private static IOException full() {
    return new StorageFullException("No space left on device");
  }
}
