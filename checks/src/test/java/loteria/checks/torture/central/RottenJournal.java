package loteria.checks.torture.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import loteria.checks.process.Running;
import loteria.checks.torture.evidence.Case;
import loteria.checks.torture.machine.Launch;
import loteria.checks.torture.machine.TroubledDisk;
import loteria.journal.Journal;
import loteria.lottery.Refusal;
import loteria.runtime.ExitCode;

/** What is in the journal has changed when a central that was killed is started again. */
public final class RottenJournal {
  private static final int HEADER_BYTES = 16;

  private enum Kind {
    MIDDLE("bits flipped in the middle of the journal", "6"),
    LAST_BLOCK("bits flipped in the last block of the journal", "7"),
    ZEROS("zeros at the end of the journal", "8"),
    FOREIGN("a journal of another version, and no journal", "9");

    private final String what;
    private final String rows;

    Kind(String what, String rows) {
      this.what = what;
      this.rows = rows;
    }
  }

  private RottenJournal() {}

  public static List<Case> all() {
    return Stream.of(Kind.values())
        .map(kind ->
            Lives.named(
                    kind.what,
                    kind.rows,
                    (lives, random) -> rot(kind, lives, random),
                    TroubledDisk::unavailable)
                // The last block alone cannot be told from one that was never finished.
                .asControlIf(kind == Kind.LAST_BLOCK))
        .toList();
  }

  private static void rot(Kind kind, Lives lives, SplittableRandom random) throws IOException {
    Running central = lives.start(Launch.on(lives.tracedDisk()));
    // In order, so that the agencies were told of all that is in the last block.
    central.await("listen", "success");
    lives.uploadFirst(random.nextInt(20, 150));
    central.terminate();
    central.assertExits(ExitCode.DONE);
    lives.ended(central);

    Path journal = lives.journal();
    byte[] sound = Files.readAllBytes(journal);
    int last = lives.trace().lastSynced();
    switch (kind) {
      case MIDDLE -> {
        // All may have come in one block, which is then the last one.
        if (last > HEADER_BYTES) {
          byte[] rotten = flipped(sound, random.nextInt(HEADER_BYTES, last), random);
          assertRefused(lives, rotten, "offset");
          Files.write(journal, sound);
        }
      }
      case FOREIGN -> {
        assertRefused(lives, ofAnotherVersion(sound), "version " + (Journal.VERSION + 1));
        assertRefused(lives, flipped(sound, random.nextInt(8), random), "journal");
        Files.write(journal, sound);
      }
      case ZEROS -> Files.write(journal, new byte[10_000], StandardOpenOption.APPEND);
      case LAST_BLOCK -> {
        Files.write(journal, flipped(sound, random.nextInt(last, sound.length), random));
        assertTold(lives);
      }
    }
  }

  private static byte[] flipped(byte[] sound, int at, SplittableRandom random) {
    byte[] rotten = Arrays.copyOf(sound, sound.length);
    rotten[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    return rotten;
  }

  private static byte[] ofAnotherVersion(byte[] sound) {
    ByteBuffer journal = ByteBuffer.wrap(Arrays.copyOf(sound, sound.length));
    journal.putShort(8, (short) (Journal.VERSION + 1));
    CRC32C checksum = new CRC32C();
    checksum.update(journal.slice(0, 12));
    return journal.putInt(12, (int) checksum.getValue()).array();
  }

  private static void assertRefused(Lives lives, byte[] rotten, String word) throws IOException {
    Path journal = lives.journal();
    Files.write(journal, rotten);
    Running refusing = lives.programs().startCentral(lives.agencies());
    refusing.assertExits(ExitCode.STORAGE_FAILED);
    assertThat(refusing.only("start", "fail").value("error")).contains(word);
    assertThat(journal).hasBinaryContent(rotten);
  }

  /** What was lost with the last block shows when an agency that was told of it comes back. */
  private static void assertTold(Lives lives) throws IOException {
    Running central = lives.central();
    assertThat(central.lines("truncate_journal", "success")).as(central.toString()).hasSize(1);
    lives.upload();
    assertThat(lives.uploaders())
        .anySatisfy(uploader -> assertThat(uploader.refusal()).contains(Refusal.ACKED_LOST));
    central.await("refuse", "fail");
    central.kill();
    lives.ended(central);
  }
}
