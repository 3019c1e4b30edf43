package loteria.client.bets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import loteria.client.upload.MemoryCentral;
import loteria.client.upload.Outcome;
import loteria.client.upload.Upload;
import loteria.client.upload.UploadSession;
import loteria.testing.Allocation;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file holds, it is bets that could be written down, up to a row that is none. */
class CsvFileFuzzTest {
  private static final int AGENCY = 3;

  /** The buffers of the file, of the parser and of its row. */
  private static final long ALLOCATED_BYTES_MAX = 12L * CsvFile.ROW_BYTES_MAX;

  private static final long ALLOCATED_PER_BYTE_MAX = 512;

  @TempDir private Path directory;

  static Stream<byte[]> seeds() {
    return Stream.of(
            MadeUpBets.csv(MadeUpBets.of(AGENCY, 3)),
            "\n\r\nAna,,7,2000-02-29,0\r\n\"a\"\"b\",\"c,d\",1,1999-03-17,9999",
            "Ana,Pérez,1,1999-02-30,1\n",
            "Ana,Pérez,1,1999-03-17\n",
            "Ana,\"Pérez,1,1999-03-17,1\n",
            "\uFEFFAna,Pérez,1,1999-03-17,1\n")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void readsBetsThatCouldBeWrittenAndNamesARowThatIsNone(byte[] file) throws Exception {
    Path path = directory.resolve("agency-3.csv");
    Files.write(path, file);
    if (isGzip(file)) {
      assertThatCode(() -> Reading.of(path))
          .satisfiesAnyOf(
              failure -> assertThat(failure).isNull(),
              failure ->
                  assertThat(failure)
                      .isInstanceOf(BetsFile.UnreadableException.class)
                      .hasMessageStartingWith(path + " is "));
      return; // its rows are not these bytes
    }
    Allocation.atMost(
        ALLOCATED_BYTES_MAX + ALLOCATED_PER_BYTE_MAX * file.length, () -> Reading.of(path));

    Reading reading = Reading.of(path);
    assertThat(reading.bets.size()).isLessThanOrEqualTo(file.length);
    reading.bad.ifPresent(bad -> {
      assertThat(bad.source()).isEqualTo(path.toString());
      assertThat(bad.line()).isBetween(1L, file.length + 1L);
      assertThat(bad.reason()).isNotBlank();
    });
    assertUploads(path, reading);
    String written = MadeUpBets.csv(reading.bets);
    if (!written.startsWith("\ufeff")) { // which may begin a name in a later row, and no file
      Files.writeString(path, written);
      assertThat(Reading.of(path)).isEqualTo(new Reading(reading.bets, Optional.empty()));
    }
  }

  private static boolean isGzip(byte[] file) {
    return file.length >= 2 && file[0] == 0x1f && file[1] == (byte) 0x8b;
  }

  /** An upload of the file stores just that, though it begins with rows that nobody has checked. */
  private static void assertUploads(Path path, Reading reading) throws Exception {
    MemoryCentral central = new MemoryCentral(AGENCY, 4);
    Outcome outcome = run(path, central, false);
    if (outcome instanceof Outcome.NotChecked) {
      outcome = run(path, central, true);
    }
    assertThat(central.stored()).isEqualTo(reading.bets);
    if (reading.bad.isEmpty()) {
      assertThat(outcome).isInstanceOf(Outcome.Stored.class);
    } else {
      BadRowException expected = reading.bad.get();
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.BadRow.class,
              bad -> {
                assertThat(bad.row().line()).isEqualTo(expected.line());
                assertThat(bad.row().field()).isEqualTo(expected.field());
                assertThat(bad.row().reason()).isEqualTo(expected.reason());
              });
    }
  }

  private static Outcome run(Path path, MemoryCentral central, boolean careful) throws Exception {
    Upload upload = new Upload(AGENCY, BetsFile.at(AGENCY, path), 2, false, 0);
    if (careful) {
      upload.goOnCarefully();
    }
    return new UploadSession(upload, central).run();
  }

  /** The bets of a file that is read carefully, up to its end or to a row that is none. */
  private record Reading(List<Bet> bets, Optional<BadRowException> bad) {
    static Reading of(Path path) throws IOException {
      List<Bet> bets = new ArrayList<>();
      try (BetSource source = BetsFile.at(AGENCY, path).open(true)) {
        Bet.forEachBatch(source, 99, rows -> bets.addAll(Bet.of(rows)));
        return new Reading(bets, Optional.empty());
      } catch (BadRowException bad) {
        return new Reading(bets, Optional.of(bad));
      }
    }
  }
}
