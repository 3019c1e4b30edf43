package loteria.journal;

import static loteria.journal.Reopened.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A journal that comes in pieces: the header, then block by block. */
final class JournalPieceTest {
  private static final int SECOND = 16 + 24 + 2 + 3;

  @Test
  void takesTheHeaderAndEachWholeBlockAtItsPlace() throws IOException {
    byte[] journal = journal();

    assertThatCode(() -> Journal.checkPiece(piece(journal, 0, 16), 0)).doesNotThrowAnyException();
    assertThatCode(() -> Journal.checkPiece(piece(journal, 16, SECOND), 16))
        .doesNotThrowAnyException();
    assertThatCode(() -> Journal.checkPiece(piece(journal, SECOND, journal.length), SECOND))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesABlockAtAnotherPlace() throws IOException {
    byte[] journal = journal();

    assertRefused(piece(journal, 16, SECOND), SECOND);
    assertRefused(piece(journal, SECOND, journal.length), 16);
    assertRefused(piece(journal, 0, 16), 16);
  }

  @Test
  void refusesPartsOfBlocksAndTwoAtOnce() throws IOException {
    byte[] journal = journal();
    for (int end = 17; end < SECOND; end++) {
      assertRefused(piece(journal, 16, end), 16);
    }
    assertRefused(piece(journal, 16, journal.length), 16);
    assertRefused(piece(journal, 0, journal.length), 0);
    assertRefused(ByteBuffer.allocate(0), 16);
  }

  @Test
  void refusesEveryBlockOfWhichABitWasFlipped() throws IOException {
    byte[] journal = journal();
    for (int bit = 0; bit < journal.length * 8; bit++) {
      byte[] flipped = journal.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      int from = bit / 8 < 16 ? 0 : bit / 8 < SECOND ? 16 : SECOND;
      int to = from == 0 ? 16 : from == 16 ? SECOND : journal.length;
      assertThatThrownBy(() -> Journal.checkPiece(piece(flipped, from, to), from))
          .isInstanceOfAny(DamagedJournalException.class, ForeignFileException.class);
    }
  }

  @Test
  void refusesWhatNeedNotBeAJournalAtAll() {
    assertThatThrownBy(() -> Journal.checkPiece(ByteBuffer.allocate(0), 0))
        .isInstanceOf(ForeignFileException.class);
    assertThatThrownBy(() -> Journal.checkPiece(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0))
        .isInstanceOf(ForeignFileException.class)
        .hasMessageContaining("it starts with 01 02 03");
    assertRefused(ByteBuffer.allocate(Block.BYTES_MAX + 1), 16);
  }

  private static byte[] journal() throws IOException {
    return Reopened.bytes(group("uno"), group("dos", "tres"));
  }

  /** Behind something else, as a record in a buffer of many. */
  private static ByteBuffer piece(byte[] journal, int from, int to) {
    byte[] piece = Arrays.copyOfRange(journal, from, to);
    return ByteBuffer.allocate(piece.length + 7).position(7).put(piece).position(7);
  }

  private static void assertRefused(ByteBuffer piece, long position) {
    int from = piece.position();
    assertThatThrownBy(() -> Journal.checkPiece(piece, position))
        .isInstanceOf(DamagedJournalException.class)
        .hasMessageContaining("journal damaged at offset " + position);
    assertThat(piece.position()).isEqualTo(from);
  }
}
