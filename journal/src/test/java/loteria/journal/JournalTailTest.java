package loteria.journal;

import static loteria.journal.Reopened.group;
import static loteria.journal.Reopened.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is found at the end of a file, or where the end should not be. */
final class JournalTailTest {
  private static final List<String> TEXTS = List.of("uno", "dos", "", "cuatro", "cinco");
  private static final int HEADER = 16;
  private static final int FIRST_END = HEADER + 24 + 5 + 5;
  private static final int SECOND_END = FIRST_END + 24 + 2 + 8;
  private static final int THIRD_END = SECOND_END + 24 + 7;

  private byte[] file = {};

  @BeforeEach
  void writeThreeBlocks() throws IOException {
    file = Reopened.bytes(group("uno", "dos"), group("", "cuatro"), group("cinco"));
    assertThat(file).hasSize(THIRD_END);
  }

  @Test
  void keepsTheWholeBlocksOfAFileThatIsCutAtAnyByte() throws IOException {
    for (int size = HEADER; size <= file.length; size++) {
      int kept =
          size < FIRST_END
              ? HEADER
              : size < SECOND_END ? FIRST_END : size < THIRD_END ? SECOND_END : THIRD_END;
      byte[] cut = Arrays.copyOf(file, size);
      int content = size;
      while (content > kept && cut[content - 1] == 0) {
        content--;
      }
      assertKeeps(kept, content - kept, cut);
    }
  }

  @Test
  void neverTakesAFlippedBitForData() throws IOException {
    for (int bit = HEADER * 8; bit < file.length * 8; bit++) {
      byte[] flipped = file.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      if (bit / 8 >= SECOND_END) {
        assertKeeps(SECOND_END, THIRD_END - SECOND_END, flipped);
      } else if (bit / 8 >= FIRST_END) {
        assertDamaged(FIRST_END, "no valid block there, but one at offset " + SECOND_END, flipped);
      } else {
        assertDamaged(HEADER, "no valid block there, but one at offset " + FIRST_END, flipped);
      }
    }
  }

  @Test
  void takesZerosAfterTheLastBlockForTheEnd() throws IOException {
    for (int zeros : new int[] {1, 3, 4, 23, 24, 25, 512, 4096, 3 << 20}) {
      assertKeeps(THIRD_END, 0, Arrays.copyOf(file, file.length + zeros));
    }
  }

  @Test
  void cutsATornBlockWithTheZerosAfterIt() throws IOException {
    byte[] torn = Arrays.copyOf(file, THIRD_END + 1000);
    torn[SECOND_END + 24]++;

    assertKeeps(SECOND_END, THIRD_END - SECOND_END, torn);
  }

  @Test
  void refusesABlockOfZerosBeforeAValidOne() {
    byte[] holed = file.clone();
    Arrays.fill(holed, FIRST_END, SECOND_END, (byte) 0);

    assertDamaged(FIRST_END, "one at offset " + SECOND_END, holed);
  }

  @Test
  void findsTheValidBlockHoweverFarBehindTheDamageItIs() throws IOException {
    for (int gap :
        new int[] {1, Block.BYTES_MAX - 24, Block.BYTES_MAX - 1, Block.BYTES_MAX, 3 << 20}) {
      byte[] damaged = garbage(THIRD_END + gap + 24 + 3);
      System.arraycopy(file, 0, damaged, 0, file.length);
      System.arraycopy(blockAt(THIRD_END + gap), 0, damaged, THIRD_END + gap, 27);

      assertDamaged(THIRD_END, "one at offset " + (THIRD_END + gap), damaged);
    }
  }

  @Test
  void refusesGarbageThatIsMoreThanAnUnfinishedWriteLeaves() throws IOException {
    byte[] most = garbage(THIRD_END + Block.BYTES_MAX);
    System.arraycopy(file, 0, most, 0, file.length);
    byte[] withZeros = garbage(most.length + ZeroedStorage.CHUNK_BYTES);
    System.arraycopy(most, 0, withZeros, 0, most.length);
    byte[] more = Arrays.copyOf(withZeros, withZeros.length + 1);
    more[most.length] = 1;
    more[withZeros.length] = 1;

    assertKeeps(THIRD_END, Block.BYTES_MAX, most);
    assertKeeps(THIRD_END, Block.BYTES_MAX, withZeros);
    assertDamaged(THIRD_END, "no valid block in the 2097177 bytes", more);
  }

  /** A crash may leave anything where zeros were being written, in the last chunk of the file. */
  @Test
  void cutsOffZerosOfWhichTheLastChunkNeverReachedTheDisk() throws IOException {
    int zeros = Block.BYTES_MAX + 3 * ZeroedStorage.CHUNK_BYTES;
    byte[] ahead = Arrays.copyOf(file, THIRD_END + zeros);
    byte[] chunk = garbage(ZeroedStorage.CHUNK_BYTES);
    System.arraycopy(chunk, 0, ahead, ahead.length - chunk.length, chunk.length);
    byte[] torn = ahead.clone();
    torn[SECOND_END + 24]++;

    assertKeeps(THIRD_END, 0, ahead);
    assertKeeps(SECOND_END, THIRD_END - SECOND_END, torn);
  }

