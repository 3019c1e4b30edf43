package loteria.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static loteria.journal.Reopened.group;
import static loteria.journal.Reopened.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JournalHeaderTest {

  @Test
  void rewritesAHeaderWhoseCreationWasCutShort() throws IOException {
    byte[] header = Reopened.bytes();
    for (int kept = 0; kept < header.length; kept++) {
      assertBecomesNew(Arrays.copyOf(header, kept));
    }
  }

  @Test
  void rewritesAHeaderOfWhichSomeBytesAreStillZero() throws IOException {
    byte[] header = Reopened.bytes();
    for (int kept = 0; kept < header.length; kept++) {
      assertBecomesNew(Arrays.copyOf(Arrays.copyOf(header, kept), header.length));
      assertBecomesNew(new byte[kept]);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "agencia,nombre", "1,Santiago Lionel,Lorca,30904465,1999-03-17,2201\n"})
  void refusesAFileOfSomeoneElse(String content) {
    assertRefused(content.getBytes(UTF_8), ForeignFileException.class, "not a journal");
  }

  @Test
  void refusesALongFileOfZeros() {
    assertRefused(new byte[17], ForeignFileException.class, "starts with 00 00 00 00 00 00 00 00");
  }

  @Test
  void refusesAnotherVersionAndNamesBoth() throws IOException {
    byte[] older = withVersion(0, 0);
    byte[] first = withVersion(1, 0);
    byte[] newer = withVersion(3, 0);

    assertRefused(
        older, ForeignFileException.class, "journal of version 0, this program reads version 2");
    assertRefused(
        first,
        ForeignFileException.class,
        "journal of version 1, this program reads version 2: release 1.x of Lotería reads it");
    assertRefused(
        newer, ForeignFileException.class, "journal of version 3, this program reads version 2");
    assertRefused(withVersion(2, 0x8000), ForeignFileException.class, "reserved bits 8000");
  }

  @Test
  void refusesADamagedHeaderBeforeBlocks() throws IOException {
    byte[] journal = Reopened.bytes(group("uno"));
    for (int index = 8; index < 16; index++) {
      byte[] damaged = journal.clone();
      damaged[index] ^= 0x10;
      assertRefused(
          damaged, DamagedJournalException.class, "journal damaged at offset 0: the checksum");
    }
  }

  @Test
  void refusesAHeaderOfWhichABitWasFlipped() throws IOException {
    byte[] journal = Reopened.bytes(group("uno"));
    for (int bit = 0; bit < FileHeader.BYTES * 8; bit++) {
      byte[] flipped = journal.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      if (bit < 8 * 8) {
        assertRefused(flipped, ForeignFileException.class, "not a journal");
      } else {
        assertRefused(flipped, DamagedJournalException.class, "journal damaged at offset 0");
      }
    }
  }

  private static void assertBecomesNew(byte[] file) throws IOException {
    FaultyStorage disk = FaultyStorage.holding(file);

    Reopened fresh = Reopened.of(disk);

    assertThat(fresh.journal().recovery()).isEqualTo(new Recovery(0, 0, 0, file.length));
    fresh.journal().append(records("uno"));
    disk.restartAfterPowerLoss();
    assertThat(Reopened.of(disk).texts()).containsExactly("uno");
  }

  private static void assertRefused(
      byte[] file, Class<? extends IOException> exception, String message) {
    FaultyStorage disk = FaultyStorage.holding(file);

    assertThatThrownBy(() -> Reopened.of(disk))
        .isInstanceOf(exception)
        .hasMessageContaining(message);

    assertThat(disk.bytes()).isEqualTo(file);
  }

  private static byte[] withVersion(int version, int reserved) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Reopened.bytes(group("uno")));
    file.putShort(8, (short) version).putShort(10, (short) reserved);
    CRC32C checksum = new CRC32C();
    checksum.update(file.slice(0, 12));
    file.putInt(12, (int) checksum.getValue());
    return file.array();
  }
}