  /** The control of the test above: such bytes elsewhere were once durable. */
  @Test
  void refusesWhatIsNotZeroBetweenAnUnfinishedWriteAndTheLastChunk() {
    int zeros = Block.BYTES_MAX + 3 * ZeroedStorage.CHUNK_BYTES;
    for (int at : new int[] {Block.BYTES_MAX, zeros - ZeroedStorage.CHUNK_BYTES - 1}) {
      byte[] spotted = Arrays.copyOf(file, THIRD_END + zeros);
      spotted[THIRD_END + at] = 1;
      assertDamaged(THIRD_END, "no valid block in the %d bytes".formatted(at + 1), spotted);
    }
  }

  @Test
  void readsZerosAheadOnlyOnce() throws IOException {
    FaultyStorage disk = FaultyStorage.holding(Arrays.copyOf(file, 4 << 20));

    Recovery found = Journal.inspect(disk, (position, record) -> {});

    assertThat(found).isEqualTo(new Recovery(3, 5, THIRD_END, 0));
    assertThat(disk.bytesRead()).isLessThanOrEqualTo(5 << 20);
  }

  @Test
  void isNotMisledByTheCopyOfABlock() throws IOException {
    byte[] copied = Arrays.copyOf(file, THIRD_END + (THIRD_END - SECOND_END));
    System.arraycopy(file, SECOND_END, copied, THIRD_END, THIRD_END - SECOND_END);

    assertKeeps(THIRD_END, THIRD_END - SECOND_END, copied);
  }

  @Test
  void refusesARecordCountThatDoesNotFitThePayload() throws IOException {
    for (int records : new int[] {0, 1, 3, -1, Integer.MAX_VALUE}) {
      byte[] wrong = Arrays.copyOf(file, SECOND_END);
      ByteBuffer block = ByteBuffer.wrap(wrong).slice(FIRST_END, SECOND_END - FIRST_END);
      Block.ended(block, FIRST_END, 1);
      block.putInt(20, records);
      block.putInt(4, checksum(block));

      assertKeeps(FIRST_END, SECOND_END - FIRST_END, wrong);
    }
  }

  @Test
  void readsHostileContentOnlyAFewTimes() throws IOException {
    ByteBuffer hostile = ByteBuffer.allocate(THIRD_END + Block.BYTES_MAX).put(file);
    ByteBuffer elsewhere = ByteBuffer.wrap(file, SECOND_END, 24); // a header, of another place
    while (hostile.remaining() >= 24) {
      hostile.put(elsewhere.duplicate());
    }
    FaultyStorage disk = FaultyStorage.holding(hostile.array());

    Recovery found = Journal.inspect(disk, (position, record) -> {});

    assertThat(found.keptBytes()).isEqualTo(THIRD_END);
    assertThat(disk.bytesRead()).isLessThan(4L * hostile.capacity());
  }

  private void assertKeeps(int kept, int torn, byte[] found) throws IOException {
    FaultyStorage disk = FaultyStorage.holding(found);
    int records = kept == HEADER ? 0 : kept == FIRST_END ? 2 : kept == SECOND_END ? 4 : 5;

    Reopened reopened = Reopened.of(disk);

    assertThat(reopened.texts()).isEqualTo(TEXTS.subList(0, records));
    assertThat(reopened.journal().recovery())
        .isEqualTo(new Recovery((records + 1) / 2, records, kept, torn));
    assertThat(disk.bytes()).isEqualTo(Arrays.copyOf(file, kept));
    reopened.journal().append(records("seis"));
    disk.restartAfterPowerLoss();
    List<String> texts = Reopened.of(disk).texts();
    assertThat(texts.subList(0, records)).isEqualTo(TEXTS.subList(0, records));
    assertThat(texts.subList(records, texts.size())).containsExactly("seis");
  }

  private static void assertDamaged(long offset, String message, byte[] found) {
    FaultyStorage disk = FaultyStorage.holding(found);

    assertThatExceptionOfType(DamagedJournalException.class)
        .isThrownBy(() -> Reopened.of(disk))
        .withMessageContaining("journal damaged at offset " + offset + ": ")
        .withMessageContaining(message)
        .satisfies(damaged -> assertThat(damaged.offset()).isEqualTo(offset));

    assertThat(disk.bytes()).isEqualTo(found);
  }

  private static byte[] garbage(int bytes) {
    byte[] garbage = new byte[bytes];
    new Random(3).nextBytes(garbage);
    garbage[bytes - 1] = 1;
    return garbage;
  }

  private static byte[] blockAt(long position) {
    ByteBuffer block = ByteBuffer.allocate(24 + 3);
    block.putShort(24, (short) 1).put(26, (byte) 'x');
    Block.ended(block, position, 1);
    return block.array();
  }

  private static int checksum(ByteBuffer block) {
    CRC32C checksum = new CRC32C();
    checksum.update(block.slice(8, block.limit() - 8));
    return (int) checksum.getValue();
  }
}
